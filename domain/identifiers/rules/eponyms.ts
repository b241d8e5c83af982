import { gap, type Reading } from './reading.ts';
import type { Tables } from './tables.ts';
import { isNothingButEnglish } from './vocabulary.ts';

// Roots of the words that an eponym stands beside: diseases, signs, scores, procedures, devices.
const MEDICAL =
  /^(?:syndrom|sindrom|maladie|morbus|morb|malattia|enfermedad|krankheit|disease|ziekte|choroba|bolest|betegseg|doenca|boala|sygdom|sjukdom|sykdom|tauti|liga|slimiba|haigus|phenomen|fenomen|phanomen|sign|signe|segno|signo|zeichen|test|score|skala|skale|scale|echelle|escala|scala|index|indice|klassifik|classific|clasific|typ|tipo|grad|stadi|stage|krit|crit|coma|operation|op|procedure|prozedur|intervention|interven|verfahren|technik|techni|tecnic|methode|method|katheter|cathet|cateter|sonde|drain|anomal|malform|tumor|tumeur|lymph|linfom|thyreo|struma|aneurysm|anevrysm|t?aaa?$|taa$|dissection|dissektion|vasculit|vaskulit|arterit|arthrit|tetralog|faktor|factor|fattore|mutation|mutaz|mutac|klappe|circ[lu]|cercle|cirkel|cirkulus|poligon|polygon|valve|valvul|prothes|prosth|protes|stent|graft|suture|naht|schnitt|incision|purpura|ulcus|hernie|nerv|antigen|gen|gene|nosolog|echo|ekg|ecg|zyste|reflex|manover|manoeuvre|maniobra|lappen|flap|line|port|loop|schlinge|anastomos|bruch|fraktur|frakt|fracture|extent|formul|curve|kurve|courbe|curva|plot|синдром|болест|тип|скала|индекс|класифик|критери|συνδρομ|νοσο|τυπο|κλιμακ|ταξινομ|κριτηρι)/;

/** How Slavic, Baltic and Finnic languages inflect a name, folded. */
const INFLECTED = /(?:ov(?:a|e|u|y|im|og|ega)?|ev[ae]?|uv|om|em|in|[aous]s|is|[aeiou])$/;
const SHORTEST_STEM = 5;

/** Whether a folded word is an eponym of medicine, as it is or inflected: 'marfan', 'marfans', 'marfanov', 'marfani'. */
export function isEponym({ eponyms }: Pick<Tables, 'eponyms'>, folded: string): boolean {
  if (eponyms.has(folded) || eponyms.has(folded.replace(/s$/, ''))) return true;
  const stem = folded.replace(INFLECTED, '');
  return stem.length >= SHORTEST_STEM && eponyms.has(stem);
}

/** Says whether the tokens from `from` to `to` are an eponym of medicine, with a word of disease, sign, score or procedure beside them: 'Morbus Basedow', 'Glasgow Coma Scale', 'Faktor V Leiden'. */
export function nearDisease(reading: Reading, from: number, to: number): boolean {
  const { tokens, tables } = reading;
  return tokens.slice(from, to).some(({ folded }) => isEponym(tables, folded)) && besideDisease(reading, from, to);
}

/** Whether one of the words right before or behind the tokens is of a disease, a sign, a score or a procedure. */
export function touchesDisease(reading: Reading, from: number, to: number): boolean {
  const { tokens, tables } = reading;
  return [from - 1, to, to + 1].some((at) => {
    const beside = tokens[at];
    if (!beside || gap(reading, at < from ? at : at - 1).includes('\n')) return false;
    return MEDICAL.test(beside.folded) || (at !== to + 1 && tables.eponyms.has(beside.folded));
  });
}

/** The same of tokens that are known to be an eponym. */
export function besideDisease(reading: Reading, from: number, to: number): boolean {
  const { tokens, tables } = reading;
  if (isWhere(reading, from, to)) return false;
  for (let at = Math.max(0, from - 3); at < Math.min(tokens.length, to + 3); at++) {
    const beside = tokens[at];
    if (!beside) continue;
    // 'Loeys-Dietz-Syndrom', 'Syndrome de Loeys-Dietz': the word for the disease may have been taken for a part of the name.
    if (at >= from && at < to) {
      if (MEDICAL.test(beside.folded) && !tables.eponyms.has(beside.folded)) return true;
      continue;
    }
    if (at < from ? gap(reading, at).includes('\n') : gap(reading, at - 1).includes('\n')) continue;
    if (MEDICAL.test(beside.folded) || tables.eponyms.has(beside.folded)) return true;
  }
  return false;
}

/** Whether a capitalised token is no name by what is known of the word: English, ordinary, a day or a month, written small elsewhere in the text, or medicine's. */
export function isKnownWord(reading: Reading, at: number): boolean {
  const { tokens, tables, written } = reading;
  const token = tokens[at];
  return (
    token === undefined ||
    isNothingButEnglish(reading, token) ||
    tables.ordinary.has(token.folded) ||
    tables.eponyms.has(token.folded) ||
    tables.weekdays.has(token.folded) ||
    tables.months.has(token.folded) ||
    written.has(token.folded) ||
    nearDisease(reading, at, at + 1)
  );
}

/** 'in Hamburg operiert', 'in Leiden geopereerd', not 'in Stanford B': what a classification is called after may be a town as well. */
function isWhere({ text, tokens, tables }: Reading, from: number, to: number): boolean {
  const [before, last] = [tokens[from - 1], tokens[to - 1]];
  return (
    before !== undefined &&
    last !== undefined &&
    /^(?:in|aus|te|uit)$/.test(before.folded) &&
    /^(?: \p{Ll}{2}|[.,;:)]|$| \d{1,2}\.? \p{Alpha}{3})/u.test(text.slice(last.end, last.end + 8)) &&
    tables.towns.longest(text, tokens, from) !== undefined
  );
}
