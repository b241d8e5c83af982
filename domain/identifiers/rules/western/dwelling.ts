import type { Span } from '../../spans.ts';
import { COUNTRY_LANGUAGES, countryNames } from '../countries.ts';
import { isWordOfMedicine } from '../medicine.ts';
import { townRun } from '../places.ts';
import { isOfWest, type Reading, span, tokenAt } from '../reading.ts';
import { mayBeName } from './told-names.ts';

/** 'vient de', 'vive da solo a', 'afkomstig uit': where somebody lives, comes from or goes to. */
const LIVES = new RegExp(
  `(?<!\\p{Alpha})(?:${[
    "(?:vien(?:t|nent)|venu(?:e|s)?|venant|revien(?:t|s)|revenue?|retour|rentrée?|arrivée?|originaires?|native?|réfugiée?|touriste|ressortissante?|partie?|natifs?) (?:de (?:la |l['’])?|d['’]|du |des |en |au |aux )",
    '(?:pourra )?(?:aller|parti[er]?|vacances|voyage|séjour|vécu|mutée?|déménagée?|retournée?|repartie?|transférée?|hospitalisée?|opérée?|exploitant|retraitée?|maire|installée?) (?:à |en |au |aux )',
    "(?:habit(?:e|ait|ent|ant)|vi(?:t|vent|vant)|vivait|rési(?:de|dant|dait)|demeurant|domiciliée?|résidente?|loge(?:ant)?|enterrée?|née?s?|décédée?s?)(?: (?:seule?|désormais|maintenant|actuellement|encore|toujours))? (?:à |en |au |aux |dans (?:le |la |l['’]|les ))",
    "(?:viene|vengo|venivano|veniva|provenient[ei]|originari[oae]|nativ[oa]|profug[oa]|rientrat[oa]|arrivat[oa]|tornat[oa]|giunt[oa]) (?:da |di |dal |dalla |dall['’]|dallo |dai |dalle |del |della |dell['’])",
    "(?:abit(?:a|o|ano|ava|iamo)|viv(?:e|o|ono|eva)|residente?|resident[ei]|risiede|domiciliat[oa]|nat[oa]|mort[oa]|decedut[oa]|trasferit[oai]|operat[oa]|ricoverat[oa]|emigrat[oa]|malgar[oa]|pensionat[oa])(?: (?:da sol[oa]|ancora|ormai|attualmente|sol[oa]))? (?:a |ad |in |nel |nella |nell['’])",
    '(?:woon(?:t|de|achtig)|wonen(?:de)?|verblij(?:ft|vend)|geboren|afkomstig|kom(?:t|en|ende)|gevlucht|overleden|opgenomen|opgegroeid|verhuisd|begraven|boer|winkelier|terug)(?: (?:alleen|samen|nog|zelfstandig))? (?:in |te |uit |naar |op )',
    '(?:viv(?:e|o|en|ía)|resid(?:e|o|en|ente)|domiciliad[oa]|empadronad[oa]|nacid[oa]|nació|fallecid[oa]|falleció|trasladad[oa]|emigrad[oa]|operad[oa]|ingresad[oa]|veraneó|veranea)(?: (?:sol[oa]|ahora|actualmente))? (?:en |a )',
    '(?:vecin[oa]s?|natural(?:es)?|procedentes?|originari[oa]s?|oriund[oa]s?|viene|vengo|llegad[oa]|llegó|refugiad[oa]|regres(?:a|ó)|vuelt[oa]) (?:de |del |desde )',
  ].join('|')})(?=[\\p{Uppercase}\\p{Ll}])`,
  'gu',
);
/** What stands behind such words in small letters and is no place. */
const NO_PLACE =
  /^(?:la|le|les|lo|il|un|une|una|uno|casa|domicilio|domicile|maison|famille|couple|ville|campagne|terme|pied|paris|thuis|huis|een|de|het|haar|zijn|hun|mijn|leven|bed|kamer|termine|sol[oa]|pensione|retraite|urgence|urgences|réanimation|zelfstandig|familie|gezin|campo|pueblo|ciudad|residencia|el|los|las|su|sus|alleen|samen|chez|son|sa|ses|con|avec|met|parto|travaglio|ospedale|reparto|clinica|ziekenhuis|verpleeghuis|hospital|planta|uci|brancard|fauteuil|ambulance|ambulanza|barella|sala|salle|stanza|chambre)$/;

