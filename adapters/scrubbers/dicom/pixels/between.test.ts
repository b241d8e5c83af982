import { expect, it } from 'vitest';
import { written } from '../../ocr/testing.ts';
import { CT, dataSetOf, dicom, dicomBench, fileOf, pixels, ULTRASOUND, words } from '../testing/made.ts';

const SIZE = { width: 320, height: 120 };

/** A loop of 16 frames with writing on some of them, over grain that flickers. */
async function loopWith(on: (frame: number) => boolean): Promise<Uint8Array> {
  const { width, data } = await written(SIZE, [{ text: 'LANE KARL 1741', x: 20, y: 20, height: 21 }], [0, 230]);
  const grain = (x: number, y: number, frame: number) => (y < 60 ? 0 : 40 + ((x * 7 + y * 13 + frame * 17) % 25));
  return fileOf(
    dataSetOf(
      ULTRASOUND,
      ...pixels(SIZE.width, SIZE.height, 16, 1, (x, y, frame) =>
        Math.max(grain(x, y, frame), on(frame) ? (data[y * width + x] as number) : 0),
      ),
    ),
  );
}

/** Reads nothing on a frame; there is time for it all the same. */
const reader = { read: () => Promise.resolve({ text: '', places: new Float32Array(0), frame: true }) };

it('finds writing that is on none of the frames that are read, covers it, and says which frames were compared', async () => {
  const file = await loopWith((frame) => frame === 5 || frame === 6);
  const prepared = await dicom.prepare(file, dicomBench({ reader }));
  const found = prepared.texts.filter(({ page }) => page === 6 || page === 7);
  expect(found).toHaveLength(2);
  expect(prepared.frames).toEqual(expect.arrayContaining([6, 7]));
  // Where it stands, as shares: the line begins at a sixteenth from the left.
  const [left = 1, top = 1] = found[0]?.places ?? [];
  expect([left < 0.07, top > 0.05 && top < 0.2]).toEqual([true, true]);
  const compared = prepared.notSearched.find(({ what }) => what === 'frames-compared')?.pages;
  expect(compared).toHaveLength(9);
  expect(compared).not.toContain(6);
});

it('takes no grain for writing', async () => {
  const prepared = await dicom.prepare(await loopWith(() => false), dicomBench({ reader }));
  expect(prepared.texts).toEqual([]);
  expect(prepared.notSearched).toEqual([{ what: 'frames-compared', pages: [2, 3, 4, 6, 7, 8, 10, 11, 13, 14, 15] }]);
});

it('tells how many of the frames it has looked at, of those that are read and of those that are tested', async () => {
  const told: string[] = [];
  const bench = dicomBench({
    reader,
    progress: (phase, done, of, what) => void (what && told.push(`${phase} ${done} of ${of} ${what}`)),
  });
  const all = Array.from({ length: 16 }, (_, done) => `reading ${done} of 16 frames`);
  await dicom.prepare(await loopWith(() => false), bench);
  expect(told.splice(0)).toEqual(all);
  const slices = dataSetOf(CT, ...pixels(32, 32, 16, 1, (x, y) => x + y));
  await dicom.prepare(fileOf(slices), bench);
  expect(told).toEqual(all);
});

it('says of slices of a head that a face can be computed from them', async () => {
  const of = async (part: string) => {
    const slice = dataSetOf(CT, words(0x00180015, part), ...pixels(32, 32, 1, 1, (x) => x));
    return (await dicom.prepare(fileOf(slice), dicomBench())).notSearched.map(({ what }) => what);
  };
  expect(await of('HEAD')).toContain('recognizable-features');
  expect(await of('ABDOMEN')).not.toContain('recognizable-features');
});
