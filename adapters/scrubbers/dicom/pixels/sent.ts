import { packShades, type Shades } from '../../../../domain/shades.ts';
import { type DicomFile, stringOf, tags } from '../data-set.ts';
import type { Decoded } from './codecs.ts';
import type { Layout } from './layout.ts';
import { samplesOf, scaleOf, shown } from './shown.ts';

const WORD = 65_535;
const BYTE = 255;

/** A frame as it goes to a page that shows it (domain/shades.ts): every stored value of a grey one, so that no window leaves anything out; made smaller by a whole factor where it is wider than `most` pixels. */
export function sentFrame(file: DicomFile, layout: Layout, decoded: Decoded, index: number, most: number): Uint8Array {
  const colours = layout.samples === 3 || decoded.photometric === 'PALETTE COLOR';
  const whole = colours ? coloured(file, layout, decoded, index) : grey(file, layout, decoded, index);
  return packShades(smaller(whole, Math.ceil(layout.width / Math.max(1, most))));
}

function coloured(file: DicomFile, layout: Layout, decoded: Decoded, index: number): Shades {
  const { width, height, channels, data } = shown(file, layout, decoded, index);
  return {
    width,
    height,
    channels: channels === 1 ? 1 : 3,
    bytes: 1,
    least: 0,
    step: 1,
    most: BYTE,
    inverse: false,
    window: { center: 127.5, width: 255 },
    hounsfield: false,
    samples: data,
  };
}

function grey(file: DicomFile, layout: Layout, decoded: Decoded, index: number): Shades {
  const values = samplesOf(decoded.bytes, layout);
  const { slope, intercept, window } = scaleOf(file, index, () => values);
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const range = greatest - least;
  const step = Math.max(1, range / WORD);
  const samples = range <= BYTE ? new Uint8Array(values.length) : new Uint16Array(values.length);
  for (let at = 0; at < samples.length; at++) samples[at] = ((values[at] as number) - least) / step;
  return {
    width: layout.width,
    height: layout.height,
    channels: 1,
    bytes: range <= BYTE ? 1 : 2,
    least: least * slope + intercept,
    step: step * slope,
    most: Math.floor(range / step),
    inverse: decoded.photometric === 'MONOCHROME1',
    window,
    hounsfield: stringOf(file.dataSet, tags.modality) === 'CT',
    samples,
  };
}

/** Each block of so many pixels across and down becomes one, their mean; what does not fill a block at the right and lower edge is with the last one. */
function smaller(shades: Shades, by: number): Shades {
  if (by <= 1) return shades;
  const { width, height, channels, samples } = shades;
  const [across, down] = [Math.max(1, Math.floor(width / by)), Math.max(1, Math.floor(height / by))];
  const small =
    shades.bytes === 1 ? new Uint8Array(across * down * channels) : new Uint16Array(across * down * channels);
  for (let y = 0; y < down; y++) {
    const bottom = y === down - 1 ? height : (y + 1) * by;
    for (let x = 0; x < across; x++) {
      const right = x === across - 1 ? width : (x + 1) * by;
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let py = y * by; py < bottom; py++)
          for (let px = x * by; px < right; px++) sum += samples[(py * width + px) * channels + channel] as number;
        small[(y * across + x) * channels + channel] = sum / ((bottom - y * by) * (right - x * by));
      }
    }
  }
  return { ...shades, width: across, height: down, samples: small };
}
