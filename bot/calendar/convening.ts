import { convenedDays, type Series, skipped, slotAt } from '../../domain/meetings/series.ts';
import { datesOf } from '../../domain/meetings/series-rule.ts';
import { type Actor, system } from '../../domain/people.ts';
import type { Ports } from '../context.ts';
import { guestsOf } from '../conversations/meetings/guests.ts';
import { execute } from '../execute.ts';

const day = 86_400_000;

/**
 * Invites those on the group's roster to every series that runs, patient representatives too: they attend their group's meetings. Makes
 * meetings of its dates that are near: `convenedDays` ahead. A group without anybody is left until somebody is on its roster.
 * Safe to run at any time and twice; gives how many meetings came of it.
 */
export async function conveneSeries(ports: Ports): Promise<number> {
  let convened = 0;
  for (const { id, state: before } of await ports.store.find('series', { status: ['running'] }, { limit: 500 })) {
    await inviteRoster(ports, id, before);
    const { state } = await ports.store.load('series', id);
    for (const date of nearDates(state, ports.clock.now()))
      if (await convene(ports, system, id, state, date)) convened += 1;
  }
  return convened;
}

/** Who came to the group gets the whole series, who left it a cancellation; nothing happens where the roster is as it was. */
async function inviteRoster(ports: Ports, id: string, { group, standing }: Series): Promise<void> {
  const people = await guestsOf(ports, { experts: [], requester: '', group });
  const before = Object.keys(standing?.people ?? {});
  if (people.length === before.length && people.every((person) => before.includes(person))) return;
  await execute(ports, system, [{ kind: 'series', id, command: { type: 'series.roster', people } }]);
}

/** The dates of a series that are to be convened at an instant, soonest first. */
function nearDates(state: Series, now: string): readonly string[] {
  const until = new Date(Date.parse(now) + convenedDays * day).toISOString();
  // A date that was moved may lie before the day that it has by the rule, or behind it.
  const [from, to] = [-31, convenedDays + 31].map((days) =>
    new Date(Date.parse(now) + days * day).toISOString().slice(0, 10),
  );
  return datesOf(state.rule, from ?? '', to ?? '').filter((date) => {
    if (Object.hasOwn(state.convened, date) || skipped(state, date)) return false;
    const { instant } = slotAt(state, date);
    return instant > now && instant <= until;
  });
}

/** Makes a meeting of one date; says whether it did. */
export async function convene(ports: Ports, actor: Actor, id: string, state: Series, date: string): Promise<boolean> {
  const invitees = await guestsOf(ports, { experts: [], requester: '', group: state.group });
  if (invitees.length === 0) return false;
  const meetingId = ports.ids.next('M');
  const join = state.join && (await ports.store.text(state.join));
  const text = join
    ? ({ row: 'text', id: ports.ids.next('X'), owner: `meeting/${meetingId}`, value: join } as const)
    : undefined;
  const command = { type: 'series.convene', date, meetingId, invitees, ...(text ? { join: text.id } : {}) } as const;
  const done = await execute(ports, actor, [{ kind: 'series', id, command }], text ? { rows: [text] } : {});
  return 'events' in done;
}
