import { expect, it } from 'vitest';
import { cleanIcc } from './icc.ts';

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');

/** A profile with these tags, each with its body. */
function profile(tags: readonly (readonly [name: string, body: Buffer])[]): Buffer {
  const head = Buffer.alloc(132 + 12 * tags.length);
  head.write('acsp', 36, 'latin1');
  head.write('made by', 80, 'latin1');
  head.writeUInt32BE(tags.length, 128);
  let at = head.length;
  tags.forEach(([name, body], index) => {
    head.write(name, 132 + 12 * index, 'latin1');
    head.writeUInt32BE(at, 136 + 12 * index);
    head.writeUInt32BE(body.length, 140 + 12 * index);
    at += body.length;
  });
  return Buffer.concat([head, ...tags.map(([, body]) => body)]);
}

const typed = (type: string, size: number, ...words: readonly (readonly [at: number, value: number])[]) => {
  const body = Buffer.alloc(size, 7);
  body.write(`${type}\0\0\0\0`, 0, 'latin1');
  for (const [at, value] of words) body.writeUInt32BE(value, at);
  return body;
};
const secret = Buffer.from('secret words');

it('keeps the tags that turn colours, and no words', () => {
  const clean = text(
    cleanIcc(
      profile([
        ['desc', Buffer.from('desc\0\0\0\0a secret')],
        ['wtpt', Buffer.concat([typed('XYZ ', 20), secret])],
        ['kTRC', Buffer.concat([typed('curv', 16, [8, 2]), secret])],
        ['rTRC', Buffer.concat([typed('para', 16, [8, 0]), secret])],
        ['A2B0', Buffer.concat([typed('mft1', 48 + 256 + 2 + 256, [8, 0x01010200]), secret])],
        ['bTRC', Buffer.from('text\0\0\0\0a secret')],
        ['chad', typed('sf32', 30)],
      ]),
    ),
  );
  for (const kept of ['wtpt', 'kTRC', 'rTRC', 'A2B0']) expect(clean).toContain(kept);
  expect(clean).not.toMatch(/secret|made by|desc|bTRC|chad/);
  expect(cleanIcc(Buffer.from(clean, 'latin1'))).toEqual(Uint8Array.from(Buffer.from(clean, 'latin1')));
});

it('is of no use for what is no profile', () => {
  expect(cleanIcc(Buffer.alloc(10))).toBeUndefined();
  expect(cleanIcc(Buffer.alloc(400))).toBeUndefined();
});
