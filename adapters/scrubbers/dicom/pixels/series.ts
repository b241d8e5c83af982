import { createHash } from 'node:crypto';
import type { SeriesFrame } from '../../../../domain/ports.ts';
import { type DicomFile, numberOf, stringOf, tags } from '../data-set.ts';
import { keptForAMoment } from '../moment.ts';
import type { Layout } from './layout.ts';

const SERIES = 0x0020000e;
const INSTANCE_NUMBER = 0x00200013;
const NAME = 10;
const names = keptForAMoment<string>();

/** Gives where a file's frames, whose first one is this page, stand in their series: by the file's number there, and by the frame's in the file. Frames of another size are a series of their own: they would not lie on each other. */
export function placeOf(
  { dataSet, encoding }: Pick<DicomFile, 'dataSet' | 'encoding'>,
  { width, height, frames }: Layout,
  first: number,
): (index: number) => SeriesFrame {
  const own = stringOf(dataSet, SERIES) || stringOf(dataSet, tags.sopInstance);
  const series = names(`${own} ${width} ${height}`, (said) =>
    createHash('sha256').update(said).digest('base64url').slice(0, NAME),
  );
  const number = numberOf(dataSet, INSTANCE_NUMBER, encoding.littleEndian) ?? 0;
  return (index) => ({ series, at: number + index / frames, first });
}
