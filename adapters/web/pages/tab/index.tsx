import { loadWords } from '../shared/words.ts';

// Whatever a module says at its first line is in the reader's language.
await loadWords(navigator.language);
const [{ show }, { TabApp }, { hostTheme }] = await Promise.all([
  import('../shared/theme.tsx'),
  import('./app.tsx'),
  import('./host.ts'),
]);
await show(<TabApp />, hostTheme());
