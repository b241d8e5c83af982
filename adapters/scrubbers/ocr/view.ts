import sharp from 'sharp';
import { type Grey, inverted, scaled } from './grey.ts';

/** A picture as it is given to be read, and where a point of it lies on the original, as shares of that one's width and height. */
export interface View {
  readonly picture: Grey;
  readonly place: (x: number, y: number) => readonly [number, number];
}

/** The picture as it is. */
export function viewOf(picture: Grey): View {
  return { picture, place: (x, y) => [x / picture.width, y / picture.height] };
}

/** The same at another scale. */
export async function zoomed(view: View, scale: number): Promise<View> {
  const picture = await scaled(view.picture, scale);
  const [across, down] = [view.picture.width / picture.width, view.picture.height / picture.height];
  return { picture, place: (x, y) => view.place(x * across, y * down) };
}

export function negative(view: View): View {
  return { ...view, picture: inverted(view.picture) };
}

/** Other samples in the place of the same ones: of equal size. */
export function withPicture(view: View, picture: Grey): View {
  return { ...view, picture };
}

/** Turned clockwise by any angle in degrees about its middle; what was outside is white. */
export async function rotated(view: View, degrees: number): Promise<View> {
  if (degrees === 0) return view;
  const { width, height, data } = view.picture;
  const turned = await sharp(data, { raw: { width, height, channels: 1 } })
    .rotate(degrees, { background: '#ffffff' })
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { info } = turned;
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    picture: { width: info.width, height: info.height, data: turned.data },
    place: (x, y) => {
      const [dx, dy] = [x - info.width / 2, y - info.height / 2];
      return view.place(dx * cos + dy * sin + width / 2, dy * cos - dx * sin + height / 2);
    },
  };
}
