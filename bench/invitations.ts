// How long a meeting's invitations take out of the outbox, beside what SMTP alone takes for the same mails, in the same run:
// node bench/invitations.ts [--attendees 50] [--rounds 9] [--server exim|sink]
// 'SMTP alone' are the same letters, written already, through the same connections of the same adapter. The server is a real Exim (Debian's
// exim4-daemon-light and dovecot-imapd, as root), or with 'sink' one that keeps nothing, where writing the letters shows most.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCalendar } from '../adapters/calendar/calendar.ts';
import { createSmtp } from '../adapters/mail/smtp.ts';
import type { Ports } from '../bot/context.ts';
import { execute } from '../bot/execute.ts';
import { createService } from '../bot/service.ts';
import { isRefusal } from '../domain/decider.ts';
import type { Letter, Mail } from '../domain/mail-ports.ts';
import { slotFrom } from '../domain/meetings/hours.ts';
import { type Actor, system } from '../domain/people.ts';
import { machineClock, randomIds } from '../random.ts';
import { makeMasterKey, parseMasterKeys } from '../storage/keys.ts';
import { openStorage } from '../storage/open.ts';
import { createSpool } from '../storage/spool.ts';
import { startMailServers } from '../test/mail/servers.ts';
import { createTestScrubber } from '../test/scrubber.ts';
import { testSettings } from '../test/settings.ts';

const { values } = parseArgs({
  options: {
    attendees: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '9' },
    server: { type: 'string', default: 'exim' },
  },
});
const [attendees, rounds] = [Number(values.attendees), Number(values.rounds)];
const domain = 'hospital.example';
const organiser = { name: 'CPMS helpdesk', email: 'helpdesk@network.example' };
const addresses = Array.from({ length: attendees }, (_, index) => `expert-${index}@${domain}`);

const server = values.server === 'exim' ? await startExim() : await startSink();
const folder = mkdtempSync(join(tmpdir(), 'bench-invitations-'));
const storage = openStorage({ folder, keys: parseMasterKeys(makeMasterKey()), clock: machineClock });
const smtp = createSmtp({ url: `smtp://127.0.0.1:${server.port}`, from: `${organiser.name} <${organiser.email}>` });
const letters: Letter[] = [];
const mail: Mail = {
  send: async (letter) => {
    if (letters.length < attendees) letters.push(letter);
    await smtp.send(letter);
  },
};
const ports: Ports = {
  store: storage.store,
  kept: storage.kept,
  outbox: storage.outbox,
  vault: storage.vault,
  scrubber: createTestScrubber(),
  spool: createSpool({ folder }),
  calendar: createCalendar(),
  mail,
  clock: machineClock,
  ids: randomIds,
  channels: [],
  log: {
    info: () => undefined,
    warn: (_, message) => console.error(message),
    error: (_, message) => console.error(message),
  },
  settings: { ...testSettings, organiser },
};
const service = createService(ports);
const people = await Promise.all(addresses.map(enter));
const desk = await enter(organiser.email);
await execute(ports, system, [
  { kind: 'person', id: desk, command: { type: 'person.grant', grant: { role: 'helpdesk' } } },
]);
const helpdesk: Actor = { id: desk, verified: true, grants: [{ role: 'helpdesk' }] };

service.delivery.start();
await invited(0);
const ours: number[] = [];
const alone: number[] = [];
for (let round = 1; round <= rounds; round += 1) {
  // Each first in every other round: what one leaves behind must not help the other.
  for (const first of [round % 2 === 0, round % 2 !== 0]) {
    if (first) ours.push(await invited(round));
    else alone.push(await sentAlone(round));
  }
}
const ratios = ours.map((time, index) => time / (alone[index] ?? Number.NaN));
const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
console.log(`${attendees} attendees, ${rounds} rounds, server: ${values.server}`);
console.log(`out of the outbox: ${median(ours).toFixed(0)} ms; SMTP alone: ${median(alone).toFixed(0)} ms (medians)`);
console.log(
  `ratio: ${median(ratios).toFixed(2)} (median of the rounds; ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
);
await service.delivery.stop();
smtp.close();
storage.close();
await ports.spool.close();
rmSync(folder, { recursive: true, force: true });
await server.close();
process.exitCode = median(ratios) <= 1.5 ? 0 : 1;

async function enter(email: string): Promise<string> {
  const id = randomIds.next('P');
  await execute(ports, system, [{ kind: 'person', id, command: { type: 'person.enter' } }], {
    rows: [
      {
        row: 'person',
        id,
        value: { name: `Dr ${email}`, email, language: 'en', zone: 'Europe/Paris', prefers: 'email' },
      },
    ],
  });
  return id;
}

/** Schedules a meeting, and waits until the invitation of everybody went out and is written down as sent. */
async function invited(round: number): Promise<number> {
  const hour = new Date(Date.now() + (30 + round) * 86_400_000).toISOString().slice(0, 10);
  const slot = slotFrom(`${hour}T15:00`, 'Europe/Paris', 60);
  if (isRefusal(slot)) throw new Error(slot.refused);
  const id = randomIds.next('M');
  const outcome = await execute(ports, helpdesk, [
    { kind: 'meeting', id, command: { type: 'meeting.schedule', slot, invitees: people } },
  ]);
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  const before = performance.now();
  service.delivery.poke();
  for (;;) {
    const { invites } = (await ports.store.load('meeting', id)).state;
    if (Object.values(invites).every((status) => status === 'sent')) return performance.now() - before;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function sentAlone(round: number): Promise<number> {
  const before = performance.now();
  await Promise.all(letters.map((letter) => smtp.send({ ...letter, id: `${letter.id}-${round}` })));
  return performance.now() - before;
}

interface Server {
  readonly port: number;
  close(): Promise<void>;
}

async function startSink(): Promise<Server> {
  const child = fork(join(import.meta.dirname, 'invitations/sink.ts'));
  const port = await new Promise<number>((resolve) =>
    child.once('message', (message: { readonly port: number }) => resolve(message.port)),
  );
  return {
    port,
    close: async () => {
      child.disconnect();
    },
  };
}

async function startExim(): Promise<Server> {
  const servers = await startMailServers();
  for (const address of [organiser.email, ...addresses]) servers.box(address);
  return { port: servers.smtpPort, close: () => servers.close() };
}