/** Places of no list behind words for where somebody lives or comes from; in a text without capitals the one word behind them. All of them are possible, not certain. */
export function dwellings(reading: Reading): Span[] {
  const { text, tokens, small } = reading;
  if (!isOfWest(reading)) return [];
  return [...text.matchAll(LIVES)].flatMap((found) => {
    const start = found.index + found[0].length;
    const at = tokenAt(tokens, start);
    const token = tokens[at];
    if (!token || token.start !== start) return [];
    if (token.shape === 'lower') {
      const known = !small || token.folded.length < 4 || NO_PLACE.test(token.folded) || isCommon(reading, at);
      return known ? [] : [span(start, lowerEnd(reading, at), 'place', 'possible', 'place:dwelling')];
    }
    if (!mayBeName(reading, at) && !reading.tables.towns.longest(text, tokens, at)) return [];
    if (HOME.has(text.slice(start, token.end))) return [];
    const to = townRun(reading, at);
    const last = tokens[Math.max(at, to - 1)];
    if (!last || /^(?:\d|-\p{Ll}|®|™| ?\d)/u.test(text.slice(last.end, last.end + 2))) return [];
    return [span(start, last.end, 'place', 'possible', 'place:dwelling')];
  });
}

/** A word of the lists of everyday words, or of medicine. */
function isCommon({ tokens, tables }: Reading, at: number): boolean {
  const folded = tokens[at]?.folded ?? '';
  return (
    tables.ordinary.has(folded) ||
    tables.months.has(folded) ||
    tables.weekdays.has(folded) ||
    tables.numbers.has(folded) ||
    isWordOfMedicine(folded)
  );
}

