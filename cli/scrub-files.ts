import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { builtFile } from '../adapters/scrubbers/built.ts';
import { type FileOutcome, type FromTo, scrubFiles } from '../adapters/scrubbers/files.ts';
import type { KnownIdentifiers } from '../domain/identifiers/spans.ts';
import {
  type DicomChoice,
  dicomOptions,
  type FileFormat,
  type ScrubRefusal,
  type ScrubReport,
} from '../domain/ports.ts';

/** Exit codes, as a script needs them: nothing left to look at, a person must look, refused, failed. Of many files the gravest counts: failed, refused, look. */
const EXIT = { clean: 0, look: 2, refused: 3, failed: 1 } as const;
const GRAVEST = [EXIT.failed, EXIT.refused, EXIT.look, EXIT.clean];
const USAGE =
  'usage: npm run --silent scrub -- FILE… -o OUT|DIR [--report R.json] [--known K.json] [--redact all|certain|none] [--flatten] [--no-ocr] [--dicom OPTION,…] [--key K.txt]';
const ENDINGS: Readonly<Record<FileFormat, readonly string[]>> = {
  pdf: ['.pdf'],
  jpeg: ['.jpg', '.jpeg'],
  png: ['.png'],
  tiff: ['.tif', '.tiff'],
  webp: ['.webp'],
  text: ['.txt', '.text', '.md', '.log'],
  csv: ['.csv', '.tsv', '.txt'],
  docx: ['.docx'],
  xlsx: ['.xlsx'],
  pptx: ['.pptx'],
  dicom: ['.dcm', '.dicom', '.ima', ''],
  odt: ['.odt'],
  ods: ['.ods'],
  odp: ['.odp'],
  zip: ['.zip'],
};

interface Given {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly report: string | undefined;
  readonly known: KnownIdentifiers | undefined;
  readonly redact: 'all' | 'certain' | 'none';
  readonly flatten: boolean;
  /** Pictures are not read: what stands in them is told as not searched. */
  readonly blind: boolean;
  readonly dicom: DicomChoice;
}

/** How one file ended: its exit code, a sentence for the person, and what the report says of it. */
interface Ended {
  readonly code: number;
  readonly words?: string;
  readonly report: object;
}

