/**
 * Text on its way to and from Slack. Slack reads `&`, `<` and `>` as control characters in every text that it parses
 * (docs.slack.dev, 'Formatting message text'): escaped, a name can neither mention a channel nor fake a link.
 */

/** Escapes the three control characters; for every text that Slack parses. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Cuts a label to `max` UTF-16 units, with an ellipsis where something is missing; never in the middle of a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, safeEnd(text, max - 1)).trimEnd()}…`;
}

/**
 * Splits a text into pieces of at most `max` UTF-16 units, at a line break where there is one in the second half, else at
 * a space, else anywhere between two characters. Nothing is lost but the white space at the seams; an empty text gives [].
 */
export function pieces(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > max) {
    const end = seam(rest, max);
    const part = rest.slice(0, end).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(end).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

/**
 * What a person typed, from Slack's form of it: links and addresses lose their brackets, mentions become plain words,
 * entities become characters again. A leading mention of the bot is taken off where `mention` says so.
 */
export function typed(text: string, mention = false): string {
  const said = mention ? text.replace(/^\s*<@[UW][A-Z0-9]+(?:\|[^>]*)?>[\s,:]*/, '') : text;
  return said
    .replace(/<mailto:([^>|]*)(?:\|([^>]*))?>/g, (_, address: string, label?: string) => label || address)
    .replace(/<#[A-Z0-9]+(?:\|([^>]*))?>/g, (_, name?: string) => `#${name ?? ''}`)
    .replace(/<@[UW][A-Z0-9]+(?:\|([^>]*))?>/g, (_, name?: string) => `@${name ?? ''}`)
    .replace(/<!(?:subteam\^)?([a-zA-Z0-9]+)(?:\^[^>|]*)?(?:\|([^>]*))?>/g, (_, word: string, label?: string) =>
      label ? label : `@${word}`,
    )
    .replace(/<((?:https?|tel):[^>|]*)(?:\|[^>]*)?>/g, (_, address: string) => address)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

function seam(text: string, max: number): number {
  const line = text.lastIndexOf('\n', max);
  if (line > max / 2) return line;
  const space = text.lastIndexOf(' ', max);
  return space > max / 2 ? space : safeEnd(text, max);
}

/** Steps back where a cut would fall between the two halves of one character. */
function safeEnd(text: string, end: number): number {
  const before = text.charCodeAt(end - 1);
  return before >= 0xd800 && before <= 0xdbff ? end - 1 : end;
}
