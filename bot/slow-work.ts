import { z } from 'zod';
import { Undeliverable } from './channel.ts';
import type { Ports } from './context.ts';
import { seemsIdentifying } from './guard.ts';
import type { Answer, Bot, Interaction } from './interaction.ts';

/** Adapters acknowledge after 2.2 s what is not done by then: before that it is written down. */
const patienceMs = 1500;
/** A process that is alive has finished by then; what is still there is a crashed one's. */
const finishAfterMs = 2 * 60_000;
const keptForMs = 24 * 60 * 60_000;

const shape = z.object({
  key: z.string(),
  who: z.object({
    identity: z.object({ platform: z.enum(['slack', 'teams', 'web']), tenant: z.string(), user: z.string() }),
    name: z.string().optional(),
    language: z.string().optional(),
    zone: z.string().optional(),
  }),
  where: z.object({
    kind: z.enum(['private', 'shared']),
    desk: z.boolean().optional(),
    room: z.string().optional(),
    home: z.boolean().optional(),
  }),
  what: z.looseObject({ kind: z.string() }),
});

export interface SlowWork {
  /** Handles an interaction; when that takes long it is first written down (sealed), so that a crash after its acknowledgement loses nothing. */
  readonly handle: (interaction: Interaction) => Promise<Answer>;
  /** Does what was written down and is still there, and posts the answer to its author; nothing where it was done. */
  readonly finish: (id: string) => Promise<void>;
}

/** The bot, with what is slow written down before it is acknowledged. An interaction done twice is done once: its delivery key tells. */
export function createSlowWork(ports: Ports, bot: Pick<Bot, 'handle'>): SlowWork {
  const writeDown = async (interaction: Interaction): Promise<string> => {
    const id = ports.ids.next('W');
    const now = Date.parse(ports.clock.now());
    await ports.kept.put(`work:${id}`, JSON.stringify(interaction), new Date(now + keptForMs).toISOString());
    await ports.outbox.add([
      { kind: 'work', lane: `work/${id}`, payload: { id }, dueAt: new Date(now + finishAfterMs).toISOString() },
    ]);
    return id;
  };
  return {
    async handle(interaction) {
      let written: Promise<string> | undefined;
      const timer = setTimeout(() => {
        // Rule 9 goes before: what seems to hold a patient's identity is not stored, not even sealed and for minutes.
        if (textsOf(interaction).some((text) => seemsIdentifying(text).length > 0)) return;
        written = writeDown(interaction);
        written.catch(() => ports.log.error({}, 'slow work could not be written down'));
      }, patienceMs);
      try {
        return await bot.handle(interaction);
      } finally {
        clearTimeout(timer);
        const id = await written?.catch(() => undefined);
        if (id !== undefined) await ports.kept.delete(`work:${id}`);
      }
    },
    async finish(id) {
      const kept = await ports.kept.get(`work:${id}`);
      if (kept === undefined) return;
      const interaction = shape.parse(JSON.parse(kept)) as Interaction;
      const { cards = [], form } = await bot.handle(interaction);
      const { identity } = interaction.who;
      const channel = ports.channels.find(({ platform }) => platform === identity.platform);
      const toShow = form ? [...cards, { title: form.title, body: [], buttons: [form.open] }] : cards;
      for (const [index, card] of toShow.entries()) {
        if (!channel) throw new Undeliverable('no-channel');
        await channel.post(identity, card, `${id}.${index}`);
      }
      await ports.kept.delete(`work:${id}`);
    },
  };
}

function textsOf({ what }: Interaction): readonly string[] {
  if (what.kind === 'text' || what.kind === 'command') return [what.text];
  return what.kind === 'submit' ? Object.values(what.values).filter((value) => typeof value === 'string') : [];
}
