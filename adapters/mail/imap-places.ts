import type { ImapFlow } from 'imapflow';
import { z } from 'zod';
import type { Kept } from '../../domain/memory-ports.ts';
import type { Clock } from '../../domain/ports.ts';

/** At the first start: how far back to read. */
const backDays = 7;
/** When the server has numbered its mailbox anew: how far back at most, however long nothing was read. */
const mostBackDays = 60;
const day = 86_400_000;

const placeShape = z.object({ validity: z.string(), uid: z.int().min(0), at: z.string().optional() });
const tryShape = z.object({ validity: z.string(), uid: z.int().min(0), times: z.int().min(0) });

/** The last mail that was taken or put aside: its UID, in the numbering that UIDVALIDITY names (RFC 9051 2.3.1.1), and when it arrived. */
export type Place = z.output<typeof placeShape>;

/** Keeps how far a mailbox has been read, under `key`. */
export function placesIn(kept: Kept, clock: Clock, key: string) {
  const read = async <S extends z.ZodType>(shape: S, name: string): Promise<z.output<S> | undefined> => {
    const text = await kept.get(name);
    return text === undefined ? undefined : shape.safeParse(JSON.parse(text)).data;
  };
  return {
    /**
     * Where to go on: behind the last mail that was taken. Where the server has numbered the mails anew, the day of that mail counts, for the numbers tell nothing
     * any more; what is read twice by that is known by its own key. At the first start it is a week ago.
     */
    async begin(connection: Pick<ImapFlow, 'search'>, validity: string, next: number): Promise<Place> {
      const known = await read(placeShape, key);
      if (known?.validity === validity) return known;
      const now = Date.parse(clock.now());
      const last = known?.at === undefined ? Number.NaN : Date.parse(known.at);
      // A day more: SINCE knows days alone, in the server's zone.
      const from = Number.isNaN(last) ? now - backDays * day : Math.min(last - day, now - backDays * day);
      const since = new Date(Math.max(from, now - mostBackDays * day));
      const recent = (await connection.search({ since }, { uid: true })) || [];
      const uid = recent.length > 0 ? Math.min(...recent) - 1 : next - 1;
      return { validity, uid, ...(known?.at ? { at: known.at } : {}) };
    },
    /** Writes down that a mail is about to be read; gives the how manieth time it is. */
    async trying({ validity, uid }: Place): Promise<number> {
      const before = await read(tryShape, `${key}:trying`);
      const times = before?.validity === validity && before.uid === uid ? before.times + 1 : 1;
      await kept.put(`${key}:trying`, JSON.stringify({ validity, uid, times }));
      return times;
    },
    /** Writes down that everything up to this mail is done. */
    async behind(place: Place): Promise<Place> {
      await kept.put(key, JSON.stringify(place));
      return place;
    },
  };
}

/** When a mail arrived: as the server says, but never later than now. */
export function arrivalOf(date: Date | string | undefined, now: string): string {
  const arrived = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isNaN(arrived) || arrived > Date.parse(now) ? now : new Date(arrived).toISOString();
}
