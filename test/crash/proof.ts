import { isDeepStrictEqual } from 'node:util';
import { createSheet } from '../../bot/execute.ts';
import { deskCardOf } from '../../bot/outbox/cards.ts';
import { outgoingFor } from '../../bot/outbox/notices.ts';
import { stillSo } from '../../bot/outbox/still-so.ts';
import type { Card } from '../../bot/view.ts';
import { wordsOf } from '../../bot/words.ts';
import { deciders, type Kind } from '../../domain/entities.ts';
import type { Meeting } from '../../domain/meetings/meeting.ts';
import type { Append, LogRow, OutboxRow, Outgoing } from '../../domain/memory-ports.ts';
import type { Storage } from '../../storage/open.ts';
import type { Line } from './record.ts';
import { servicePorts } from './service.ts';

/** Events that were committed together: those of one instant of the strict clock. */
export interface Happened {
  readonly at: string;
  readonly rows: readonly LogRow[];
}

/** The whole log in its order, by commits. */
export async function commitsOf({ store }: Storage): Promise<Happened[]> {
  const rows: LogRow[] = [];
  for (const kind of Object.keys(deciders) as Kind[])
    for (const { id } of await store.find(kind, {}, { limit: 1_000_000 })) rows.push(...(await store.trail(kind, id)));
  rows.sort((a, b) => a.seq - b.seq);
  const commits: { at: string; rows: LogRow[] }[] = [];
  for (const row of rows) {
    const last = commits.at(-1);
    if (last?.at === row.event.at) last.rows.push(row);
    else commits.push({ at: row.event.at, rows: [row] });
  }
  return commits;
}

/** What the table of notices says that must go out, and whether it stopped being so at some time afterwards. */
export interface Owed {
  readonly row: Outgoing;
  readonly seq: number;
  lapsed: boolean;
}

/**
 * Lets everything happen once more, commit by commit, in an empty storage, and asks the table of notices each time as the service asked
 * it. Gives what is owed; and the read tables that come of it.
 */
export async function replayed(
  commits: readonly Happened[],
  key: string,
): Promise<{ readonly owed: readonly Owed[]; readonly tables: unknown }> {
  let at = '';
  const { storage, ports } = servicePorts(':memory:', key, { now: () => at });
  const owed: Owed[] = [];
  for (const commit of commits) {
    at = commit.at;
    const sheet = createSheet(ports);
    for (const { kind, id, event } of commit.rows) {
      await sheet.load(kind, id);
      sheet.happen(kind, id, event as never);
    }
    for (const [index, { kind, id, version, event }] of sheet.happened.entries())
      for (const row of await outgoingFor(sheet, { kind, id, version, event }))
        owed.push({ row, seq: commit.rows[index]?.seq ?? 0, lapsed: false });
    const done = await ports.store.commit({ appends: sheet.appends() as Append[], reads: [], rows: [], outgoing: [] });
    if (!done.ok) throw new Error(`The log cannot be replayed at ${commit.at}: ${done.conflict}`);
    for (const one of owed) {
      const { notice = '', id = '' } = one.row.payload;
      const mailed = one.row.payload['mail'] === 'invitation';
      const kind = mailed ? 'meeting' : one.row.payload['kind'];
      const holds = mailed ? stillMailed : stillSo[notice];
      if (!holds || !commit.rows.some((row) => row.kind === kind && row.id === id)) continue;
      const { state } = await ports.store.load(kind as Kind, id);
      if (!holds(state as never, one.row.payload, commit.at)) one.lapsed = true;
    }
  }
  const tables = storage.tables.dump();
  storage.close();
  return { owed, tables };
}

/** Whether a meeting's mail is still owed to its attendee: who was taken off meanwhile is not invited, and who was invited again not called off. */
const stillMailed = ({ invites, stage }: Meeting, { person = '', method }: OutboxRow['payload']): boolean =>
  Object.hasOwn(invites, person) ? method !== 'CANCEL' || stage === 'cancelled' : method === 'CANCEL';

const same = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>) => isDeepStrictEqual(a, b);

/**
 * What is wrong with the announcements: a notice that is owed and was queued never, or twice; that was queued and neither announced nor
 * excused; one that nothing caused; a calendar mail that is missing. `later` are the rows that still wait for their time.
 */
