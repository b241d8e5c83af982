import { show } from '../shared/theme.tsx';
import { LocalApp } from './app.tsx';

show(<LocalApp />);
