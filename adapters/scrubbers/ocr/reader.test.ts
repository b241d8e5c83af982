import { afterAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine.ts';
import { createReader } from './reader.ts';
import { written } from './testing.ts';
import { UNREAD } from './words.ts';

const engine = createEngine();
afterAll(() => engine.close());
const reader = (budgetMs = 60_000, now = () => 0) => createReader({ budgetMs, now, languages: ['en'], engine });

const SIZE = { width: 640, height: 200 };
const LINE = { text: 'ANNA KELLER 4711', x: 60, y: 80, height: 21 };

describe('a reader of pictures', () => {
  it('reads light writing on dark and says where it stands', async () => {
    const reading = await reader().read(await written(SIZE, [LINE], [4, 230]));
    expect(reading?.frame).toBe(true);
    const text = reading?.text ?? '';
    expect(text).toContain('KELLER');
    expect(text).toContain('4711');
    const at = text.indexOf('KELLER') * 4;
    const [left = 0, top = 0, , height = 0] = reading?.places.subarray(at, at + 4) ?? [];
    expect(left).toBeCloseTo((LINE.x + 5 * 18) / SIZE.width, 1);
    expect(top).toBeCloseTo(LINE.y / SIZE.height, 1);
    expect(height).toBeGreaterThan(0.07);
    expect(reading?.places.length).toBe(text.length * 4);
  });

  it('reads a picture that lies on its side', async () => {
    const { width, height, data } = await written(SIZE, [LINE], [4, 230]);
    const turned = new Uint8Array(data.length);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) turned[(width - 1 - x) * height + y] = data[y * width + x] as number;
    const reading = await reader().read({ width: height, height: width, channels: 1, data: turned });
    expect(reading?.text).toContain('KELLER');
  });

  it('reads nothing once its time is used up', async () => {
    let clock = 0;
    const late = reader(100, () => clock);
    clock = 101;
    expect(await late.read(await written(SIZE, [LINE], [4, 230]))).toBeUndefined();
  });

  it('finds nothing in an empty picture', async () => {
    const reading = await reader().read({ ...SIZE, channels: 1, data: new Uint8Array(SIZE.width * SIZE.height) });
    expect(reading?.text).toBe('');
  });
});

describe('a reader of paper', () => {
  const said = [
    'KARL ERNA 1471 LARA',
    'NELLA KARL LARA 47',
    '14 ERNA NELL KARLA',
    'LENA RALA 4471 KAREL',
    'AKKRA 17 NEARER ALL',
  ];
  const rows = [...said, ...said].map((text, row) => ({ text, x: 60, y: 50 + row * 48, height: 24 }));
  const sheet = written(
    { width: 900, height: 620 },
    [...rows, { text: 'ANNA KELLER', x: 60, y: 540, height: 24 }],
    [250, 15],
  );

  it('leaves nothing unread of what it reads', async () => {
    const reading = await reader().read(await sheet);
    expect(reading?.frame).toBe(false);
    expect(reading?.text).toContain('KELLER');
    expect(reading?.text).not.toContain(UNREAD);
  });

  it('says where there is writing that it could not read', async () => {
    const overlooking: Engine = {
      ...engine,
      recognise: async (...asked) =>
        (await engine.recognise(...asked))?.map((line) => ({
          ...line,
          words: line.words.filter(({ text }) => !text.includes('KELL')),
        })),
    };
    const options = { budgetMs: 60_000, now: () => 0, languages: ['en'], engine: overlooking };
    const reading = await createReader(options).read(await sheet);
    const text = reading?.text ?? '';
    expect(text).not.toContain('KELLER');
    expect(text.split(UNREAD)).toHaveLength(2);
    const at = text.indexOf(UNREAD) * 4;
    const [left = 0, top = 0, width = 0, height = 0] = reading?.places.subarray(at, at + 4) ?? [];
    expect(left * 900).toBeLessThan(60 + 5 * 21 + 2);
    expect((left + width) * 900).toBeGreaterThan(60 + 11 * 20);
    expect(top * 620).toBeLessThan(541);
    expect((top + height) * 620).toBeGreaterThan(563);
  });
});
