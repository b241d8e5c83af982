import type { DataSet, Element } from '../../adapters/scrubbers/dicom/data-set.ts';
import { put } from '../../adapters/scrubbers/dicom/method.ts';
import { CT, dataSetOf, fileOf, sequence, shorts, words } from '../../adapters/scrubbers/dicom/testing/made.ts';

const SIDE = 512;

/** One slice of a made CT of a chest: 512 by 512 samples of 16 bits, with the header that a scanner writes, private blocks included. The patient is nobody. */
export function slice(number: number): Uint8Array {
  const samples = new Uint16Array(SIDE * SIDE);
  let noise = number * 2654435761 + 1;
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
      const radius = Math.hypot((x - 256) / 1.3, y - 256);
      const lung = Math.hypot(x - 170, y - 250) < 70 || Math.hypot(x - 342, y - 250) < 70;
      const tissue = radius > 190 ? 0 : lung ? 200 : 1040;
      samples[y * SIDE + x] = tissue + (noise >>> 27);
    }
  const uid = (tail: string) => `1.2.826.0.1.3680043.9.7433.500.${tail}`;
  const private_: Element[] = Array.from({ length: 40 }, (_, index) => ({
    tag: 0x00191010 + index,
    vr: 'LO',
    bytes: Buffer.from(`private word ${index} of Roewood`),
  }));
  const more: Element[] = [
    { tag: 0x00080018, vr: 'UI', bytes: Buffer.from(uid(String(number))) },
    words(0x00080005, 'ISO_IR 100'),
    words(0x00080008, 'ORIGINAL\\PRIMARY\\AXIAL'),
    words(0x00080020, '20240311'),
    words(0x00080021, '20240311'),
    words(0x00080030, '101500'),
    words(0x00080050, 'A-55117'),
    words(0x00080070, 'Made Machines'),
    words(0x00080080, 'Northmoor Hospital'),
    words(0x00080090, 'Ashgrove^Tom'),
    words(0x00081010, 'CT-NORTH-2'),
    words(0x00081030, 'Thorax with contrast'),
    words(0x0008103e, `Series of Jane Roewood`),
    sequence(0x00081140, [words(0x00081150, CT, 'UI'), words(0x00081155, uid('1'), 'UI')]),
    words(0x00100010, 'Roewood^Jane Ada'),
    words(0x00100020, 'H-4471129'),
    words(0x00100030, '19630412'),
    words(0x00100040, 'F'),
    words(0x00180050, '1.0'),
    words(0x00180060, '120'),
    words(0x00181210, 'B30f'),
    words(0x00200013, String(number)),
    words(0x00200032, `-250\\-250\\${number}`),
    words(0x00200037, '1\\0\\0\\0\\1\\0'),
    words(0x00200052, uid('9000'), 'UI'),
    { tag: 0x00190010, vr: 'LO', bytes: Buffer.from('MADE MACHINES HEADER') },
    ...private_,
    words(0x00280030, '0.97\\0.97'),
    words(0x00281050, '40'),
    words(0x00281051, '400'),
    words(0x00281052, '-1024'),
    words(0x00281053, '1'),
  ];
  const image: DataSet = [
    shorts(0x00280002, 1),
    words(0x00280004, 'MONOCHROME2'),
    shorts(0x00280010, SIDE),
    shorts(0x00280011, SIDE),
    shorts(0x00280100, 16),
    shorts(0x00280101, 12),
    shorts(0x00280102, 11),
    shorts(0x00280103, 0),
    { tag: 0x7fe00010, vr: 'OW', bytes: new Uint8Array(samples.buffer) },
  ];
  return fileOf(put(put(dataSetOf(CT), more), image));
}
