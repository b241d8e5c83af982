import { z } from 'zod';
import type { Letter, Mail } from '../../domain/mail-ports.ts';
import type { Kept } from '../../domain/memory-ports.ts';
import type { Clock } from '../../domain/ports.ts';

/** A letter as the local mailbox shows it: what would have been sent, and when. */
export interface MailboxLetter extends Letter {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** With the name of the file that a mail program would offer. */
  readonly calendar?: NonNullable<Letter['calendar']> & { readonly name: string };
}

export interface Mailbox extends Mail {
  /** The kept letters, newest first. */
  list(): Promise<readonly MailboxLetter[]>;
}

const place = 'local:mailbox';
const most = 500;

const letters = z.array(
  z.object({
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string().optional(),
    calendar: z.object({ method: z.enum(['REQUEST', 'CANCEL', 'DECLINECOUNTER']), ics: z.string() }).optional(),
    id: z.string(),
    at: z.string(),
  }),
);

/**
 * The mailbox of the local mode: takes every letter, sends none, and shows them. It keeps the last 500 (sealed, under
 * 'local:mailbox'), each id once, as a reader's mail program would show a Message-ID. For one process: the letters are read and
 * written one after the other in it. Throws only when the store fails.
 */
export function createMailbox(kept: Kept, clock: Clock): Mailbox {
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  const load = async (): Promise<z.output<typeof letters>> =>
    letters.parse(JSON.parse((await kept.get(place)) ?? '[]'));

  return {
    send: (letter) =>
      inTurn(async () => {
        const earlier = await load();
        if (earlier.some(({ id }) => id === letter.id)) return;
        await kept.put(place, JSON.stringify([{ ...letter, at: clock.now() }, ...earlier].slice(0, most)));
      }),
    list: async () =>
      (await inTurn(load)).map(({ calendar, ...letter }) => ({
        ...letter,
        ...(calendar
          ? { calendar: { ...calendar, name: calendar.method === 'CANCEL' ? 'cancel.ics' : 'invite.ics' } }
          : {}),
      })),
  };
}
