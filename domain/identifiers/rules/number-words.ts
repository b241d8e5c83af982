import { gap, type Reading } from './reading.ts';

/** Where the run of number words begins that ends with the token at `index`: the index of its first one, leaving out short and joining ones at its beginning. */
export function numberWordsBefore(reading: Reading, index: number): number {
  let from = index;
  while (
    from > 0 &&
    index - from < 4 &&
    /^(?: |-|\. )$/.test(gap(reading, from - 1)) &&
    isNumberWord(reading, from - 1)
  )
    from--;
  while (from < index && joins(reading, from)) from++;
  return from;
}

/** Where the run of number words ends that begins with the token at `index`: the index of its last one, leaving out short and joining ones at its end. */
export function numberWordsAfter(reading: Reading, index: number): number {
  let to = index;
  while (
    to + 1 < reading.tokens.length &&
    to - index < 10 &&
    /^(?: |-|, )$/.test(gap(reading, to)) &&
    isNumberWord(reading, to + 1)
  )
    to++;
  while (to > index && joins(reading, to)) to--;
  return to;
}

/** 'de', 'och': within a number in words alone. */
function joins({ tokens, tables }: Reading, index: number): boolean {
  const word = tokens[index]?.folded ?? '';
  return word.length < 3 || tables.joiners.has(word);
}

/** Whether the token at `index` is made of number words alone, joined or not: 'deux', 'einundzwanzigsten'. */
export function isNumberWord({ tokens, tables: { numbers, numberStarts } }: Reading, index: number): boolean {
  const word = tokens[index]?.folded ?? '';
  if (numbers.has(word)) return true;
  if (word.length < 6 || word.length > 48 || !numberStarts.has(word.slice(0, 2))) return false;
  const reached = new Uint8Array(word.length + 1);
  reached[0] = 1;
  for (let from = 0; from < word.length; from++) {
    if (!reached[from]) continue;
    for (let to = from + 2; to <= Math.min(word.length, from + 12); to++)
      if (numbers.has(word.slice(from, to))) reached[to] = 1;
  }
  return reached[word.length] === 1;
}
