import type { Identity } from '../domain/people.ts';
import type { Ports } from './context.ts';

/** The key under which the thing is kept whose card a thread hangs on. */
export function roomKey(platform: Identity['platform'], room: string): string {
  return `room:${platform}:${room}`;
}

/** The id of the thing whose card the thread hangs on; undefined for any other thread. */
export async function thingOfRoom(
  ports: Pick<Ports, 'kept'>,
  platform: Identity['platform'],
  room: string,
): Promise<string | undefined> {
  return ports.kept.get(roomKey(platform, room));
}

/**
 * What a message in a ticket's room is: one that begins with '>>', 'reply:' or 'answer:' goes to the person who asked, 'ask:' does too and
 * waits for their answer; every other one is the helpdesk's own note.
 */
export function readMarked(text: string): {
  readonly kind: 'reply' | 'note';
  readonly wait: boolean;
  readonly text: string;
} {
  const [, marker, rest = ''] = /^\s*(?:(>>|reply\s*:|answer\s*:|ask\s*:))\s*([\s\S]*)$/i.exec(text) ?? [];
  if (marker === undefined) return { kind: 'note', wait: false, text: text.trim() };
  return { kind: 'reply', wait: /^ask/i.test(marker), text: rest.trim() };
}
