import type { Place, What, Who } from '../../bot/interaction.ts';
import { type Inbound, isPersonal, mentionOf, type Pressed, submitted, withoutThread } from './activity.ts';
import { readValues } from './values.ts';

/** The verb under which a form comes back; every other verb is a pressed button's action. */
export const submitVerb = 'form.submit';

/** Who acted: the tenant's id and the person's object id in Entra; a name and a language for courtesy only. Needs a checked activity. */
export function whoOf(activity: Inbound, tenant: string, user: string): Who {
  return {
    identity: { platform: 'teams', tenant, user },
    ...(activity.from.name ? { name: activity.from.name } : {}),
    ...(activity.locale ? { language: activity.locale } : {}),
    ...(activity.localTimezone && isZone(activity.localTimezone) ? { zone: activity.localTimezone } : {}),
  };
}

/** Where it happened: only the one-to-one chat is private; the desk is the configured conversation and its threads. */
export function placeOf(activity: Inbound, desk: string | undefined): Place {
  if (isPersonal(activity)) return { kind: 'private' };
  return desk !== undefined && withoutThread(activity.conversation.id) === desk
    ? { kind: 'shared', desk: true }
    : { kind: 'shared' };
}

/** What a message says, in the order in which it is answered: a file and the words beside it are two things. Empty for a message that says nothing and names nobody. */
export function saidIn(activity: Inbound): readonly What[] {
  const pressed = submitted(activity.value);
  if (pressed) return [whatOf(pressed)];
  const text = cleaned(activity.text ?? '');
  const whats: What[] = [];
  if (activity.attachments?.some(({ contentType }) => isFile(contentType ?? ''))) whats.push({ kind: 'file' });
  if (text) whats.push(typed(text));
  // Who says no more than its name asks what it is.
  if (whats.length === 0 && isNamed(activity)) whats.push({ kind: 'hello' });
  return whats;
}

/** Whether the message mentions the bot, which is the one that it was sent to. */
function isNamed({ entities, recipient }: Inbound): boolean {
  return entities.some((entity) => mentionOf(entity) === recipient.id);
}

/** What a press in a card means. Its data is untrusted: the bot authorises it anew. */
export function whatOf({ verb, data }: Pressed): What {
  const ref = typeof data['ref'] === 'string' && data['ref'].length <= 500 ? { ref: data['ref'] } : {};
  if (verb === submitVerb && typeof data['form'] === 'string')
    return { kind: 'submit', form: data['form'].slice(0, 200), ...ref, values: readValues(data) };
  return { kind: 'press', action: verb, ...ref };
}

/**
 * A text that begins with '/', or with the lower-case word 'cpms' or 'cpms-desk', is a command; everything else is a text, in which
 * the bot looks for commands and intents itself ('CPMS shows error 500' is a sentence).
 */
function typed(text: string): What {
  const named = /^\/?(cpms-desk|cpms)(?:\s+|$)(.*)$/s.exec(text);
  if (named) return { kind: 'command', text: (named[2] as string).trim(), desk: named[1] === 'cpms-desk' };
  if (text.startsWith('/')) return { kind: 'command', text: text.slice(1).trim(), desk: false };
  return { kind: 'text', text };
}

/** The words of a message's HTML, one line for each paragraph; mentions keep their name. For a form in which its author reads it before it goes anywhere. */
export function wordsOfHtml(html: string): string {
  return cleaned(
    html
      .replaceAll(/<(br|\/p|\/div|\/li)\b[^>]*>/gi, '\n')
      .replaceAll(/<(?!\/?at\b)[^>]*>/gi, '')
      .replaceAll(/\n{3,}/g, '\n\n'),
  );
}

const entities: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

/** Teams wraps mentions in `<at>` and escapes some characters even in plain text; the mention of the bot itself is gone before. */
function cleaned(text: string): string {
  return text
    .replaceAll(/<at[^>]*>(.*?)<\/at>/gs, '$1')
    .replaceAll(/&(nbsp|lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? '')
    .replaceAll('\u00A0', ' ')
    .trim();
}

/** Files, and pictures that were pasted in. The copy of the message in HTML and cards are none. */
function isFile(contentType: string): boolean {
  return (
    contentType === 'application/vnd.microsoft.teams.file.download.info' || /^(image|video|audio)\//.test(contentType)
  );
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
