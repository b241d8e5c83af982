import { expect, test } from 'vitest';
import { execute, type Step } from '../../bot/execute.ts';
import { createService } from '../../bot/service.ts';
import { actorOf } from '../../bot/who.ts';
import { seedSample } from '../../cli/sample.ts';
import { isRefusal } from '../../domain/decider.ts';
import { slotFrom } from '../../domain/meetings/hours.ts';
import { makeMasterKey } from '../../storage/keys.ts';
import { commitsOf, replayed, unannounced } from './proof.ts';
import type { Line } from './record.ts';
import { servicePorts, strictClock } from './service.ts';

const hourIn = (days: number) => {
  const slot = slotFrom(
    `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T15:00`,
    'Europe/Paris',
    60,
  );
  if (isRefusal(slot)) throw new Error(slot.refused);
  return slot;
};

test.each([
  ['each mail goes out before the next is owed', true],
  ['all of them wait until the end', false],
])('who is taken off a meeting and invited again is owed the same invitation twice: %s', async (_, eachTime) => {
  const key = makeMasterKey();
  const { storage, ports: plain } = servicePorts(':memory:', key, strictClock(0));
  const lines: Line[] = [];
  const { outbox } = plain;
  const ports = {
    ...plain,
    outbox: {
      ...outbox,
      claim: async (...asked: Parameters<typeof outbox.claim>) => {
        const rows = await outbox.claim(...asked);
        for (const row of rows) lines.push({ what: 'claim', row });
        return rows;
      },
    },
    mail: {
      send: async ({ id, to, text }: Parameters<typeof plain.mail.send>[0]) => {
        lines.push({ what: 'mail', id, to, text });
      },
    },
  };
  await seedSample(ports);
  const { seq } = storage.audit.head();
  const [helpdesk = ''] = await ports.store.peopleByEmail('hanna@cpms-desk.example');
  const invitees = (await ports.store.find('person', { role: 'expert' }, { limit: 2 })).map(({ id }) => id);
  const [person = ''] = invitees;
  const id = ports.ids.next('M');
  const commands: Step['command'][] = [
    { type: 'meeting.schedule', group: 'HTAD', slot: hourIn(9), invitees, join: 'https://meet.example/room' },
    { type: 'meeting.reschedule', slot: hourIn(10) },
    { type: 'meeting.take-off', people: [person] },
    { type: 'meeting.invite', people: [person] },
  ];
  const { delivery } = createService(ports);
  for (const command of commands) {
    const done = await execute(ports, await actorOf(ports, helpdesk), [{ kind: 'meeting', id, command } as Step]);
    if (!('events' in done)) throw new Error(JSON.stringify(done));
    if (eachTime) await delivery.run();
  }
  await delivery.run();
  const { owed } = await replayed(await commitsOf(storage), key);
  const since = owed.filter(({ seq: at }) => at > seq);
  const repeated = since.filter(
    ({ row }) => row.kind === 'mail' && row.payload['sequence'] === '1' && row.payload['person'] === person,
  );
  expect(repeated).toHaveLength(2);

  // Of reminders, which wait for their time, nothing is asked here.
  const wrong = async (seen: readonly Line[]) =>
    (await unannounced(storage, since, seen, [])).filter((one) => one.startsWith('mail '));
  expect(await wrong(lines)).toEqual([]);
  expect((await wrong(lines.filter((line) => line.what !== 'mail'))).join()).toContain('was not mailed');
  const last = lines.findLast((line) => line.what === 'claim' && line.row.kind === 'mail');
  expect((await wrong(lines.filter((line) => line !== last))).join()).toContain('was queued 1 times, not 2');
  storage.close();
});