export async function unannounced(
  storage: Storage,
  owed: readonly Owed[],
  lines: readonly Line[],
  later: readonly OutboxRow[],
): Promise<string[]> {
  const wrong: string[] = [];
  const claimed = new Map<number, OutboxRow>();
  const sent = new Set<string>();
  for (const line of lines) {
    if (line.what === 'claim') claimed.set(line.row.id, line.row);
    if (line.what === 'post' || line.what === 'mail') sent.add(line.id);
  }
  const waiting = new Map(later.map((row) => [row.id, row]));
  const queued = [...new Map([...claimed, ...waiting]).values()];
  const { store } = storage;

  for (const { row, lapsed } of owed) {
    if (row.kind === 'surface') continue;
    const alike = (one: Outgoing) => one.kind === row.kind && same(one.payload, row.payload);
    const rows = queued.filter(alike);
    const what = `${row.kind} ${JSON.stringify(row.payload)}`;
    // Who was taken off a meeting and invited again is owed the same mail twice.
    const causes = owed.filter((one) => alike(one.row));
    const only = rows.sort((a, b) => a.id - b.id)[causes.findIndex((one) => one.row === row)];
    if (!only || rows.length !== causes.length) {
      wrong.push(`${what} was queued ${rows.length} times, not ${causes.length}`);
      continue;
    }
    if (waiting.has(only.id) || lapsed) continue;
    const { person = '', id = '', kind = '', notice = '', sequence } = row.payload;
    const details = person === 'desk' ? undefined : await store.person(person);
    const state = row.kind === 'mail' || kind === 'meeting' ? (await store.load('meeting', id)).state : undefined;
    if (row.kind === 'mail') {
      const outdated = String(state?.sequence) !== sequence;
      const mailed = [...sent].some((one) => one.startsWith(`meeting-${id}-${person}-${sequence}-${only.id}-`));
      if (!mailed && !outdated && details?.email) wrong.push(`${what} was not mailed`);
      continue;
    }
    const told =
      person === 'desk'
        ? sent.has(`n${only.id}`)
        : sent.has(`n${only.id}.${person}`) || sent.has(`notice-${only.id}-${person}`);
    // Who has no chat and is invited gets the calendar mail, and nothing beside it.
    const invited = state !== undefined && person in state.invites && details?.chat === undefined;
    if (!told && !invited) wrong.push(`${what} was not announced (${notice}, row ${only.id})`);
  }
  for (const row of queued) {
    if (row.kind !== 'notice') continue;
    if (!owed.some((one) => one.row.kind === 'notice' && same(one.row.payload, row.payload)))
      wrong.push(`row ${row.id} announces what nothing caused: ${JSON.stringify(row.payload)}`);
  }
  return wrong;
}

/** What a card says of the thing itself: how it stands, what was said, what can be done. Not the people's names, which change by themselves. */
function essence(card: Card): string {
  const stage = card.body.find((block) => block.kind === 'facts')?.rows[0];
  const said = card.body.flatMap((block) => (block.kind === 'list' ? block.items.map(({ detail }) => detail) : []));
  return JSON.stringify([card.tone, stage, said, card.buttons]);
}

/** What is wrong with the helpdesk's channel: a thing that is not there, is there twice, or not as it is now. */
export async function staleOnDesk(
  storage: Storage,
  key: string,
  owed: readonly Owed[],
  lines: readonly Line[],
): Promise<string[]> {
  const wrong: string[] = [];
  // A card's name is that of its thing.
  const entityOf = (posted: string) => posted.split('.')[1];
  const shown = new Map<string, string>();
  for (const line of lines) {
    if ((line.what === 'post' && line.to === undefined && line.id.startsWith('card.')) || line.what === 'update')
      shown.set(line.id, essence(line.card));
  }
  const things = new Map(
    owed.flatMap(({ row }) => (row.kind === 'surface' ? [[row.payload['id'] ?? '', row.payload['kind'] as Kind]] : [])),
  );
  const ports = {
    ...servicePorts(':memory:', key, { now: () => new Date().toISOString() }).ports,
    store: storage.store,
  };
  for (const [id, kind] of things) {
    const now = essence(await deskCardOf(ports, wordsOf('en'), kind, id));
    const cards = [...shown].filter(([posted]) => entityOf(posted) === id);
    if (cards.length === 0) wrong.push(`${kind} ${id} is not on the desk`);
    else if (cards.length > 1) wrong.push(`${kind} ${id} is on the desk ${cards.length} times`);
    else if (!cards.some(([, card]) => card === now))
      wrong.push(
        `${kind} ${id} is on the desk as it was before: ${cards.map(([, card]) => card).join('\n')}\nnow ${now}`,
      );
  }
  return wrong;
}
