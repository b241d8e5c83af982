import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An identifier that a person marked in a text, in UTF-16 units; `core` is false for what says little of who it is: age, sex, family, profession. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly core: boolean;
}

export interface MarkedText {
  readonly id: string;
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** What MEDDOCAN marks beyond that which names, dates, numbers or places a person. 'OTROS_…', a catch-all, stays in the core. */
const notCore = new Set([
  'EDAD_SUJETO_ASISTENCIA',
  'SEXO_SUJETO_ASISTENCIA',
  'FAMILIARES_SUJETO_ASISTENCIA',
  'PROFESION',
]);

/** The folder of the corpora, beside the project. */
export const corpusFolder = new URL('../../../shared/corpus/', import.meta.url).pathname;

/**
 * The cases of a part of MEDDOCAN (Marimon et al. 2019, CC BY 4.0) from a folder of BRAT pairs `x.txt` and `x.ann`, in the order of their names. Throws where a file
 * cannot be read or a mark does not fit its text.
 */
export async function readMeddocan(folder: string): Promise<MarkedText[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
  return Promise.all(
    names.map(async (name) => {
      const [text, annotations] = await Promise.all([
        readFile(join(folder, name), 'utf8'),
        readFile(join(folder, name.replace(/\.txt$/, '.ann')), 'utf8'),
      ]);
      return { id: name.replace(/\.txt$/, ''), text, marks: parseBrat(text, annotations) };
    }),
  );
}

/**
 * The marks of a BRAT standoff file, in the order of the text. BRAT counts Unicode code points of the whole file, its byte order mark and line ends as they stand included;
 * given are UTF-16 units. Throws where the marked words are not those of the text.
 */
export function parseBrat(text: string, annotations: string): Mark[] {
  const units = unitOfCodePoint(text);
  const marks: Mark[] = [];
  for (const line of annotations.split(/\r?\n/)) {
    const found = /^T\d+\t(\S+) (\d+) (\d+)\t(.*)$/.exec(line);
    if (!found) continue;
    const [, kind = '', from, to, words] = found;
    const start = units[Number(from)] ?? text.length;
    const end = units[Number(to)] ?? text.length;
    if (text.slice(start, end) !== words) throw new Error(`A mark does not fit its text: ${line.split('\t')[0]}`);
    marks.push({ start, end, kind, core: !notCore.has(kind) });
  }
  return marks.sort((a, b) => a.start - b.start || a.end - b.end);
}

function unitOfCodePoint(text: string): number[] {
  const units: number[] = [];
  let at = 0;
  for (const character of text) {
    units.push(at);
    at += character.length;
  }
  units.push(at);
  return units;
}

/** The French snippets (aphp/eds-pseudo, BSD-3-Clause) of a file, which stand apart by empty lines. */
export async function readSnippets(file: string): Promise<MarkedText[]> {
  const source = await readFile(file, 'utf8');
  return source
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .filter((snippet) => snippet.trim() !== '')
    .map((snippet, index) => ({ id: `snippet-${index + 1}`, ...parseSnippet(snippet) }));
}

/** Marked passages written for this project, which stand apart by lines of four equals signs, each as `parseSnippet` reads it; their ids are the name and a number from 1. */
export function parsePassages(source: string, name: string): MarkedText[] {
  return source.split(/^====\n/m).map((passage, index) => ({ id: `${name}-${index + 1}`, ...parseSnippet(passage) }));
}

/** A text in which identifiers stand as `[words](KIND)`: given without the marking, with the marks. All of them are core. */
export function parseSnippet(snippet: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  let text = '';
  let at = 0;
  for (const found of snippet.matchAll(/\[([^[\]]*)\]\(([A-Z_]+)\)/g)) {
    const [whole, words = '', kind = ''] = found;
    text += snippet.slice(at, found.index);
    marks.push({ start: text.length, end: text.length + words.length, kind, core: true });
    text += words;
    at = found.index + whole.length;
  }
  return { text: text + snippet.slice(at), marks };
}
