import type { Area } from '../../pictures/pixels.ts';
import { type DicomFile, elementOf, numberOf } from '../data-set.ts';
import type { Frames } from './frames.ts';
import { shown } from './shown.ts';

const REGIONS = 0x00186011;
const CORNERS = [0x00186018, 0x0018601a, 0x0018601c, 0x0018601e] as const;
/** A region's edge may be a few pixels off. */
const MARGIN = 2;
/** Up to this shade what lies outside is empty. */
const DARK = 24;
/** Of a picture, so much has to be in its regions for them to be believed. */
const LEAST = 0.1;

/** The parts of an ultrasound's frames in which nothing was measured (PS3.3, C.8.5.5.1.15): the machine writes whom, where and when there. None where the file names no region, or regions that cannot be. */
export function outsideRegions({ dataSet, encoding }: DicomFile, { layout }: Frames): Area[] {
  const { width, height } = layout;
  const regions = (elementOf(dataSet, REGIONS)?.items ?? []).flatMap((item): Area[] => {
    const [left, top, right, bottom] = CORNERS.map((tag) => numberOf(item, tag, encoding.littleEndian));
    if (left === undefined || top === undefined || right === undefined || bottom === undefined) return [];
    if (left < 0 || top < 0 || right <= left || bottom <= top || right > width + 1 || bottom > height + 1) return [];
    return [
      {
        left: Math.max(0, left - MARGIN),
        top: Math.max(0, top - MARGIN),
        right: Math.min(width, right + 1 + MARGIN),
        bottom: Math.min(height, bottom + 1 + MARGIN),
      },
    ];
  });
  if (regions.length === 0) return [];
  const areas = around(regions, width, height);
  const outside = areas.reduce((sum, area) => sum + (area.right - area.left) * (area.bottom - area.top), 0);
  return outside > (1 - LEAST) * width * height ? [] : areas;
}

/** What no region covers, in bands between their edges. */
function around(regions: readonly Area[], width: number, height: number): Area[] {
  const edges = [...new Set([0, height, ...regions.flatMap(({ top, bottom }) => [top, bottom])])].sort((a, b) => a - b);
  const areas: Area[] = [];
  for (const [index, bottom] of edges.slice(1).entries()) {
    const top = edges[index] as number;
    const across = regions.filter((one) => one.top <= top && one.bottom >= bottom).sort((a, b) => a.left - b.left);
    let from = 0;
    for (const { left, right } of across) {
      if (left > from) areas.push({ left: from, top, right: left, bottom });
      from = Math.max(from, right);
    }
    if (from < width) areas.push({ left: from, top, right: width, bottom });
  }
  return areas;
}

/** Whether anything can be seen in areas of the frames that are looked at. */
export function isSomethingIn(
  file: DicomFile,
  frames: Frames,
  areas: readonly Area[],
  looked: readonly number[],
): boolean {
  return looked.some((index) => {
    const decoded = frames.frame(index);
    if (!decoded) return false;
    const { width, channels, data } = shown(file, frames.layout, decoded, index);
    return areas.some(({ left, top, right, bottom }) => {
      for (let y = top; y < bottom; y++)
        for (let at = (y * width + left) * channels; at < (y * width + right) * channels; at++)
          if ((data[at] as number) > DARK) return true;
      return false;
    });
  });
}
