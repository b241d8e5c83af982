const zeroWidth = '\u200B';

/**
 * A text for where Teams reads no markup but a client might still see some (labels, options, button titles): link, mention and
 * date-function marks are broken by a character of no width, and nothing else changes.
 */
export function neutral(text: string): string {
  return text
    .replaceAll('](', `]${zeroWidth}(`)
    .replaceAll('{{', `{${zeroWidth}{`)
    .replaceAll(/<(?=\/?[a-z!])/gi, `<${zeroWidth}`);
}

/**
 * A plain text for a TextBlock or a Fact, which read a subset of Markdown (Adaptive Cards, 'Text features'): what would be markup
 * shows as typed, a line break stays one. Links and mentions are broken twice over, since not every client honours the backslash.
 */
export function markdown(text: string): string {
  return neutral(text)
    .replaceAll('\r\n', '\n')
    .replaceAll(/[\\`*_[\]~]/g, String.raw`\$&`)
    .split(/\n+/)
    .map((line) => line.replace(/^(\s*)([#>+-]|\d+(?=[.)]))/, escapedStart))
    .join('\n\n');
}

/** A text of at most so many characters; one that was longer ends in an ellipsis. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

function escapedStart(_: string, space: string, mark: string): string {
  return /\d/.test(mark) ? `${space}${mark}${zeroWidth}` : `${space}\\${mark}`;
}

/** What a reader sees of a text that `markdown` or `neutral` made: for tests and plain copies. */
export function asRead(text: string): string {
  return text
    .replaceAll(zeroWidth, '')
    .replaceAll(/\\([\\`*_[\]~#>+-])/g, '$1')
    .replaceAll('\n\n', '\n');
}
