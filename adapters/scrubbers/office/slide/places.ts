import { child, type Element, elements } from '../xml.ts';

/** Where an object stands, in English Metric Units. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The place that an object names itself; undefined where its layout does. */
export function placeOf(object: Element): Place | undefined {
  const properties = elements(object).find(({ name }) => name === 'p:spPr' || name === 'p:grpSpPr');
  const xfrm = child(object, 'p:xfrm') ?? child(properties, 'a:xfrm');
  const [offset, extent] = [child(xfrm, 'a:off')?.attributes, child(xfrm, 'a:ext')?.attributes];
  const numbers = [offset?.['x'], offset?.['y'], extent?.['cx'], extent?.['cy']].map(Number);
  const [x = Number.NaN, y = Number.NaN, across = Number.NaN, down = Number.NaN] = numbers;
  if (numbers.some((one) => !Number.isFinite(one))) return undefined;
  // A turned object reaches as far as its longer side.
  const turned = xfrm?.attributes['rot'] ? Math.max(across, down) : 0;
  return { x: x - turned, y: y - turned, width: across + 2 * turned, height: down + 2 * turned };
}

/** Whether two places share anything. */
export const meet = (one: Place, other: Place): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;
