import type { Urgency } from '../../../domain/cases.ts';
import type { MeetingRequest } from '../../../domain/meetings/requests.ts';
import type { Filter, Loaded } from '../../../domain/memory-ports.ts';
import type { Ports } from '../../context.ts';
import { every } from '../../every.ts';
import type { Say } from '../../words.ts';

const mostUrgent: readonly Urgency[] = ['urgent', 'soon', 'routine'];

/** How urgent the case of a request is now; undefined where that is nothing special, or the request is of no case. */
export async function pressing(
  ports: Ports,
  { caseId }: MeetingRequest,
): Promise<Exclude<Urgency, 'routine'> | undefined> {
  if (caseId === undefined) return undefined;
  const { urgency } = (await ports.store.load('case', caseId)).state;
  return urgency === 'routine' ? undefined : urgency;
}

/** All requests that the filter finds: those of urgent cases first, and of equally urgent ones those that have waited longest. */
export async function requestsByUrgency(ports: Ports, filter: Filter): Promise<readonly Loaded<'request'>[]> {
  const found = await Array.fromAsync(every(ports.store, 'request', filter, 'longest'), async (loaded) => ({
    loaded,
    rank: mostUrgent.indexOf((await pressing(ports, loaded.state)) ?? 'routine'),
  }));
  return found.toSorted((one, other) => one.rank - other.rank).map(({ loaded }) => loaded);
}

/** That a request presses, in words; nothing where it does not. */
export async function urgencyWords(ports: Ports, say: Say, state: MeetingRequest): Promise<readonly string[]> {
  const urgency = await pressing(ports, state);
  return urgency ? [say(`cases:urgency.${urgency}`)] : [];
}
