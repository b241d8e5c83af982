// The real service over a folder, until it is killed. Started by the crash test, which talks to it over IPC.
import type { Ports } from '../../bot/context.ts';
import type { Answer, Interaction } from '../../bot/interaction.ts';
import { createService } from '../../bot/service.ts';
import type { Events } from '../../domain/entities.ts';
import { openRecord } from './record.ts';
import { servicePorts, stepped, strictClock } from './service.ts';

/** What the parent asks. */
export type Question =
  | { readonly ask: 'handle'; readonly interaction: Interaction }
  /** Deliver until nothing is due any more. */
  | { readonly ask: 'drain' };

/** What the child says: an answer is said after it was given, and what was answered is durable. */
export type Reply =
  | { readonly ready: true }
  | { readonly answered: string; readonly answer: Answer; readonly marked: boolean }
  | { readonly drained: true }
  | { readonly posted: string; readonly card: NonNullable<Answer['cards']>[number] };

const [folder = '', key = '', path = '', offset = '0', dies = '0'] = process.argv.slice(2);
const record = openRecord(path);
const { storage, ports: plain } = servicePorts(folder, key, strictClock(Number(offset)));

/** The call of a port, before or after which the process ends as if the machine had: 0 is never. */
let left = Number(dies);
const mayDie = (): void => {
  if (left > 0 && (left -= 1) === 0) process.kill(process.pid, 'SIGKILL');
};
const mortal = <P extends object>(port: P): P => stepped(port, mayDie, true);

const say = (reply: Reply): void => void process.send?.(reply);
const { store, outbox } = plain;
const ports: Ports = {
  ...plain,
  kept: mortal(plain.kept),
  store: {
    ...store,
    commit: mortal({
      commit: async (batch: Parameters<typeof store.commit>[0]) => {
        const events = batch.appends.flatMap((append): readonly Events[] => append.events);
        const at = events[0]?.at;
        if (at !== undefined)
          record({
            what: 'commit',
            at,
            types: events.map(({ type }) => type),
            ...(batch.delivery ? { key: batch.delivery.key } : {}),
          });
        return store.commit(batch);
      },
    }).commit,
  },
  outbox: mortal({
    ...outbox,
    claim: async (...asked: Parameters<typeof outbox.claim>) => {
      const rows = await outbox.claim(...asked);
      for (const row of rows) record({ what: 'claim', row });
      return rows;
    },
  }),
  mail: mortal({
    send: async ({ id, to, text }: Parameters<Ports['mail']['send']>[0]) => record({ what: 'mail', id, to, text }),
  }),
  channels: [
    mortal({
      platform: 'web' as const,
      desk: true,
      post: async (to, card, id) => {
        record({ what: 'post', id, to: to.user, card });
        say({ posted: to.user, card });
        return id;
      },
      postToDesk: async (card, id) => {
        record({ what: 'post', id, card });
        return id;
      },
      update: async (id, card) => record({ what: 'update', id, card }),
    } satisfies Ports['channels'][number]),
  ],
};
const service = createService(ports);
service.delivery.start();

process.on('disconnect', () => process.exit(0));
process.on('message', (question: Question) => {
  if (question.ask === 'drain') {
    void drained().then(() => say({ drained: true }));
    return;
  }
  const { interaction } = question;
  void service.bot.handle(interaction).then(async (answer) => {
    const marked = (await store.delivered(interaction.key)) !== undefined;
    say({ answered: interaction.key, answer, marked });
  });
});
say({ ready: true });

/** What is due later than so is not waited for: a reminder of a meeting may be due at the next full hour. */
const soonMs = 30_000;

/** What a crashed process had taken is given out again when its lease is over; the caller's clock is past that. */
async function drained(): Promise<void> {
  for (;;) {
    await service.delivery.run();
    const next = await storage.outbox.nextDue();
    if (next === undefined || next > new Date(Date.now() + Number(offset) + soonMs).toISOString()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
