import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Ports } from '../context.ts';

/** What an invitation's Message-ID names. */
export interface LetterOf {
  readonly meeting: string;
  readonly person: string;
  readonly sequence: number;
}

/**
 * The id of the letter that invites somebody, the left part of its Message-ID: the same for each try, and with a tag that nobody else
 * can make, so that what claims to come back was sent by us.
 */
export async function letterId(ports: Ports, { meeting, person, sequence }: LetterOf, row: number): Promise<string> {
  const named = `meeting-${meeting}-${person}-${sequence}-${row}`;
  return `${named}-${tagOf(await secret(ports), named)}`;
}

/** What a letter's id names, or undefined for one that we did not make. */
export async function readLetterId(ports: Ports, id: string): Promise<LetterOf | undefined> {
  const [, named = '', meeting = '', person = '', sequence = '', tag = ''] =
    /^(meeting-([A-Z]{1,2}-[0-9A-Z]{8})-([A-Z]{1,2}-[0-9A-Z]{8})-(\d{1,9})-\d{1,15})-([0-9a-f]{24})$/.exec(id) ?? [];
  if (named === '') return undefined;
  const own = tagOf(await secret(ports), named);
  return timingSafeEqual(Buffer.from(own), Buffer.from(tag))
    ? { meeting, person, sequence: Number(sequence) }
    : undefined;
}

const place = 'letters:key';

/** Read once for each store: every letter needs it, and it never changes. */
const secrets = new WeakMap<Ports['kept'], Promise<string>>();

function secret({ kept, ids }: Ports): Promise<string> {
  const read = async () => {
    const known = await kept.get(place);
    if (known !== undefined) return known;
    await kept.claim(place, ids.token());
    const made = await kept.get(place);
    if (made === undefined) throw new Error('The letters have no key');
    return made;
  };
  const found =
    secrets.get(kept) ??
    read().catch((error: unknown) => {
      secrets.delete(kept);
      throw error;
    });
  secrets.set(kept, found);
  return found;
}

const tagOf = (key: string, named: string) => createHmac('sha256', key).update(named).digest('hex').slice(0, 24);
