import type { Crop } from '../pictures.ts';
import { child, type Element } from '../xml.ts';

/** What a filled frame cuts off its picture (20.1.8.55, in thousandths of a percent): taken out of the frame, for the picture will be cut. Undefined where nothing is. */
export function cropOf(fill: Element): Crop | undefined {
  const rectangle = child(fill, 'a:srcRect');
  if (!rectangle) return undefined;
  const [left, top, right, bottom] = ['l', 't', 'r', 'b'].map((side) => share(rectangle.attributes[side], 100_000));
  // A negative one is a margin beside the picture, and stays.
  for (const side of ['l', 't', 'r', 'b'])
    if (share(rectangle.attributes[side], 100_000) > 0) delete rectangle.attributes[side];
  return whole({ left, top, right, bottom });
}

/** The same of a picture in VML: shares, or 65536ths with an 'f' (ECMA-376-4, 19.1.2.11). */
export function vmlCropOf(picture: Element): Crop | undefined {
  const side = (name: string) => {
    const value = picture.attributes[name] ?? '0';
    const given = value.endsWith('f') ? Number.parseFloat(value) / 65_536 : Number.parseFloat(value);
    if (given > 0) delete picture.attributes[name];
    return Number.isFinite(given) ? Math.max(0, given) : 0;
  };
  return whole({ left: side('cropleft'), top: side('croptop'), right: side('cropright'), bottom: side('cropbottom') });
}

function share(value: string | undefined, of: number): number {
  if (value === undefined) return 0;
  const given = value.endsWith('%') ? Number.parseFloat(value) / 100 : Number(value) / of;
  return Number.isFinite(given) ? Math.max(0, given) : 0;
}

function whole({
  left = 0,
  top = 0,
  right = 0,
  bottom = 0,
}: { [side in keyof Crop]: number | undefined }): Crop | undefined {
  return left + top + right + bottom > 0 ? { left, top, right, bottom } : undefined;
}
