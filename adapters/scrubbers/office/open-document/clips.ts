import type { Crop } from '../pictures.ts';
import { child, type Element } from '../xml.ts';
import { all } from './looks.ts';

const INCHES: Readonly<Record<string, number>> = { in: 1, cm: 1 / 2.54, mm: 1 / 25.4, pt: 1 / 72, pc: 1 / 6 };

/** What styles of graphics cut off a picture (fo:clip, 20.179: top, right, bottom, left), by the style's name. */
export function clipsOf(roots: readonly Element[]): (style: string | undefined) => Crop | undefined {
  const clips = new Map<string, Crop>();
  for (const style of roots.flatMap((root) => all(root, 'style:style'))) {
    const clip = child(style, 'style:graphic-properties')?.attributes['fo:clip'];
    const sides = /^rect\((.*)\)$/
      .exec(clip ?? '')?.[1]
      ?.split(/[ ,]+/)
      .map(inches);
    const [top = 0, right = 0, bottom = 0, left = 0] = sides ?? [];
    if (top + right + bottom + left > 0.01)
      clips.set(style.attributes['style:name'] ?? '', { left, top, right, bottom, inches: true });
  }
  return (style) => (style === undefined ? undefined : clips.get(style));
}

function inches(length: string): number {
  const [, number, unit = ''] = /^(-?[\d.]+)(in|cm|mm|pt|pc)$/.exec(length) ?? [];
  const value = Number(number ?? 0) * (INCHES[unit] ?? 0);
  return Number.isFinite(value) ? Math.max(0, value) : 0;
}
