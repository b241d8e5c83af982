import { foldUmlauts } from './fold.ts';
import { tables } from './tables.ts';
import type { Token } from './tokens.ts';

/** Fewer words than this say little of how a text is written. */
const enough = 8;
/** Titles and salutations as they stand in messages: the word behind one is a name. */
const TITLE =
  /^(?:herr|herrn|frau|hr|fr|dr|doktor|prof|oberarzt|schwester|pfleger|mr|mrs|ms|miss|mme|mlle|madame|monsieur|docteur|sig|signor|signora|dott|dottor|dottoressa|don|dona|sra|srta|doctora|mw|mevr|mevrouw|dhr|meneer|dokter|dra|pani|pan|fru|rouva|kirios|kiria|pan[ií]|gospod|gospa|gospodin|gospodja|domnul|doamna|senhor|senhora)$/;
const NEAR = /^[ .]{1,2}$/;

/** Whether a text has next to no capitals, as hasty messages and raw dictation do not. */
export function isSmall(tokens: readonly Token[]): boolean {
  if (tokens.length < enough) return false;
  const capitals = tokens.filter(({ shape, folded }) => shape !== 'lower' && folded.length > 2).length;
  return capitals * 25 < tokens.length;
}

/**
 * The tokens of a text without capitals, with those given back that names, towns and streets would have: what is on a list and no everyday word, what stands behind a title, and what stands
 * between a word for a street and a house number.
 */
export function withCapitals(text: string, tokens: readonly Token[]): Token[] {
  const all = tables();
  const isWord = (folded: string) => all.ordinary.has(folded) || all.ambiguous.has(folded) || all.numbers.has(folded);
  const isName = (folded: string) =>
    all.firstNames.has(folded) ||
    all.lastNames.has(folded) ||
    (folded.includes('e') && (all.firstNames.has(foldUmlauts(folded)) || all.lastNames.has(foldUmlauts(folded))));
  const raised = new Set<number>();
  tokens.forEach(({ folded, shape, end }, at) => {
    if (shape !== 'lower') return;
    const next = tokens[at + 1];
    const before = tokens[at - 1];
    if (folded.length > 3 && !isWord(folded) && isName(folded)) raised.add(at);
    // The word beside a listed first name or surname is the rest of the name, where a list has it at all.
    if (
      before &&
      raised.has(at - 1) &&
      text.slice(before.end, end - folded.length) === ' ' &&
      isName(folded) &&
      folded.length > 2 &&
      !all.roles.has(folded)
    )
      raised.add(at);
    const town = folded.length > 4 && !all.ordinary.has(folded) ? all.towns.longest(text, tokens, at) : undefined;
    if (town && (!all.ambiguous.has(folded) || town.next - at > 1))
      for (let word = at; word < town.next; word++)
        if (!all.particles.has(tokens[word]?.folded ?? '')) raised.add(word);
    // 'suo cugino remo', 'la nipote sara': a first name that is a word as well.
    if (
      next &&
      text.slice(end, next.start) === ' ' &&
      next.folded.length > 2 &&
      all.firstNames.has(next.folded) &&
      !all.roles.has(next.folded) &&
      [...all.kin.values()].some((words) => words.has(folded))
    )
      raised.add(at + 1);
    if (TITLE.test(folded) && next && NEAR.test(text.slice(end, next.start)) && !all.roles.has(next.folded)) {
      const particle = all.particles.has(next.folded) ? at + 2 : at + 1;
      const name = tokens[particle];
      if (name && name.folded.length > 2 && !all.roles.has(name.folded) && !TITLE.test(name.folded))
        raised.add(particle);
    }
    if (all.streetsBefore.has(folded) && folded.length > 2)
      for (let word = at + 1; word < Math.min(tokens.length, at + 5); word++) {
        if (!/^ \d{1,4}(?!\d)/.test(text.slice(tokens[word]?.end ?? 0, (tokens[word]?.end ?? 0) + 6))) continue;
        for (let part = at + 1; part <= word; part++)
          if (!all.particles.has(tokens[part]?.folded ?? '')) raised.add(part);
        break;
      }
    if (
      folded.length > 5 &&
      /(?:str|strasse|straat|weg|laan|gasse|platz|allee|plein|gracht|vej|gatan|utca|katu)$/.test(folded) &&
      /^\.? \d{1,3}(?!\d)/.test(text.slice(end, end + 6))
    )
      raised.add(at);
  });
  return tokens.map((token, at) => (raised.has(at) ? { ...token, shape: 'capitalised' as const } : token));
}
