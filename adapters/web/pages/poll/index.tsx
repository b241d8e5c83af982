import { show } from '../shared/theme.tsx';
import { PollApp } from './app.tsx';

void show(<PollApp />);
