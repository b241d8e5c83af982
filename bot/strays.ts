import { z } from 'zod';
import type { OutboxRow, Outgoing, RowWrite } from '../domain/memory-ports.ts';
import { system } from '../domain/people.ts';
import { type Found, lookAfterHours } from '../domain/strays.ts';
import type { Ports } from './context.ts';
import { casesFor } from './conversations/cases/access.ts';
import { type Extras, execute, type Step } from './execute.ts';
import type { Answer } from './interaction.ts';
import { card, type Turn } from './turn.ts';
import type { Card } from './view.ts';
import { wordsOf } from './words.ts';

/** More at once are told of, and not looked for one by one. */
const mostFiles = 10;
const hour = 3_600_000;

/** Where a dropped file lies, and whom to tell: sealed beside the log, and gone a day after the last look. */
const whereShape = z.object({
  file: z.string(),
  language: z.string(),
  identity: z.object({ platform: z.enum(['slack', 'teams', 'web']), tenant: z.string(), user: z.string() }),
});
const whereKey = (id: string) => `stray:${id}`;
const keptMs = (lookAfterHours.reduce((sum, hours) => sum + hours, 0) + 24) * hour;

/**
 * Files were dropped into the chat: that is recorded, with a row in the future that looks whether they are gone, and their author is told where they lie, how
 * to delete them, and what the safe way is. Nothing was opened.
 */
export async function fileDropped(turn: Turn, files: readonly string[]): Promise<Answer> {
  const { ports, actor, who, now, language } = turn;
  const { platform } = who.identity;
  const looked = files.slice(0, mostFiles);
  const ids = (looked.length > 0 ? looked : ['']).map(() => ports.ids.next('F'));
  const rows: RowWrite[] = [];
  const outgoing: Outgoing[] = [];
  for (const [index, file] of looked.entries()) {
    const id = ids[index] ?? '';
    const value = JSON.stringify({ file, language, identity: who.identity } satisfies z.infer<typeof whereShape>);
    rows.push({ row: 'kept', key: whereKey(id), value, expiresAt: later(now, keptMs) });
    outgoing.push(nextLook(id, now, 0));
  }
  const steps: Step[] = ids.map((id) => ({
    kind: 'stray',
    id,
    as: system,
    command: { type: 'stray.notice', platform, ...(actor.id ? { person: actor.id } : {}) },
  }));
  await turn.act(steps, { kind: 'stray', id: ids[0] ?? '' }, { rows, outgoing });
  return card(await droppedCard(turn));
}

/** What it means that a file was dropped, and what to do now. */
export async function droppedCard(turn: Turn): Promise<Card> {
  const { say, who, ports, actor } = turn;
  const ready = await casesFor(ports, actor, 'file');
  const only = ready.length === 1 ? ready[0] : undefined;
  const { platform } = who.identity;
  const looks = ports.channels.some((channel) => channel.platform === platform && channel.fileThere !== undefined);
  return {
    title: say('documents:dropped.title'),
    tone: 'warning',
    body: [
      { kind: 'text', text: say(`documents:dropped.${platform}`) },
      { kind: 'text', text: say('documents:dropped.instead') },
      ...(looks ? [{ kind: 'note' as const, text: say('documents:dropped.again') }] : []),
    ],
    buttons: [
      {
        label: say('documents:dropped.button'),
        ...(only ? { action: 'document.attach', ref: only.id } : { action: 'document.choose' }),
        style: 'primary',
      },
    ],
  };
}

/**
 * Looks whether a dropped file is still there, tells its author, and records what was found; while it is there a later look follows, until it is the helpdesk's
 * to speak with them. Throws what the channel throws, so that the outbox tries again.
 */
export async function lookForStray(ports: Ports, row: OutboxRow): Promise<void> {
  const id = row.payload['id'] ?? '';
  const { state } = await ports.store.load('stray', id);
  if (state.stage !== 'noticed') return;
  const kept = await ports.kept.get(whereKey(id));
  const where = kept === undefined ? undefined : whereShape.parse(JSON.parse(kept));
  const channel = where && ports.channels.find(({ platform }) => platform === where.identity.platform);
  const there = where && (await channel?.fileThere?.(where.identity, where.file));
  const found: Found = there === undefined ? 'not-told' : there ? 'there' : 'gone';
  const seen = found === 'there' ? state.seen + 1 : state.seen;
  const again = found === 'there' && seen < lookAfterHours.length;
  // Told first: what is recorded below is not looked at again, and the same message posted twice is seen once.
  if (where && channel && found !== 'not-told') {
    const say = wordsOf(where.language);
    const told: Card =
      found === 'gone'
        ? { title: say('documents:stray.gone'), tone: 'good', body: [] }
        : {
            title: say('documents:stray.there'),
            tone: 'warning',
            body: [{ kind: 'text', text: say(`documents:dropped.${where.identity.platform}`) }],
          };
    await channel.post(where.identity, told, `stray-${id}-${seen}-${found}`);
  }
  const now = ports.clock.now();
  const next: Extras = again
    ? { outgoing: [nextLook(id, now, seen)] }
    : { rows: [{ row: 'kept', key: whereKey(id), value: null }] };
  await execute(ports, system, [{ kind: 'stray', id, command: { type: 'stray.look', found } }], next);
}

function nextLook(id: string, now: string, seen: number): Outgoing {
  const hours = lookAfterHours[seen] ?? 0;
  return { kind: 'look', lane: `stray/${id}`, payload: { id }, dueAt: later(now, hours * hour) };
}

const later = (now: string, ms: number) => new Date(Date.parse(now) + ms).toISOString();
