import type { Identity } from '../../domain/people.ts';
import type { Ports } from '../context.ts';
import { markerOf } from '../typed/command-words.ts';

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
 * What a message in a ticket's room is: one that begins with '>>' or with the word for a reply in one of our languages and a colon ('reply:', 'antworten:') goes to the person who
 * asked; with the word for asking ('ask:', 'demander :') it does too and waits for their answer; every other one is the helpdesk's own note.
 */
export function readMarked(text: string): {
  readonly kind: 'reply' | 'note';
  readonly wait: boolean;
  readonly text: string;
} {
  const [, word, rest = ''] = /^\s*(>>|\p{L}+\s*:)\s*([\s\S]*)$/u.exec(text) ?? [];
  const marker = word === '>>' ? 'reply' : word && markerOf(word.replace(/\s*:$/, ''));
  if (!marker) return { kind: 'note', wait: false, text: text.trim() };
  return { kind: 'reply', wait: marker === 'ask', text: rest.trim() };
}
