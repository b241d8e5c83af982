import { isMixed } from '../../../../domain/documents.ts';
import type { FileFormat } from '../../../../domain/ports.ts';

/** Whether what a format says is shown as text. */
export const isTextual = (format: FileFormat): boolean => format === 'text' || format === 'csv' || isMixed(format);
