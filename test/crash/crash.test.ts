import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Answer, Interaction } from '../../bot/interaction.ts';
import { seedSample } from '../../cli/sample.ts';
import { seeded } from '../../domain/seeded.ts';
import { makeMasterKey } from '../../storage/keys.ts';
import type { Question, Reply } from './child.ts';
import { type Actor, actor, words } from './people.ts';
import { commitsOf, replayed, staleOnDesk, unannounced } from './proof.ts';
import { mendRecord, readRecord } from './record.ts';
import { servicePorts, strictClock } from './service.ts';

const soak = Boolean(process.env['SOAK']);
const seed = Number(process.env['SEED'] ?? 42);
/** How often the service is killed, and how many commands each person gives between two kills, at most. */
const crashes = Number(process.env['CRASHES'] ?? (soak ? 150 : 4));
/** Past the lease of what a killed process had taken out of the outbox. */
const between = 90_000;

/** A delivery that was answered: what the test then knows. */
interface Answered {
  readonly interaction: Interaction;
  readonly answer: Answer;
  /** Whether the store had marked it as done. */
  readonly marked: boolean;
}

test('a service that is killed again and again keeps what it answered, announces what is there, and does nothing twice', {
  timeout: soak ? 1_800_000 : 90_000,
}, async () => {
  const home = mkdtempSync(join(tmpdir(), 'cpms-crash-'));
  const [folder, path, key] = [join(home, 'data'), join(home, 'record'), makeMasterKey()];
  try {
    const seededSeq = await prepare(folder, key);
    const random = seeded(seed);
    const word = words();
    const experts = await expertsOf(folder, key);
    const code = (address: string) => {
      const mail = readRecord(path).findLast(
        (line) => line.what === 'mail' && line.to === address && line.id.startsWith('code-'),
      );
      return mail?.what === 'mail' ? /\b(\d{4}) (\d{4})\b/.exec(mail.text)?.slice(1).join('') : undefined;
    };
    const knows = { random, word, experts, code };
    const actors = [
      ...['clara', 'carl', 'cem', 'cleo'].map((user) => actor(user, 'clinician', knows)),
      ...['helpdesk', 'helpdesk-two'].slice(0, 1).map((user) => actor(user, 'desk', knows)),
      ...['lead', 'administrator', 'expert-1', 'expert-2'].map((user) => actor(user, 'other', knows)),
    ];
    const answered = new Map<string, Answered>();
    const pending = new Map<Actor, Interaction>();

    for (let round = 0; round <= crashes; round += 1) {
      const last = round === crashes;
      // One half is killed from outside at some moment, the other at some call of a port: before it, or just after.
      const dies = !last && random() < 0.5 ? 1 + Math.floor(random() * 1500) : 0;
      const child = fork(
        join(import.meta.dirname, 'child.ts'),
        [folder, key, path, String(round * between), String(dies)],
        {
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        },
      );
      await run(child, {
        actors,
        answered,
        pending,
        quota: 25,
        after: last || dies > 0 ? undefined : 50 + random() * 1200,
      });
      mendRecord(path);
    }
    expect(pending.size).toBe(0);
    await prove({ folder, path, key, seededSeq, answered });
  } finally {
    if (!process.env['KEEP']) rmSync(home, { recursive: true, force: true });
  }
});

async function prepare(folder: string, key: string): Promise<number> {
  const { storage, ports } = servicePorts(folder, key, strictClock(-between));
  await seedSample(ports);
  const { seq } = storage.audit.head();
  storage.close();
  return seq;
}

async function expertsOf(folder: string, key: string): Promise<string[]> {
  const { storage } = servicePorts(folder, key, strictClock(-between));
  const found = await storage.store.find('person', { role: 'expert' }, { limit: 10 });
  storage.close();
  return found.map(({ id }) => id);
}

interface Play {
  readonly actors: readonly Actor[];
  readonly answered: Map<string, Answered>;
  /** What was sent and not answered yet, by whom: it is sent again, under the same key. */
  readonly pending: Map<Actor, Interaction>;
  /** How many new commands each one gives; then the outbox is emptied. */
  readonly quota: number;
  /** Milliseconds from the first command until the process is killed; undefined where it ends by itself. */
  readonly after: number | undefined;
}

/** Lets everybody act at once with one life of the service, until it dies or has nothing more to do. Gives whether it was killed. */
function run(child: ChildProcess, { actors, answered, pending, quota, after }: Play): Promise<boolean> {
  const left = new Map(actors.map((one) => [one, quota]));
  let killing: NodeJS.Timeout | undefined;
  let draining = false;
  const ask = (question: Question): void => {
    // Into a pipe whose end has just died: what was not answered is sent again.
    child.send(question, () => undefined);
  };
  const go = (one: Actor): void => {
    if (!pending.has(one)) {
      const more = left.get(one) ?? 0;
      if (more === 0) return;
      left.set(one, more - 1);
      pending.set(one, one.next());
    }
    const interaction = pending.get(one);
    if (interaction) ask({ ask: 'handle', interaction });
  };
  const rest = (): void => {
    if (pending.size > 0 || draining || [...left.values()].some((more) => more > 0)) return;
    draining = true;
    ask({ ask: 'drain' });
  };
  child.on('message', (reply: Reply) => {
    if ('ready' in reply) {
      if (after !== undefined) killing = setTimeout(() => child.kill('SIGKILL'), after);
      for (const one of actors) go(one);
      rest();
    } else if ('answered' in reply) {
      const one = actors.find((candidate) => pending.get(candidate)?.key === reply.answered);
      const interaction = one && pending.get(one);
      if (!one || !interaction) return;
      answered.set(reply.answered, { interaction, answer: reply.answer, marked: reply.marked });
      pending.delete(one);
      one.sees(reply.answer);
      go(one);
      rest();
    } else if ('posted' in reply) actors.find(({ user }) => user === reply.posted)?.hears(reply.card);
    else child.disconnect();
  });
  return new Promise((resolve) =>
    child.once('exit', (_status, signal) => {
      clearTimeout(killing);
      resolve(signal === 'SIGKILL');
    }),
  );
}

