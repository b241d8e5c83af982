import { describe, expect, it } from 'vitest';
import { unpackShades } from '../../../../domain/shades.ts';
import { put } from '../method.ts';
import { CT, dataSetOf, dicom, fileOf, pixels, shorts, ULTRASOUND, words } from '../testing/made.ts';

async function frameOf(file: Uint8Array, page = 1, width = 2000) {
  const packed = await dicom.frame?.(file, page, width);
  if (!packed) throw new Error('no frame');
  return unpackShades(packed.slice().buffer);
}

const slice = (values: readonly number[], photometric = 'MONOCHROME2') =>
  fileOf(
    put(dataSetOf(CT), [
      shorts(0x00280002, 1),
      words(0x00280004, photometric),
      shorts(0x00280010, 2),
      shorts(0x00280011, 2),
      shorts(0x00280100, 16),
      shorts(0x00280101, 12),
      shorts(0x00280102, 11),
      shorts(0x00280103, 0),
      words(0x00281050, '40'),
      words(0x00281051, '400'),
      words(0x00281052, '-1024'),
      words(0x00281053, '1'),
      { tag: 0x7fe00010, vr: 'OW', bytes: new Uint8Array(Uint16Array.from(values).buffer) },
    ]),
  );

describe('a frame that goes to the page', () => {
  it('has every stored value, in what it means, and the file’s own window', async () => {
    const frame = await frameOf(slice([10, 4095, 1064, 11]));
    const { samples, least, step, ...head } = frame;
    expect(Array.from(samples, (sample) => least + step * sample)).toEqual([-1014, 3071, 40, -1013]);
    expect(head).toMatchObject({ bytes: 2, window: { center: 40, width: 400 }, hounsfield: true, inverse: false });
    expect(await frameOf(slice([1, 2, 3, 4], 'MONOCHROME1'))).toMatchObject({ inverse: true, bytes: 1, most: 3 });
  });

  it('is made smaller by a whole factor where it is too wide, and a stroke is still there', async () => {
    const file = fileOf(dataSetOf(ULTRASOUND, ...pixels(101, 40, 2, 1, (x, y, at) => (x === 50 && y < 20 ? 200 : at))));
    const { width, height, samples } = await frameOf(file, 2, 60);
    expect([width, height]).toEqual([50, 20]);
    expect(samples[25]).toBeGreaterThan(90);
    expect(samples[10]).toBe(0);
  });

  it('has colours as they are; a page that is none is refused', async () => {
    const file = fileOf(dataSetOf(ULTRASOUND, ...pixels(4, 4, 1, 3, (x) => 60 * x)));
    expect(await frameOf(file)).toMatchObject({ channels: 3, bytes: 1, hounsfield: false });
    await expect(frameOf(file, 2)).rejects.toMatchObject({ code: 'no-such-page' });
  });
});
