import type { Span } from '../spans.ts';
import { isFirstName, isLastName } from './name-run.ts';
import { type Reading, tokenAt } from './reading.ts';
import type { Token } from './tokens.ts';
import { isNothingButEnglish } from './vocabulary.ts';

/** Families of typefaces that nobody is called, and what makes up their other names. */
const FAMILIES =
  'arial|helvetica|calibri|cambria|verdana|tahoma|consolas|wingdings|webdings|zapf ?dingbats|courier|comic sans|times(?= new roman)|trebuchet(?= ms)|lucida(?= (?:console|sans|grande|bright))';
const STYLES =
  'new|roman|unicode|ms|mt|lt|std|pro|ui|neue|narrow|black|italic|oblique|bold|semibold|light|regular|medium|condensed|sans|serif|mono|console|grande|bright|math|symbol|\\d{1,2} ?pt';
const TYPEFACES = new RegExp(`(?<![a-z])(?:${FAMILIES})(?:[\\s,;/-]+(?:${FAMILIES}|${STYLES})(?![a-z]))*`, 'gi');
/** So far from a finding may the typeface's name begin and end that it is a part of. */
const BESIDE = 30;

/** The Latin that stands where no text is written yet. */
const FILLER: ReadonlySet<string> = new Set(
  `lorem ipsum dolor sit amet consectetur consectetuer adipiscing adipisci elit sed eiusmod tempor incididunt ut labore et dolore magna aliqua enim minim veniam quis nostrud exercitation ullamco laboris
  nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat non proident sunt culpa qui officia
  deserunt mollit anim id est laborum pellentesque habitant morbi tristique senectus netus malesuada fames ac turpis egestas vestibulum tortor quam feugiat vitae ultricies eget ante donec libero semper
  aenean mi placerat eleifend leo ultrices posuere mauris vivamus suspendisse curabitur praesent integer nullam maecenas phasellus proin cras nunc nam fusce etiam interdum aliquam lacus lectus luctus massa
  mattis metus neque nibh nisl odio orci ornare pede pharetra porta porttitor pretium primis pulvinar purus quisque rhoncus risus rutrum sagittis sapien scelerisque sem sociis sodales sollicitudin
  suscipit tellus tempus tincidunt torquent ullamcorper urna ut varius vehicula vel venenatis viverra volutpat vulputate accumsan arcu at auctor augue bibendum blandit class congue conubia convallis cubilia
  curae cursus dapibus diam dictum dictumst dignissim dis dui efficitur erat eros facilisi facilisis faucibus felis fermentum fringilla gravida hac hendrerit himenaeos iaculis imperdiet inceptos justo
  lacinia laoreet ligula litora lobortis magnis molestie mollis montes mus nascetur natoque nec nostra parturient penatibus per platea potenti ridiculus sociosqu taciti vestibulum porro quisquam dolorem quia`.split(
    /\s+/,
  ),
);
/** So many words to either side are looked at, and so many of them are filler where a passage is. */
const AROUND = 12;
const ENOUGH = 0.6;
const FEWEST = 6;

/** What a program writes for a character that it cannot tell, and how many of them a name cannot have around it. */
const UNTOLD = /\ufffd/g;
const NEAR = 20;
const UNTOLD_SHARE = 0.3;

/** '[Client. Company]', '<<Patient name>>', '{first name}': to be filled in. */
const OPEN = /[[{<«]$/;
const CLOSED = /^[^\]}>»\n]{0,60}[\]}>»]/;

/**
 * Whether a finding that nothing stronger than a shape, a list or the tagger made is of what only shows how a text looks, or where it is to be written: names of typefaces, filler Latin ('Lorem ipsum'), words in
 * brackets that are to be filled in, characters whose meaning got lost. Listed names among filler stay findings, and so does a name with one lost letter ('M\ufffdller').
 */
export function isSpecimen(reading: Reading, found: Span): boolean {
  if (found.certainty === 'certain' || found.kind === 'date' || found.kind === 'phone') return false;
  const { text, tokens } = reading;
  if (isTypeface(text, found)) return true;
  const around = text.slice(Math.max(0, found.start - NEAR), found.end + NEAR);
  const untold = around.match(UNTOLD)?.length ?? 0;
  if (untold > UNTOLD_SHARE * around.replace(/\s/g, '').length) return true;
  const from = tokenAt(tokens, found.start);
  const words = tokens.slice(from, tokenAt(tokens, found.end));
  if (words.length === 0) return false;
  return isToFillIn(reading, found, words) || isFiller(reading, from, words);
}

function isTypeface(text: string, { start, end }: Span): boolean {
  const from = Math.max(0, start - BESIDE);
  return Array.from(text.slice(from, end + BESIDE).matchAll(TYPEFACES)).some(
    ({ index, 0: name }) => from + index <= start && from + index + name.length >= end,
  );
}

function isToFillIn(reading: Reading, { start, end }: Span, words: readonly Token[]): boolean {
  const first = words[0] as Token;
  const { text } = reading;
  return (
    OPEN.test(text.slice(Math.max(0, start - 1), first.start)) &&
    CLOSED.test(text.slice(Math.min(end, words.at(-1)?.end ?? end))) &&
    words.every((word) => isNothingButEnglish(reading, word))
  );
}

function isFiller(reading: Reading, from: number, words: readonly Token[]): boolean {
  const { tokens } = reading;
  if (words.every(({ folded }) => folded === 'lorem' || folded === 'ipsum')) return true;
  const beside = [
    ...tokens.slice(Math.max(0, from - AROUND), from),
    ...tokens.slice(from + words.length, from + words.length + AROUND),
  ];
  const filler = beside.filter(({ folded }) => FILLER.has(folded)).length;
  if (filler < FEWEST || filler < ENOUGH * beside.length) return false;
  return words.every((word) => FILLER.has(word.folded) || !(isFirstName(reading, word) || isLastName(reading, word)));
}
