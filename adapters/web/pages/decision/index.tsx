import { show } from '../shared/theme.tsx';
import { DecisionApp } from './app.tsx';

void show(<DecisionApp />);