/** 'monforte d'alba', 'bourg en bresse': the end of a place in small letters, with the word that an elision or a preposition joins to it. */
function lowerEnd({ text, tokens }: Reading, at: number): number {
  const end = tokens[at]?.end ?? 0;
  const joined =
    /^(?:-\p{Ll}+|[ -](?:d['’]|l['’]|sur[ -]|sous[ -]|en[ -]|di |del |aan |an )\p{Ll}{3,}|['’]\p{Ll}+)+/u.exec(
      text.slice(end, end + 40),
    );
  return end + (joined?.[0].length ?? 0);
}

/** 'Pointe-à-Pitre', 'Brousse-le-Château', 'Bourg-lès-Valence': French places by the small words within their hyphens. */
const HYPHENED =
  /(?<![\p{Alpha}-])(?:(?:Le|La|Les) |L['’])?\p{Uppercase}\p{Ll}+(?:-\p{Uppercase}\p{Ll}+)?-(?:(?:à|au|aux|le|la|les|l['’]|lès|lez|sur|sous|en|de|du|des|d['’]|la|près|devant|et)-?){1,2}(?:l['’])?\p{Uppercase}\p{Ll}+(?:-\p{Uppercase}?\p{Ll}+)*/gu;
/** 'Castel San Pietro', 'Val di Zoldo', 'Aci Trezza', 'Monforte d'Alba': Italian places by the word that they begin with, or by what stands between their parts. */
const ITALIAN =
  /(?<![\p{Alpha}-])(?:(?:Castel(?:lo|nuovo|vecchio|franco)?|Borgo|Monte|Valle?|Torre|Rocca|Pieve|Colle|Ponte|Porto|Aci|Isola|Marina|Passo|Cava|Forte|Acqui|Civita|Campo|Sesto|Vico|Serra|Bagno|Reggio|Ascoli|Massa) (?:San |Santa |Sant['’]|di |d['’]|del |della |dell['’]|dei |degli |delle |nell['’])?|\p{Uppercase}\p{Ll}{3,} (?:sul|sull['’]|in|nell['’]|al|d['’]) ?(?=\p{Uppercase}))\p{Uppercase}\p{Ll}{2,}(?: \p{Uppercase}\p{Ll}+)?(?! ?\d)/gu;

/** Places of French and Italian by how they are put together. */
export function builtTowns(reading: Reading): Span[] {
  const { text, languages, tokens, tables } = reading;
  const spans: Span[] = [];
  if (languages.has('fr') && languages.size < 5)
    for (const found of text.matchAll(HYPHENED))
      spans.push(span(found.index, found.index + found[0].length, 'place', 'possible', 'place:built'));
  if (languages.has('it') && languages.size < 4)
    for (const found of text.matchAll(ITALIAN)) {
      const first = tokens[tokenAt(tokens, found.index)];
      if (!first || tables.roles.has(first.folded)) continue;
      if (/^\p{Uppercase}\p{Ll}+ (?:in|al|d['’])/u.test(found[0]) && !/^\p{Uppercase}\p{Ll}+ d['’]/u.test(found[0]))
        continue;
      const words = tokens.slice(tokenAt(tokens, found.index), tokenAt(tokens, found.index + found[0].length));
      if (words.some(({ folded }) => isWordOfMedicine(folded) || tables.eponyms.has(folded))) continue;
      spans.push(span(found.index, found.index + found[0].length, 'place', 'possible', 'place:built'));
    }
  return spans;
}

/** Departments of France that are no word, behind a preposition, an article or a comma. */
const DEPARTMENT =
  /(?=\p{Uppercase})(?<=(?:(?<!\p{Alpha})(?:dans (?:le |la |les )?|en |du |de la |des |de |le |la |les )|['’]|, |\())(?:Aisne|Allier|Alpes-Maritimes|Ardèche|Ardennes|Ariège|Aube|Aude|Aveyron|Bas-Rhin|Bouches-du-Rhône|Calvados|Cantal|Charente(?:-Maritime)?|Corrèze|Corse|Côte-d['’]Or|Côtes-d['’]Armor|Creuse|Deux-Sèvres|Dordogne|Doubs|Drôme|Essonne|Eure(?:-et-Loir)?|Finistère|Haute-(?:Corse|Garonne|Loire|Marne|Saône|Savoie|Vienne)|Hautes-(?:Alpes|Pyrénées)|Hauts-de-Seine|Haut-Rhin|Hérault|Ille-et-Vilaine|Indre(?:-et-Loire)?|Isère|Jura|Landes|Loir-et-Cher|Loire(?:-Atlantique)?|Loiret|Lot-et-Garonne|Lozère|Maine-et-Loire|Mayenne|Meurthe-et-Moselle|Meuse|Morbihan|Moselle|Nièvre|Oise|Pas-de-Calais|Puy-de-Dôme|Pyrénées-(?:Atlantiques|Orientales)|Sarthe|Savoie|Seine-(?:et-Marne|Maritime|Saint-Denis)|Tarn(?:-et-Garonne)?|Val-d['’]Oise|Val-de-Marne|Vaucluse|Vendée|Vosges|Yonne|Yvelines|Guadeloupe|Martinique|Guyane|Mayotte|Picardie|Bretagne|Normandie|Alsace|Lorraine|Auvergne|Limousin|Poitou|Gascogne|Béarn|Périgord|Quercy|Berry|Bourgogne|Franche-Comté)(?![\p{Alpha}-])/gu;

/** What stands before a country that somebody comes from or goes to. */
const COUNTRY =
  /(?=\p{Uppercase})(?<=(?<!\p{Alpha})(?:(?:de|d['’]|du|des|en|au|aux|de la|de l['’]|da|dal|dalla|dall['’]|dallo|dai|dalle|in|nel|nella|nell['’]|negli|uit|naar|desde|a|hacia)) ?)\p{Uppercase}[\p{Alpha}'’-]+(?: \p{Uppercase}[\p{Alpha}'’-]+){0,2}/gu;

/** Countries behind a preposition of place, in a text of their language; those in which these languages are spoken, where most people live, are none. In French the departments too. */
export function countriesTold({ text, languages }: Reading): Span[] {
  if (languages.size > 4) return [];
  const departments = languages.has('fr')
    ? [...text.matchAll(DEPARTMENT)].map((found) =>
        span(found.index, found.index + found[0].length, 'place', 'possible', 'place:department'),
      )
    : [];
  const own = COUNTRY_LANGUAGES.filter((language) => languages.has(language));
  if (own.length === 0) return [];
  const told = [...text.matchAll(COUNTRY)].flatMap((found) => {
    const words = found[0].split(' ');
    for (let count = words.length; count > 0; count--) {
      const name = words.slice(0, count).join(' ');
      if (own.some((language) => countryNames(language).has(name) && !HOME.has(name)))
        return [span(found.index, found.index + name.length, 'place', 'possible', 'place:country')];
    }
    return [];
  });
  return [...told, ...departments];
}

/** Countries in which these languages are spoken, of which their texts speak at large. */
const HOME: ReadonlySet<string> = new Set(
  'France Belgique Suisse Luxembourg Italia Svizzera España Nederland België'.split(' '),
);
