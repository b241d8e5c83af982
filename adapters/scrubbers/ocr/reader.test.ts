import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from './engine.ts';
import { createReader } from './reader.ts';
import { written } from './testing.ts';

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
