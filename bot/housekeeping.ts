import { careActive } from '../domain/consent.ts';
import { system } from '../domain/people.ts';
import { reopenDays } from '../domain/tickets.ts';
import { conveneSeries } from './calendar/convening.ts';
import type { Ports } from './context.ts';
import { every } from './every.ts';
import { execute, type Step, stopStragglers } from './execute.ts';
import { deskCardRow } from './outbox/notices.ts';
import { heldId } from './upload/held.ts';

/**
 * What the clock alone causes: resolved tickets and polls at their deadline close, near dates of series become meetings, files that were left under review and scrubbed files whose bytes are gone are written off, a child's consent
 * is asked for again in the quarter of majority and ends with it. Safe to run at any time and twice; gives how many acts it did.
 */
export async function keepHouse(ports: Ports): Promise<number> {
  let acts = 0;
  const act = async (step: Step) => {
    const done = await execute(ports, system, [step]);
    if ('events' in done) acts += done.events.length > 0 ? 1 : 0;
  };
  const now = ports.clock.now();
  const old = new Date(Date.parse(now) - reopenDays * 86_400_000).toISOString();
  for (const { id, state } of await ports.store.find('ticket', { status: ['resolved'] }, { limit: 1000 })) {
    if (state.since < old) await act({ kind: 'ticket', id, command: { type: 'ticket.close' } });
  }
  for (const { id } of await ports.store.find(
    'document',
    { status: ['received', 'scrubbed', 'attested', 'released'] },
    { limit: 1000 },
  )) {
    const { state } = await ports.store.load('document', id);
    if (state.stage === 'received') {
      // Nobody works on it any more: its time was up, or the process that held it has ended.
      if ((await ports.spool.length(heldId('original', id))) === undefined)
        await act({ kind: 'document', id, command: { type: 'document.refuse', reason: 'left' } });
      continue;
    }
    const hour = new Date(Date.parse(now) - 3_600_000).toISOString();
    if (state.since < hour && (await ports.vault.length(id)) === undefined)
      await act({ kind: 'document', id, command: { type: 'document.purge' } });
  }
  // What is due was to be answered until now.
  for (const { id } of await ports.store.find('poll', { status: ['open'], to: now }, { limit: 1000 }))
    await act({ kind: 'poll', id, command: { type: 'poll.close' } });
  acts += await conveneSeries(ports);
  for (const { id, state } of await ports.store.find('case', { status: ['on-hold'] }, { limit: 1000 })) {
    await stopStragglers(ports, 'consent', id, {
      type: 'consent-withdrawn',
      at: state.since,
      by: 'system',
      purpose: 'care',
    });
  }
  acts += await consentsOfAge(ports, now, act);
  await ageCards(ports, now);
  return acts;
}

const waiting = ['new', 'triaged', 'in-progress', 'waiting', 'referred'];

/** Once a day the cards of open tickets are shown anew in the helpdesk's channel, for they say how long each has waited. */
async function ageCards(ports: Ports, now: string): Promise<void> {
  const expiresAt = new Date(Date.parse(now) + 2 * 86_400_000).toISOString();
  if (!(await ports.kept.claim(`aged:${now.slice(0, 10)}`, now, expiresAt))) return;
  const tickets = await Array.fromAsync(every(ports.store, 'ticket', { status: waiting }));
  await ports.outbox.add(tickets.map(({ id }) => deskCardRow('ticket', id)));
}

async function consentsOfAge(ports: Ports, now: string, act: (step: Step) => Promise<void>): Promise<number> {
  const quarter = `${now.slice(0, 4)}-Q${Math.ceil(Number(now.slice(5, 7)) / 3)}`;
  let told = 0;
  for (const { id } of await ports.store.find('consent', { status: ['given'] }, { limit: 10_000 })) {
    const majority = (await ports.store.caseDetails(id))?.majority;
    if (majority === undefined || majority > quarter) continue;
    const { state } = await ports.store.load('consent', id);
    const care = state.records.findLast((record) => record.purpose === 'care' && record.status === 'given');
    // A consent that the patient has signed themselves, after coming of age, stands.
    if (!careActive(state) || care?.signedBy === 'patient') continue;
    if (majority < quarter) {
      await act({ kind: 'consent', id, command: { type: 'consent.expire', purpose: 'care' } });
      continue;
    }
    if (
      !(await ports.kept.claim(
        `consent-due:${id}:${majority}`,
        now,
        new Date(Date.parse(now) + 200 * 86_400_000).toISOString(),
      ))
    )
      continue;
    const { owner } = (await ports.store.load('case', id)).state;
    await ports.outbox.add([
      {
        kind: 'notice',
        lane: owner,
        payload: { notice: 'consent-due', kind: 'consent', id, version: '0', person: owner },
      },
    ]);
    told += 1;
  }
  return told;
}
