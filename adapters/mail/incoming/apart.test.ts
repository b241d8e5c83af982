import { afterEach, expect, test } from 'vitest';
import { createReading, type Reading } from './apart.ts';
import { google, outlook } from './testing/samples.ts';

const sample = {
  uid: 'M-7K3F9Q2M@bot.example',
  sequence: 0,
  attendee: 'aino@hospital.example',
  organiser: 'helpdesk@network.example',
  status: 'ACCEPTED',
  stamp: '20261124T100000Z',
  start: '20261201T150000',
  end: '20261201T160000',
};
const options = { server: 'mx.network.example', arrival: '2026-11-24T10:00:05.123Z' };
let reading: Reading;
afterEach(() => reading.close());

test('one mail after the other, as they are', async () => {
  reading = createReading();
  const warned: string[] = [];
  const warn = ({ name }: Error) => warned.push(name);
  process.on('warning', warn);
  for (const write of Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? google : outlook)))
    expect(await reading.read(Buffer.from(write(sample)), options)).toMatchObject({
      kind: 'answer',
      from: sample.attendee,
      parts: [{ uid: sample.uid, answer: 'accepted' }],
    });
  process.off('warning', warn);
  // Nothing is left behind by each.
  expect(warned).toEqual([]);
});

test('what does not end in time is unreadable, and the next mail is read', async () => {
  let patience = 1;
  reading = createReading(() => patience);
  const mail = Buffer.from(google(sample));
  const first = await reading.read(mail, options);
  expect(first).toEqual({ key: expect.any(String), kind: 'unreadable', from: '', authenticated: false });
  patience = 20_000;
  expect(await reading.read(mail, options)).toMatchObject({ key: first.key, kind: 'answer' });
});
