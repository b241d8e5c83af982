import type { CSSProperties } from 'react';
import type { Box } from '../../../../../domain/ports.ts';

/** A box in CSS: shares become per cents of the page. */
export function styleOf({ left, top, width, height }: Box): CSSProperties {
  return { left: `${left * 100}%`, top: `${top * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` };
}
