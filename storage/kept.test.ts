import { expect, test } from 'vitest';
import { day, start, testClock, testStorage } from './testing.ts';
import { after } from './time.ts';

test('what has the same beginning is listed and deleted together, expired rows and deeper ones apart', async () => {
  const clock = testClock();
  const { kept, close } = testStorage(clock);
  await kept.put('a:1:x', 'one');
  await kept.claim('a:1:y', 'two', after(start, day));
  await kept.put('a:1:z:deeper', 'three');
  await kept.put('a:2:x', 'four');
  expect((await kept.list('a:1:')).toSorted()).toEqual(['one', 'two']);
  clock.advance(2 * day);
  expect(await kept.list('a:1:')).toEqual(['one']);
  await kept.deleteAll('a:1:');
  expect(await kept.list('a:1:')).toEqual([]);
  expect(await kept.get('a:1:x')).toBeUndefined();
  expect([await kept.get('a:1:z:deeper'), await kept.get('a:2:x')]).toEqual(['three', 'four']);
  await expect(kept.list('a')).rejects.toThrow('colon');
  close();
});
