import { show } from '../shared/theme.tsx';
import { PlanApp } from './app.tsx';

void show(<PlanApp />);
