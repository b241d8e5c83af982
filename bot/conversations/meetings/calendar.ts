import { refuse } from '../../../domain/decider.ts';
import { feedAddress, fileAddress, renewFeed } from '../../calendar/feed.ts';
import { end, type Turn } from '../../turn.ts';
import type { Card } from '../../view.ts';

/** The secret address of the actor's own calendar feed, and where a meeting is named its file. Told in a private place alone. */
export async function calendarCard(turn: Turn, meetingId = '', renewed = false): Promise<Card> {
  const { say, ports, actor, where } = turn;
  if (!actor.verified || actor.id === '') end(refuse('access.unverified', { command: 'meeting.calendar' }));
  if (where.kind !== 'private')
    return { title: say('meetings:calendar.title'), body: [{ kind: 'text', text: say('meetings:calendar.private') }] };
  const url = await (renewed ? renewFeed : feedAddress)(ports, actor.id);
  return {
    title: say('meetings:calendar.title'),
    body: [
      { kind: 'text', text: say('meetings:calendar.text', { url }) },
      { kind: 'note', text: say('meetings:calendar.secret') },
    ],
    buttons: [
      ...(meetingId
        ? [{ label: say('meetings:calendar.file', { id: meetingId }), url: fileAddress(url, meetingId) }]
        : []),
      {
        label: say('meetings:calendar.renew'),
        action: 'meeting.calendar-renew',
        ref: meetingId,
        confirm: say('meetings:calendar.renew-confirm'),
      },
    ],
  };
}
