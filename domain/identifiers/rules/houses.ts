import type { Span } from '../spans.ts';
import { type Reading, span } from './reading.ts';
import type { Token } from './tokens.ts';

/** Hospitals, insurers and offices that are known by a name of their own ('Charité', 'LUMC', 'Vall d’Hebron'), in a text of their language. */
export function houses({ text, tokens, tables, languages, small }: Reading): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const found = tables.houses.longest(text, tokens, at);
    const [first, last] = [tokens[at], found && tokens[found.next - 1]];
    if (!found || !first || !last) continue;
    if (first.shape === 'lower' && !(small && found.next - at > 1)) continue;
    const one = found.next - at === 1;
    const fits = found.values.some(
      ({ language, capitals }) =>
        languages.has(language) && (!one || languages.size < 6) && (!capitals || first.shape === 'capitals'),
    );
    if (one && isDoubtful(tables, first) && !isTold(text, first.start)) continue;
    if (!fits || /^-\p{Ll}/u.test(text.slice(last.end, last.end + 2))) continue;
    const town = gapIsSpace(text, last.end) ? tables.towns.longest(text, tokens, found.next) : undefined;
    const country = COUNTRY.exec(text.slice(last.end, last.end + 40))?.[0].length ?? 0;
    const end =
      town && tokens[found.next]?.shape !== 'lower' ? (tokens[town.next - 1]?.end ?? last.end) : last.end + country;
    spans.push(span(first.start, end, 'institution', 'possible', 'house'));
    at = found.next - 1;
  }
  return spans;
}

/** What a house is called after may be somebody's name or a town as well. */
const isDoubtful = ({ lastNames, firstNames, eponyms }: Reading['tables'], { folded, shape }: Token): boolean =>
  shape === 'capitalised' && (lastNames.has(folded) || firstNames.has(folded) || eponyms.has(folded));

/** 'al Sacco', 'à Tenon', 'naar Radboud', 'en Jerez': behind a preposition or an article. */
const isTold = (text: string, start: number): boolean =>
  /(?<!\p{Alpha})(?:à|au|de|du|chez|vers|al|del|dal|nel|il|presso|in|het|van|uit|naar|en|el|from|at|the|im|am|aus|vom|ins|nach) (?:la |le |het |el )?$/iu.test(
    text.slice(Math.max(0, start - 14), start),
  );

/** The part of the country that a branch is called after. */
const COUNTRY =
  /^ (?:Bund|Bayern|Hessen|Sachsen(?:-Anhalt)?|Thüringen|Brandenburg|Mecklenburg-Vorpommern|Niedersachsen|Saarland|Schleswig-Holstein|Baden-Württemberg|Nordrhein(?:-Westfalen)?|Rheinland(?:-Pfalz)?(?:\/Hamburg)?|Westfalen(?:-Lippe)?|Pfalz|Franken|Schwaben|Oberbayern|Niederbayern|Nordost|Nordwest|Südwest|Südost|Nord|Süd|Ost|West|Mitte|Mitteldeutschland|Plus|Tirol|Kärnten|Steiermark|Vorarlberg|Burgenland|Niederösterreich|Oberösterreich)(?!\p{Alpha})/u;

const gapIsSpace = (text: string, at: number): boolean => text[at] === ' ' && text[at + 1] !== ' ';