interface Given {
  readonly folder: string;
  readonly path: string;
  readonly key: string;
  readonly seededSeq: number;
  readonly answered: ReadonlyMap<string, Answered>;
}

async function prove({ folder, path, key, seededSeq, answered }: Given): Promise<void> {
  const { storage } = servicePorts(folder, key, strictClock((crashes + 2) * between));
  const { store } = storage;
  const lines = readRecord(path);
  const commits = await commitsOf(storage);
  const own = commits.filter(({ rows }) => (rows[0]?.seq ?? 0) > seededSeq);

  // The log is whole, and the read tables are what it makes.
  expect(storage.audit.verify()).toMatchObject({ ok: true, head: { seq: commits.at(-1)?.rows.at(-1)?.seq } });
  const { owed, tables } = await replayed(commits, key);
  const before = storage.tables.dump();
  expect(tables).toEqual(before);
  storage.tables.rebuild();
  expect(storage.tables.dump()).toEqual(before);

  // Whatever is there came in one commit, whole, and one delivery made at most one.
  const meant = new Map(lines.flatMap((line) => (line.what === 'commit' ? [[line.at, line]] : [])));
  const made = new Map<string, number>();
  for (const { at, rows } of own) {
    const line = meant.get(at);
    expect(rows.map(({ event }) => event.type)).toEqual(line?.types);
    if (line?.key !== undefined) made.set(line.key, (made.get(line.key) ?? 0) + 1);
  }
  expect([...made].filter(([, count]) => count > 1)).toEqual([]);

  // What was answered as done is there, and so are the words that it was about, once.
  const meaning = new Set([...meant.values()].map((line) => line.key));
  const texts = await textsOf(storage);
  const broken: string[] = [];
  for (const [delivery, { interaction, marked }] of answered) {
    if (marked && (await store.delivered(delivery)) === undefined) broken.push(`${delivery} is forgotten`);
    if (marked && meaning.has(delivery) && made.get(delivery) !== 1) broken.push(`${delivery} left nothing behind`);
    for (const word of wordsIn(interaction)) {
      const count = texts.filter((text) => text.includes(word)).length;
      if (count > 1 || (marked && kept(interaction) && count !== 1))
        broken.push(`the words of ${delivery} are there ${count} times`);
    }
  }
  expect(broken).toEqual([]);

  // What is there was announced; what was announced is there.
  const later = await farAhead(folder, key);
  expect(
    await unannounced(
      storage,
      owed.filter(({ seq }) => seq > seededSeq),
      lines,
      later,
    ),
  ).toEqual([]);
  expect(
    await staleOnDesk(
      storage,
      key,
      owed.filter(({ seq }) => seq > seededSeq),
      lines,
    ),
  ).toEqual([]);
  expect(await storage.outbox.deadLetters({ limit: 5 })).toEqual([]);

  const types = new Map<string, number>();
  for (const { event } of own.flatMap(({ rows }) => rows)) types.set(event.type, (types.get(event.type) ?? 0) + 1);
  if (process.env['SHOW']) console.log(answered.size, 'answered,', own.length, 'commits,', Object.fromEntries(types));
  expect(answered.size).toBeGreaterThan(200);
  for (const type of ['registration-requested', 'ticket-opened']) expect([...types.keys()]).toContain(type);
  storage.close();
}

const wordsIn = ({ what }: Interaction): readonly string[] =>
  [...JSON.stringify(what).matchAll(/remark (zu\w+)/g)].map((match) => match[1] ?? '');

/** Whether what was typed is kept as a text of a ticket. */
const kept = ({ what }: Interaction): boolean =>
  what.kind === 'submit'
    ? ['support.ask', 'support.add', 'desk.reply', 'desk.note'].includes(what.form)
    : what.kind === 'command' && /^(note|reply) /.test(what.text);

async function textsOf({ store }: Awaited<ReturnType<typeof servicePorts>>['storage']): Promise<string[]> {
  const texts: string[] = [];
  for (const { state } of await store.find('ticket', {}, { limit: 1_000_000 }))
    for (const { text } of state.messages) texts.push((await store.text(text)) ?? '');
  return texts;
}

/** What the outbox still holds for later: reminders. */
async function farAhead(folder: string, key: string) {
  const { storage } = servicePorts(folder, key, strictClock(400 * 86_400_000));
  const rows = [];
  for (
    let more = await storage.outbox.claim(100, 1000);
    more.length > 0;
    more = await storage.outbox.claim(100, 1000)
  ) {
    rows.push(...more);
    for (const { id } of more) await storage.outbox.done(id);
  }
  storage.close();
  return rows;
}
