import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { keyed, replacerFor } from './replace.ts';

it('digests as HMAC-SHA-256 does, whatever the length of key and text', () => {
  for (const length of [0, 1, 32, 63, 64, 65, 200]) {
    const key = 'ké'.repeat(length).slice(0, length);
    const digest = keyed(key);
    for (const text of ['', 'uid\0' + '1.2.3', 'é'.repeat(100)])
      expect(digest(text)).toEqual(createHmac('sha256', key).update(text).digest());
  }
});

it('gives one UID for one, by the key, as it always has', () => {
  const own = replacerFor('a key of this case');
  const other = replacerFor('a key of another case');
  const digest = createHmac('sha256', 'a key of this case')
    .update('uid\0' + '1.2.3')
    .digest()
    .subarray(0, 16);
  digest[6] = ((digest[6] as number) & 0x0f) | 0x80;
  digest[8] = ((digest[8] as number) & 0x3f) | 0x80;
  expect(own.uid('1.2.3')).toBe(`2.25.${BigInt(`0x${digest.toString('hex')}`)}`);
  expect(own.uid('1.2.3')).toBe(own.uid('1.2.3'));
  expect(other.uid('1.2.3')).not.toBe(own.uid('1.2.3'));
});
