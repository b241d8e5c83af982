import { show } from '../shared/theme.tsx';
import { loadWords } from '../shared/words.ts';

// The parts of this page take their words when they are loaded.
await loadWords(navigator.language);
const { LocalApp } = await import('./app.tsx');
await show(<LocalApp />);
