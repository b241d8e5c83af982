import { show } from '../shared/theme.tsx';
import { DecisionApp } from './app.tsx';

show(<DecisionApp />);
