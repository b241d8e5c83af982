import { expect, test } from 'vitest';
import type { Letter } from '../../domain/mail-ports.ts';
import type { Kept } from '../../domain/memory-ports.ts';
import { createMailbox } from './mailbox.ts';

/** As slow as a real store may be, so that writes would overtake each other if they could. */
function memory(): Kept & { readonly rows: Map<string, string> } {
  const rows = new Map<string, string>();
  const later = () => new Promise((resolve) => setTimeout(resolve, 1));
  const never = () => Promise.reject(new Error('not needed here'));
  return {
    rows,
    get: async (key) => later().then(() => rows.get(key)),
    put: async (key, value) => {
      await later();
      rows.set(key, value);
    },
    jot: never,
    claim: never,
    delete: never,
    take: never,
    list: never,
    deleteAll: never,
  };
}

const clock = { now: () => '2026-11-20T10:00:00.000Z' };
const letter = (id: string): Letter => ({ to: 'a@hospital.example', subject: 'S', text: 'T', id });

test('letters are kept, newest first, over a restart', async () => {
  const kept = memory();
  const mailbox = createMailbox(kept, clock);
  await mailbox.send(letter('1'));
  await mailbox.send({ ...letter('2'), html: '<p>T</p>', calendar: { method: 'REQUEST', ics: 'BEGIN:VCALENDAR\r\n' } });
  const listed = await createMailbox(kept, clock).list();
  expect(listed.map(({ id }) => id)).toEqual(['2', '1']);
  expect(listed[0]).toEqual({
    ...letter('2'),
    html: '<p>T</p>',
    calendar: { method: 'REQUEST', ics: 'BEGIN:VCALENDAR\r\n', name: 'invite.ics' },
    at: clock.now(),
  });
});

test('the same letter twice is one mail', async () => {
  const mailbox = createMailbox(memory(), clock);
  await Promise.all([mailbox.send(letter('1')), mailbox.send(letter('1'))]);
  expect(await mailbox.list()).toHaveLength(1);
});

test('letters that come at the same time are all kept, and the oldest go beyond 500', async () => {
  const kept = memory();
  const mailbox = createMailbox(kept, clock);
  await Promise.all(Array.from({ length: 40 }, (_, n) => mailbox.send(letter(`n${n}`))));
  expect(await mailbox.list()).toHaveLength(40);
  const many = Array.from({ length: 500 }, (_, n) => ({ ...letter(`m${n}`), at: clock.now() }));
  kept.rows.set('local:mailbox', JSON.stringify(many));
  await mailbox.send(letter('new'));
  const listed = await mailbox.list();
  expect(listed).toHaveLength(500);
  expect(listed[0]?.id).toBe('new');
  expect(listed.some(({ id }) => id === 'm499')).toBe(false);
});

test('a store that fails once does not stop the mailbox', async () => {
  const kept = memory();
  const mailbox = createMailbox({ ...kept, put: () => Promise.reject(new Error('disk')) }, clock);
  await expect(mailbox.send(letter('1'))).rejects.toThrow('disk');
  expect(await mailbox.list()).toEqual([]);
});
