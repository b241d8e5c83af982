import type { Actor } from '../../domain/people.ts';
import { holds } from '../../domain/people.ts';
import { type Parsed, parseCommand } from '../commands.ts';
import { kindOf } from '../conversations/desk/desk.ts';
import { circlesOf, isClinician, meantBy, offerTopics, pressFor } from '../conversations/help/answers.ts';
import { keepLanguageCard, unknownCard } from '../conversations/help/help.ts';
import { identifyingCard } from '../conversations/identifying.ts';
import { askMeeting } from '../conversations/meetings/meetings.ts';
import { planSaid } from '../conversations/meetings/scheduling.ts';
import { supportFor } from '../conversations/support/support.ts';
import { commands, presses } from '../handlers.ts';
import type { Answer } from '../interaction.ts';
import { type Likeness, likeTopics, maybe, sure } from '../questions/questions.ts';
import { card, Ended, refusalCard, type Turn } from '../turn.ts';
import { hearLanguage } from '../who.ts';
import { spoken, wordsOf } from '../words.ts';
import { intentOf } from './intents.ts';
import { shortSaying } from './short-sayings.ts';

/** A press by its name; what no conversation knows (a button of an older version) is said to be unknown. */
export async function pressed(turn: Turn, action: string, ref: string): Promise<Answer> {
  const press = presses.get(action);
  if (press) return press(turn, ref);
  if (action === 'help.command') {
    const [name = '', about = ''] = ref.split(' ');
    const handler = commands.get(name);
    if (handler) return handler(turn, about);
  }
  return card(unknownCard(turn, ''));
}

/** Typed words: a command (a platform's own, or as text), a code, or a sentence whose wish is guessed, unless it is said in `quiet`, to others. What seems to hold a patient's identity goes no further (rule 9). */
export async function typed(turn: Turn, text: string, how: 'command' | 'text' | 'quiet'): Promise<Answer> {
  const quiet = how === 'quiet';
  await hearLanguage(turn.ports, turn.who.identity, undefined);
  const parsed = parseCommand(text);
  // Free text of commands is guarded by their own forms and fields; everything else here.
  const warning = identifyingCard(
    turn,
    parsed && ['verify', 'code', 'member'].includes(parsed.command.name) ? '' : text,
  );
  if (warning) return card(warning);
  if (parsed && sensible(parsed, turn.actor, how === 'command')) {
    const handler = commands.get(parsed.command.name);
    if (handler) return handler(turn, parsed.rest);
  }
  if (/^\d{4}[ -]?\d{4}$/.test(text.trim())) return (await commands.get('code')?.(turn, text)) ?? {};
  const named = await thingNamed(turn, text.trim().toUpperCase());
  if (named) return named;
  // Among the helpdesk's people what is said to each other is no question to the bot.
  const short = shortSaying(text, turn.language);
  const topics = quiet ? [] : short ? [short] : likeTopics(text, turn.language, circlesOf(turn.actor));
  const heard = topics[0] && topics[0].likeness >= maybe ? topics[0].language : 'en';
  if (heard === 'en' || heard === turn.say.language) return meant(turn, text, parsed, topics, quiet);
  // Who writes in another language than that of their profile is answered in it, and asked whether it shall stay.
  const spoke: Turn = { ...turn, language: heard, say: wordsOf(heard) };
  await hearLanguage(turn.ports, turn.who.identity, heard);
  const answer = await meant(spoke, text, parsed, topics, quiet).catch((ended: unknown) => {
    if (ended instanceof Ended && 'refusal' in ended.end) return card(refusalCard(spoke, ended.end.refusal));
    throw ended;
  });
  if (!answer.cards) return answer;
  return { ...answer, cards: [...answer.cards.map((one) => spoken(one, heard)), keepLanguageCard(heard)] };
}

/** What a sentence means that is no command by itself, by its words and by its likeness to `topics`. */
async function meant(
  turn: Turn,
  text: string,
  parsed: Parsed | undefined,
  topics: readonly Likeness[],
  quiet: boolean,
): Promise<Answer> {
  const intent = intentOf(text, await turn.directory(), turn.zone, turn.now, turn.language);
  if (intent.intent === 'support' && intent.sure) return card(await supportFor(turn, intent.topic, true));
  const [likest] = topics;
  const about = (topic: string) => {
    const { action, ref } = pressFor(meantBy(turn.actor, topic));
    return pressed(turn, action, ref ?? '');
  };
  const isMeeting = likest && ['ask-meeting', 'schedule'].includes(likest.topic) && intent.intent === 'meeting';
  if (likest && likest.likeness >= sure && !isMeeting) return about(likest.topic);
  const { actor } = turn;
  const offer = offerTopics(turn, topics);
  // What the words of a clinician's sentence ask for is not what somebody else means by them.
  const other = !isClinician(actor) && circlesOf(actor).length > 0 ? offer : undefined;
  if (intent.intent === 'command' && !other)
    return (await commands.get(meantBy(actor, intent.command))?.(turn, '')) ?? {};
  if (intent.intent === 'support' && !other) return card(await supportFor(turn, intent.topic, intent.sure));
  if (intent.intent === 'meeting')
    return meantBy(actor, 'ask-meeting') === 'ask-meeting' ? askMeeting(turn, intent) : planSaid(turn, intent);
  // A word of the helpdesk's in somebody else's mouth only began a sentence.
  if (parsed && (!parsed.command.desk || (holds(actor, 'helpdesk') && !offer)))
    return (await commands.get(parsed.command.name)?.(turn, parsed.rest)) ?? {};
  return quiet ? {} : card(offer ?? unknownCard(turn, text));
}

/** What is shown where nothing but an id is typed, by its first letter; the helpdesk's own command shows the rest. */
const shownBy: Readonly<Record<string, string>> = {
  C: 'case',
  D: 'attach',
  M: 'meeting',
  Q: 'meeting',
  V: 'meeting',
  T: 'support',
};

async function thingNamed(turn: Turn, id: string): Promise<Answer | undefined> {
  if (!/^[A-Z]-[0-9A-Z]{8}$/.test(id)) return undefined;
  if (kindOf(id) && holds(turn.actor, 'helpdesk')) return commands.get('show')?.(turn, id);
  if (id.startsWith('R-')) return presses.get('register.show')?.(turn, id);
  return commands.get(shownBy[id[0] ?? ''] ?? '')?.(turn, id);
}

/** Whether the words after a command's name look like that command's, and not like a sentence that happens to begin with it ('where is …', 'close to …', 'who comes?'). */
function sensible({ command: { name, desk: ofDesk }, word, rest }: Parsed, actor: Actor, isCommand: boolean): boolean {
  const words = rest.split(/\s+/).length;
  const about = /^[A-Z]-[0-9A-Z]{4,}\b/i.test(rest);
  // Who is not of the helpdesk means its words as anybody does, but for a command that says nothing else.
  if (ofDesk && !holds(actor, 'helpdesk')) return about || (isCommand && (rest === '' || rest.includes('@')));
  if (rest === '') return true;
  // A name is a word or two, and where it is more, or stands behind 'who', it has its capitals: 'who comes?' asks.
  if (name === 'member')
    return isCommand || about || rest.includes('@') || words <= (/^\p{Lu}/u.test(rest) ? 4 : word === 'who' ? 0 : 2);
  if (['verify', 'code', 'reply', 'note'].includes(name)) return true;
  if (name === 'language') return words <= 2;
  return about || words === 1;
}
