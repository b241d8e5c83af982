import type { Span } from '../spans.ts';
import { fold } from './fold.ts';
import { isNameLike, NOUN, nameRun } from './name-run.ts';
import { isKnown, nameSpan, titlesAt } from './names.ts';
import { isOfWest, type Reading, span, tokenAt } from './reading.ts';

/** 'Termin verlegt. Mk': two letters behind the last sentence of a note. */
const NOTED_BY = /(?<=[\p{Alpha}\d)][.!?] )\p{Uppercase}\p{Ll}(?=[ \t]*$)/u;
/** What is so short and no name. */
const NOT_BY =
  /^(?:Ca|Na|Hb|Th|Rö|Mg|Fe|Li|Re|St|Zn|Cl|Cr|Hg|Cu|Nr|Dr|Fr|Hr|Tg|Wo|Mo|Di|Mi|Do|Sa|So|Ja|Da|Es|Er|Im|In|Am|An|Um|Zu)$/;

/** 'Ta, Fi', 'LG Kathi': who closes a message, at the end of its line. */
const CLOSED_BY =
  /(?:^|[.!?)] {1,2})(?:[Tt]a|[Tt]hx|[Tt]hanks|[Cc]heers|[Bb]est|BW|KR|Rgds|LG|lg|VG|vg|MfG|Gruß|Danke|Dank dir|Grüße|Grüsse|Merci|Bises|Groet|Groetjes|Gr|Saluti|Ciao|Grazie|Saludos|Gracias|Un abrazo|Amitiés|Cordialement|[Ll]iebe Grüße|[Vv]iele Grüße),? {1,2}(\p{Uppercase}\p{Ll}+(?: \p{Uppercase}\p{Ll}+)?)[.!]?[ \t]*$/u;
/** 'Dictated: HB', 'Diktat: Kw': the initials behind a word for who wrote. */
const SIGNED_BY =
  /(?<!\p{Alpha})(?:[Dd]ictated(?: by)?|[Tt]yped(?: by)?|[Ww]ritten by|[Aa]uthor|[Ss]igned(?: by)?|[Ii]nitials|[Dd]ikt(?:at|iert)?|gez|H[Zz]|[Vv]id|Unters|Befunder|[Ss]chreibkraft|Dicté par|Initiales|Initialen|Paraaf|Firmado|Sigla|Redatto da|[Vv]isa|VISA|[Vv]isto|[Vv]isé|[Ff]irmato|f\.to|F\.to|[Ss]igné|[Gg]etekend|w\.g\.|[Vv]ue? par)[.:]{0,2} {0,2}:? ?(?=(\p{Uppercase}{2,3}|\p{Uppercase}\p{Ll}{1,2}|\p{Uppercase}\.\p{Uppercase}\.)(?:[ \t]*(?:\n|$|[,;)]| {2}|\/|\.(?:\s|$))))/gu;
/** 'Hb 5,9, zo door. KS', 'mejor. LvdB': the initials that close a line of notes in languages of the west. */
const INITIALLED =
  /(?<=[\p{Alpha}\d)%][.!?] )(?:\p{Uppercase}{2,3}|\p{Uppercase}\p{Ll}?v?d?\p{Uppercase}|\p{Uppercase}\p{Ll}\.)(?=[ \t]*$)/u;
/** Abbreviations that close a sentence as well. */
const NO_INITIALS =
  /^(?:IM|IV|EV|SC|PO|TC|RM|RX|TA|PA|FC|FR|ECG|EKG|OK|NB|CT|MR|MRI|IRM|TDM|AAA|TAA|ETT|ETE|HTA|BPM|AVC|AIT|TIA|TEP|TVP|DVT|CVP|INR|CRP|VS|Hb|NFS|LDL|HDL|BMI|IMC|SAP|PS|RAS|NKA|DNR|USI|UCI|IC|SEH|HA|PVS|VC|KNO|OAC|TIC|ECO|EKO|EEG|EMG|AP|PB|MDO|RCP|MDT|CPK|CK|AST|ALT|GGT|PSA|TSH|VIH|HIV|HCV|HBV|BE|PM|AM|AL|AG|UI|IE|SOS|NPO|NVT|Zn|Ca|Mg|Na|Fe|Li|Cu|St|Tx|Rx|Dx|Fx|Sx)\.?$/u;
/** 'firmato bz': in small letters, at the very end. */
const SMALL_SIGN = /(?<=(?<!\p{Alpha})(?:firmato|firmado|signé|getekend|visa|paraaf)[ :]{1,2})\p{Ll}{2,3}(?=\s*$)/u;
/** Titles, which are as short. */
const TITLES = /^(?:Dr|Prof|Hr|Fr|Mr|Ms|PD|OA|CA|FA|AA|Sr|Pfl?|am|an)$/;
/** So far behind the start of its last sentence a message's closing ends at most. */
const CLOSING = 60;