/** The command `scrub`: takes its arguments, gives its exit code. */
export async function main(args: string[]): Promise<number> {
  const given = await readArguments(args);
  if (typeof given === 'string') return say(given, EXIT.failed);
  const { inputs, output, report } = given;
  const many = inputs.length > 1;
  const into = isFolder(output);
  if (many && !into) return say('With more than one file, -o names a folder that is there.', EXIT.failed);
  const names = inputs.map((input) => basename(input));
  if (new Set(names).size < names.length)
    return say('Two of the files have the same name; scrub them one after the other.', EXIT.failed);

  let work: string;
  try {
    // For its owner alone.
    work = mkdtempSync(join(into ? output : dirname(output), '.part-'));
  } catch {
    return say('The output cannot be written.', EXIT.failed);
  }
  const ended: Ended[] = [];
  let done = 0;
  const told = linesTogether();
  const keep = (index: number, one: Ended) => {
    // A report that nobody asked for is not held.
    ended[index] = report ? one : { code: one.code, report: {} };
    done++;
    const prefix = many ? `[${done}/${inputs.length}] ${named(index) ?? `file ${index + 1}`}: ` : '';
    if (many || one.words) told(`${prefix}${one.words ?? 'Scrubbed.'}`);
  };
  const { known, redact, flatten, dicom, blind } = given;
  const isKnown = known && into ? await knownIn(known) : undefined;
  /** A file's path, to tell it by; undefined where that would tell whose it is. */
  const named = (index: number) => (many && isKnown?.(inputs[index] ?? '') ? undefined : inputs[index]);
  const files = inputs.map((from, index) => ({ from, to: join(work, String(index)) }));
  const asked = { redact, flatten, dicom, ...(known ? { known } : {}) };
  const waiting: Promise<void>[] = [];
  try {
    const options = { workers: Math.min(inputs.length, availableParallelism()), ...(blind ? { readMs: 0 } : {}) };
    await scrubFiles(files, work, asked, options, (index, outcome) => {
      const { from, to } = files[index] as FromTo;
      const one = finished(from, to, outcome, given, into, isKnown);
      if (one instanceof Promise) waiting.push(one.then((late) => keep(index, late)));
      else keep(index, one);
    });
    await Promise.all(waiting);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  if (report) {
    const all = ended.map((one, index) => {
      const file = named(index);
      return many ? { number: index + 1, ...(file ? { file } : {}), ...one.report } : one.report;
    });
    try {
      writeWhole(report, json(many ? { files: all } : all[0]));
    } catch {
      return say('The report cannot be written.', EXIT.failed);
    }
  }
  return GRAVEST.find((code) => ended.some((one) => one.code === code)) ?? EXIT.clean;
}

const FAILED_WORDS = { unreadable: 'The input cannot be read.', unwritable: 'The output cannot be written.' } as const;

/** Puts what came out of a file in its place, and says how it ended: at once where nothing has to be loaded for that. */
function finished(
  input: string,
  made: string,
  outcome: FileOutcome,
  { output }: Given,
  into: boolean,
  isKnown?: (name: string) => boolean,
): Ended | Promise<Ended> {
  if (outcome.outcome === 'failed') return failed(outcome.reason);
  if (outcome.outcome === 'refused') return refused(outcome);
  const { report } = outcome;
  const target = into ? `${output}/${outputName(input, report.format)}` : output;
  try {
    renameSync(made, target);
  } catch {
    return failed('unwritable');
  }
  return scrubbed(report, isKnown?.(basename(target)) ?? false);
}

function scrubbed(told: ScrubReport, named: boolean): Ended {
  const words = whatToLookAt(told, named);
  const report = { outcome: 'scrubbed', ...told };
  return words ? { code: EXIT.look, words: `Scrubbed. ${words}`, report } : { code: EXIT.clean, report };
}

async function refused({ reason, params = {} }: ScrubRefusal): Promise<Ended> {
  const megabytes = Math.floor(Number(params['limit']) / 1024 / 1024);
  // Words in all languages come with it, which no file needs that is taken.
  const built = builtFile('refused-words.mjs');
  const { refusedWords } = built
    ? ((await import(pathToFileURL(built).href)) as typeof import('../bot/upload/refused-words.ts'))
    : await import('../bot/upload/refused-words.ts');
  const words = refusedWords('en', { reason, params: reason === 'too-large' ? { megabytes } : params });
  return { code: EXIT.refused, words, report: { outcome: 'refused', reason, params } };
}

/** Whether a file's name holds what is known of the patient. */
async function knownIn(known: KnownIdentifiers): Promise<(name: string) => boolean> {
  const { compileKnown } = await import('../domain/identifiers/known/known.ts');
  const search = compileKnown(known);
  return (name) => search(name).length > 0;
}

function failed(reason: keyof typeof FAILED_WORDS): Ended {
  return { code: EXIT.failed, words: FAILED_WORDS[reason], report: { outcome: 'failed', reason } };
}

/** The input's own name, with the ending of what came out. */
function outputName(input: string, format: FileFormat): string {
  const { name, ext } = parse(input);
  return ENDINGS[format].includes(ext.toLowerCase()) ? name + ext : `${name}${ENDINGS[format][0]}`;
}

function whatToLookAt(report: ScrubReport, named: boolean): string | undefined {
  const kept = Object.entries(report.kept).map(([kind, count]) => `${kind} (${count})`);
  const notSearched = report.notSearched.map(({ what, pages }) =>
    pages.length > 0 ? `${what} (pages ${pages.join(', ')})` : what,
  );
  const left = (report.files ?? []).flatMap((one) =>
    one.outcome === 'refused' ? [`${one.number} (${one.reason})`] : [],
  );
  const sentences = [
    ...(kept.length > 0 ? [`Looks like an identifier and was kept: ${kept.join('; ')}.`] : []),
    ...(notSearched.length > 0 ? [`Not searched, so a person must look: ${notSearched.join('; ')}.`] : []),
    ...(left.length > 0
      ? [`Files of the archive that were not taken, by their number in it: ${left.join(', ')}.`]
      : []),
    ...(named ? ["The file's own name holds a known identifier: rename it."] : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

async function readArguments(args: string[]): Promise<Given | string> {
  let values: {
    output?: string;
    report?: string;
    known?: string;
    redact?: string;
    flatten?: boolean;
    'no-ocr'?: boolean;
    dicom?: string;
    key?: string;
  };
  let inputs: string[];
  try {
    ({ values, positionals: inputs } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o' },
        report: { type: 'string' },
        known: { type: 'string' },
        redact: { type: 'string' },
        flatten: { type: 'boolean' },
        'no-ocr': { type: 'boolean' },
        dicom: { type: 'string' },
        key: { type: 'string' },
      },
    }));
  } catch {
    return USAGE;
  }
  const redact = values.redact ?? 'all';
  if (inputs.length === 0 || !values.output || (redact !== 'all' && redact !== 'certain' && redact !== 'none'))
    return USAGE;
  const known = values.known === undefined ? undefined : await (await import('./known.ts')).knownFrom(values.known);
  if (typeof known === 'string') return known;
  const dicom = dicomChoice(values.dicom, values.key);
  if (typeof dicom === 'string') return dicom;
  const { output, report, flatten = false, 'no-ocr': blind = false } = values;
  return { inputs, output, report, known, redact, flatten, blind, dicom };
}

const LEAST_KEY = 16;

/** Options of the DICOM profile by their names, and the key of the case: files scrubbed with one key, in this run or another, get the same new UIDs. */
function dicomChoice(named: string | undefined, keyFile: string | undefined): DicomChoice | string {
  const asked = (named ?? '').split(',').filter((name) => name !== '');
  const options = dicomOptions.filter((option) => asked.includes(option));
  if (options.length < new Set(asked).size) return `--dicom takes a list of: ${dicomOptions.join(', ')}.`;
  if (options.includes('retain-full-dates') && options.includes('retain-modified-dates'))
    return 'Dates are retained in full or modified, not both.';
  if (keyFile === undefined) return { options };
  let key: string;
  try {
    key = readFileSync(keyFile, 'utf8').trim();
  } catch {
    return 'The key cannot be read.';
  }
  return key.length < LEAST_KEY ? `The key has to be at least ${LEAST_KEY} characters long.` : { options, key };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Writes a file that is there whole or not at all, and that only its owner may read. */
function writeWhole(path: string, content: string): void {
  const folder = mkdtempSync(join(dirname(path), '.part-'));
  try {
    const temporary = join(folder, 'report');
    writeFileSync(temporary, content, { flag: 'wx', mode: 0o600, flush: true });
    renameSync(temporary, path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Gives how lines are said that come many at a time: those of one moment in one go, for each costs who says it and who hears it as much as a tenth of a slice. */
function linesTogether(): (line: string) => void {
  let lines = '';
  return (line) => {
    if (lines === '')
      queueMicrotask(() => {
        process.stderr.write(lines);
        lines = '';
      });
    lines += `${line}\n`;
  };
}

function say(words: string, code: number): number {
  process.stderr.write(`${words}\n`);
  return code;
}
