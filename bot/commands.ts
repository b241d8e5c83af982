import type { Actor, Role } from '../domain/people.ts';
import { commandsByWord, folded, restInEnglish, translatedWords } from './typed/command-words.ts';

/**
 * Everything that can be typed: the one table. Parsing, help, the Slack manifest, the Teams command lists and the README's
 * table come from it; what each is called in the other languages is in `typed/command-words.ts`. The help of each is in the locale files ('commands:<name>.help', 'commands:<name>.usage').
 */
export interface CommandSpec {
  readonly name: string;
  /** Other words for the same, besides the name itself. */
  readonly words: readonly string[];
  /** Whether it is the helpdesk's (`/cpms-desk`). */
  readonly desk: boolean;
  /** Whom help shows it to; what they may is decided at the act. 'everyone' includes strangers. */
  readonly who: 'everyone' | readonly Role[];
  /** 'anywhere' is answered in private all the same. */
  readonly where: 'anywhere' | 'private';
  /** Left out of a platform's own list of commands, which is short. */
  readonly unlisted?: true;
}

const everyone = (
  name: string,
  words: readonly string[] = [],
  where: CommandSpec['where'] = 'anywhere',
): CommandSpec => ({ name, words, desk: false, who: 'everyone', where });
const clinicians: readonly Role[] = ['member', 'assistant'];
const member = (name: string, words: readonly string[] = []): CommandSpec => ({
  name,
  words,
  desk: false,
  who: clinicians,
  where: 'anywhere',
});
const desk = (name: string, words: readonly string[] = []): CommandSpec => ({
  name,
  words,
  desk: true,
  who: ['helpdesk'],
  where: 'anywhere',
});

export const commands: readonly CommandSpec[] = [
  everyone('help', ['hello', 'hi', 'start', '?']),
  everyone('status', ['where', 'progress']),
  everyone('page', ['tab', 'home', 'dashboard']),
  everyone('register', ['registration', 'join', 'sign-up']),
  everyone('verify', ['link']),
  { ...everyone('code', [], 'private'), unlisted: true },
  member('consent', ['consents']),
  member('case', ['cases']),
  member('attach', ['file', 'files', 'document', 'upload']),
  member('meeting', ['meetings', 'discuss']),
  everyone('support', ['ticket', 'tickets', 'problem', 'question']),
  everyone('privacy', ['gdpr', 'data']),
  everyone('language', ['lang']),
  desk('queue', ['inbox', 'work']),
  desk('show', ['open', 'view']),
  desk('assign', ['take']),
  desk('reply', ['answer']),
  desk('note', ['private']),
  desk('schedule', ['plan']),
  desk('poll', ['polls', 'vote']),
  desk('series', ['monthly']),
  desk('calendar', ['month', 'week']),
  desk('reschedule', ['move']),
  desk('cancel', []),
  desk('decline', ['refuse']),
  desk('close', ['resolve', 'done']),
  desk('member', ['person', 'who']),
];

export interface Parsed {
  readonly command: CommandSpec;
  /** The word it was called by, folded. */
  readonly word: string;
  readonly rest: string;
}

const meant = commandsByWord();

/** The command whose name or word, in any of our languages, the text begins with, and what follows it; undefined where none does. A leading '/', 'cpms' or 'cpms-desk' is passed over. */
export function parseCommand(text: string, among: readonly CommandSpec[] = commands): Parsed | undefined {
  const bare = text
    .trim()
    .replace(/^\/?(cpms-desk|cpms)\b\s*/i, '')
    .replace(/^\//, '');
  const [head = '', ...rest] = bare.split(/\s+/);
  // 'hello?', 'help!': a lone '?' is a word of its own.
  const word = folded(head.replace(/(?<=.)[?!.,:;…]+$/u, ''));
  const command =
    among.find((spec) => spec.name === word || spec.words.includes(word)) ??
    among.find((spec) => spec.name === meant.get(word));
  return command ? { command, word, rest: restInEnglish(rest.join(' ')) } : undefined;
}

/** Whom help shows a command to. */
export function offeredTo(command: CommandSpec, actor: Actor): boolean {
  return command.who === 'everyone' || command.who.some((role) => actor.grants.some((grant) => grant.role === role));
}

/** The nearest command names to a mistyped word, in English and the person's language: at most two edits away, at most three, the nearest first. */
export function didYouMean(word: string, among: readonly CommandSpec[], language = 'en'): readonly string[] {
  const typed = folded(word);
  return among
    .flatMap((command) =>
      [command.name, ...command.words, ...translatedWords(command.name, language).map(folded)].map((candidate) => ({
        name: command.name,
        distance: edits(typed, candidate),
      })),
    )
    .filter(({ distance }) => distance <= Math.min(2, Math.floor(typed.length / 2)))
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ name }) => name)
    .filter((name, index, names) => names.indexOf(name) === index)
    .slice(0, 3);
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours, one each. */
function edits(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array.from(b, () => 0)]);
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let j = 0; j <= b.length; j += 1) (rows[0] as number[])[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? at(i - 2, j - 2) + 1
          : Number.POSITIVE_INFINITY;
      (rows[i] as number[])[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        swap,
      );
    }
  }
  return at(a.length, b.length);
}
