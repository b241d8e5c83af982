import { show } from '../shared/theme.tsx';
import { UploadApp } from './app.tsx';

void show(<UploadApp />);