/** Who closes a message or wrote a note, by a first name, initials or a short sign of his own. */
export function noteSigns(reading: Reading): Span[] {
  const { text, languages, tables } = reading;
  const spans: Span[] = [];
  const add = (start: number, length: number) =>
    spans.push(span(start, start + length, 'name', 'possible', 'note-sign'));
  const small = SMALL_SIGN.exec(text.slice(-60));
  if (small) add(Math.max(0, text.length - 60) + small.index, small[0].length);
  const west = isOfWest(reading) && !reading.capitals;
  const german = languages.has('de') && languages.size < 6;
  for (const found of text.matchAll(SIGNED_BY))
    if (!TITLES.test(found[1] ?? '')) add(found.index + found[0].length, (found[1] ?? '').length);
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const from = Math.max(start, end - CLOSING);
    const line = text.slice(from, end);
    // Behind a cut, the start of the line is none.
    const closed = CLOSED_BY.exec(from > start ? `…${line}` : line);
    if (closed?.[1] && !tables.roles.has(fold(closed[1]))) add(text.lastIndexOf(closed[1], end), closed[1].length);
    const noted = german ? NOTED_BY.exec(line) : null;
    if (noted && !NOT_BY.test(noted[0])) add(from + noted.index, noted[0].length);
    const initials = west ? INITIALLED.exec(line) : null;
    if (initials && !NO_INITIALS.test(initials[0])) add(from + initials.index, initials[0].length);
    start = end + 1;
  }
  return spans;
}

/** Names behind 'gez.' and on the lines below a greeting: those with a title, an initial or a listed name, and what has a line for itself. */
export function signatures(reading: Reading, next: number, value: number, label: string): Span[] {
  const { text, tokens } = reading;
  const spans: Span[] = [];
  const behind = tokens[next - 1]?.end ?? value;
  const short = label.length < 5 && !/^[,.]?[ \t]*\n/.test(text.slice(behind, behind + 6));
  if (/^i\.? ?[va]$/.test(label)) return [];
  if (label.length === 1 && !opens(text, tokens[next - 1]?.start ?? value)) return [];
  if (short && !/[.:]/.test(text[behind] ?? '')) return [];
  let at = Math.max(next, tokenAt(tokens, value));
  for (let lines = 0; lines < (short ? 1 : 5); lines++) {
    const first = tokens[at];
    if (!first || text.slice(at === next ? value : (tokens[at - 1]?.end ?? value), first.start).length > 60) break;
    const found = signersOf(reading, at, short);
    if (found.length === 0 && lines < 2 && !short && isLoneLine(reading, at))
      found.push(nameSpan(reading, { from: at, to: at + 1 }, 'possible', 'label:signature'));
    if (found.length === 0 && spans.length > 0) break;
    spans.push(...found);
    const end = text.indexOf('\n', first.start);
    if (end < 0 || end - first.start > 90) break;
    at = Math.max(at + 1, tokenAt(tokens, end));
  }
  return spans;
}

/** Whether a place is the start of a line or of a sentence. */
const opens = (text: string, at: number): boolean => /(?:^|[\n.!?,])[ \t]*$/.test(text.slice(Math.max(0, at - 4), at));

/** The people of one line of signatures, two or three of whom may stand side by side. */
function signersOf(reading: Reading, at: number, announced: boolean): Span[] {
  const { text, tokens } = reading;
  const spans: Span[] = [];
  let next = at;
  if (/^ihre?$/.test(tokens[next]?.folded ?? '')) next++;
  for (let people = 0; people < 3; people++) {
    const from = titlesAt(reading, next)?.next ?? next;
    const run = nameRun(reading, from, 'label');
    const last = run && tokens[run.to - 1];
    if (!run || !last) break;
    const ends = /^[ \t.]*(?:\n|$|\t| {2,}|,)/.test(text.slice(last.end, last.end + 12));
    const many = run.to - run.from > 1;
    const isInitial = tokens[run.from]?.shape === 'initial';
    // 'P: 72' is a label of its own.
    if (isInitial && !many && /^\.?[ \t]*:/.test(text.slice(last.end, last.end + 4))) break;
    // 'J.' by itself signs; 'A year later' and 'In Q4' do not.
    const initialled = isInitial && (many || ends);
    if (from > next || announced || (ends && many) || isKnown(reading, run) || initialled)
      spans.push(nameSpan(reading, run, 'certain', 'label:signature'));
    if (!/^\.?(?:\t| {2,}| ?[,/] ?)\p{Uppercase}/u.test(text.slice(last.end, last.end + 60).replace(/ +/g, '  ')))
      break;
    next = run.to;
  }
  return spans;
}

/** One word with a line for itself, right below a greeting: the first name that friends sign with. */
function isLoneLine(reading: Reading, at: number): boolean {
  const { text, tokens } = reading;
  const token = tokens[at];
  if (!token || !isNameLike(reading, token) || NOUN.test(token.folded)) return false;
  return (
    /\n[ \t]*$/.test(text.slice(Math.max(0, token.start - 20), token.start)) &&
    /^[ \t.]*(?:\n|$)/.test(text.slice(token.end, token.end + 12))
  );
}
