import { boxesOf } from '../domain/boxes.ts';
import type { ByteSource } from '../domain/bytes.ts';
import type { BundledFile } from '../domain/documents.ts';
import type { KnownIdentifiers } from '../domain/identifiers/spans.ts';
import type {
  Analysis,
  BundleEntry,
  Finding,
  PageSize,
  PageText,
  Redaction,
  Removed,
  Scrubber,
  ScrubOptions,
  ScrubOutcome,
  ScrubRefusal,
} from '../domain/ports.ts';

/** What a test may do while the scrubber works: wait, withdraw a consent, throw. */
export interface Interference {
  readonly analysing?: (options: ScrubOptions) => Promise<unknown>;
  readonly redacting?: () => Promise<unknown>;
}

const head = '%PDF-1.7\n';
const bundleHead = 'bundle\n';
const hidden = /^%hidden .*\n?/gm;
const columns = 100;
const rows = 50;
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const encode = (text: string) => new TextEncoder().encode(text);

/** A PDF as the test scrubber understands it: pages of lines. A line that begins with '%hidden ' is not seen on the page. */
export const testPdf = (...pages: readonly string[]): Uint8Array => encode(head + pages.join('\f'));

/** A bundle as the test scrubber understands it. */
export const testBundle = (...files: readonly Uint8Array[]): Uint8Array =>
  encode(bundleHead + files.map(decode).join('\x1d'));

/**
 * A scrubber for the bot's tests that works on plain words in the shape of a PDF (testPdf), or on text. It finds 'Smith' and the known names for certain, and dates as possible; it
 * refuses what begins with 'PK' or 'locked', and throws for what begins with 'throw'. A picture of a page is its words, with what was asked for before them.
 */
export function createTestScrubber(interference: Interference = {}): Scrubber {
  const scrubber: Scrubber = {
    async analyse(file, options = {}) {
      options.progress?.('preparing', 0, 1);
      await interference.analysing?.(options);
      return analysed(file, options.known);
    },
    async redact(analysis, redactions, options) {
      options?.progress?.('redacting', 0, analysis.pages.length);
      await interference.redacting?.();
      return redacted(analysis, redactions, options?.flatten ?? false);
    },
    async analyseFrom(source, to, options = {}) {
      const analysis = await scrubber.analyse(await source.read(0, source.length), options);
      if (options.signal?.aborted) return { outcome: 'refused', reason: 'stopped' };
      if (analysis.outcome === 'refused') return analysis;
      const { prepared, ...rest } = analysis;
      await to(prepared);
      return rest;
    },
    async redactFrom(analysis, source, redactions, to, options = {}) {
      const whole = { ...analysis, prepared: await source.read(0, source.length) };
      const done = await scrubber.redact(whole, redactions, options);
      if (options.signal?.aborted) return { outcome: 'refused', reason: 'stopped' };
      if (done.outcome === 'refused') return done;
      await to(done.file);
      return { outcome: 'redacted', report: done.report };
    },
    async scrub(file, options = {}) {
      const analysis = await scrubber.analyse(file, options);
      if (analysis.outcome === 'refused') return analysis;
      return scrubber.redact(analysis, analysis.findings, options);
    },
    isBundle: async (source) => decode(await source.read(0, bundleHead.length)) === bundleHead,
    async analyseBundle(source, to, options = {}) {
      const given = decode(await source.read(0, source.length))
        .slice(bundleHead.length)
        .split('\x1d');
      const entries: BundleEntry[] = [];
      const files: BundledFile[] = [];
      const whole: { pages: PageSize[]; texts: PageText[]; findings: Finding[] } = {
        pages: [],
        texts: [],
        findings: [],
      };
      for (const [index, text] of given.entries()) {
        options.progress?.('preparing', index, given.length);
        await interference.analysing?.(options);
        if (options.signal?.aborted || (options.goesOn && !(await options.goesOn())))
          return { outcome: 'refused', reason: 'stopped' };
        const one = analysed(encode(text), options.known);
        const number = index + 1;
        const name = `${number}.txt`;
        files.push(
          one.outcome === 'refused'
            ? { number, outcome: 'refused', reason: one.reason }
            : { number, outcome: 'scrubbed', name },
        );
        options.file?.(files.at(-1) as BundledFile);
        if (one.outcome === 'refused') continue;
        const at = (entries.at(-1)?.at ?? 0) + (entries.at(-1)?.length ?? 0);
        const { format, prepared, pages } = one;
        entries.push({ name, format, pages: pages.length, at, length: prepared.length });
        const on = <T extends { readonly page: number }>(thing: T): T => ({
          ...thing,
          page: thing.page + whole.pages.length,
        });
        whole.texts.push(...one.texts.map(on));
        whole.findings.push(...one.findings.map(on));
        whole.pages.push(...pages.map((page) => ({ ...page, picture: format === 'pdf' })));
        await to(prepared);
      }
      if (entries.length === 0) return { outcome: 'refused', reason: 'nothing-taken' };
      return {
        outcome: 'analysed',
        format: 'zip',
        ...whole,
        entries,
        files,
        bytesIn: source.length,
        removed: {},
        notSearched: [],
      };
    },
    async redactBundle(analysis, prepared, redactions, to, { flatten = false, signal } = {}) {
      await interference.redacting?.();
      if (signal?.aborted) return { outcome: 'refused', reason: 'stopped' };
      const entries: BundleEntry[] = [];
      let before = 0;
      for (const { name, format, pages, at, length } of analysis.entries) {
        const one = analysed(await prepared.read(at, at + length));
        if (one.outcome === 'refused') return one;
        const first = before;
        const own = redactions.map((redaction) => ({ ...redaction, page: redaction.page - first }));
        const done = redacted(one, own, flatten);
        if (done.outcome === 'refused') return done;
        const { file } = done;
        entries.push({
          name,
          format,
          pages,
          at: (entries.at(-1)?.at ?? 0) + (entries.at(-1)?.length ?? 0),
          length: file.length,
        });
        await to(file);
        before += pages;
      }
      const { removed, notSearched, files, bytesIn } = analysis;
      const report = { removed, notSearched, files, bytesIn, bytesOut: 0, kept: {}, verified: ['words-gone'] };
      return {
        outcome: 'redacted',
        report: { ...report, format: 'zip', pages: before, redacted: counted(redactions) },
        entries,
      };
    },
    flattens: (format) => format === 'pdf',
    frame: async (file, page, width) => encode(`frame ${width}: ${pagesOf(await whole(file))[page - 1] ?? ''}`),
    picture: async (file, page, width, annotated = false) =>
      encode(`${width}${annotated ? ' annotated' : ''}: ${pageOf(await whole(file), page)}`),
    text: async (file, page) => pageOf(await whole(file), page),
    close: async () => undefined,
  };
  return scrubber;
}

const whole = async (file: Uint8Array | ByteSource) => ('read' in file ? file.read(0, file.length) : file);

function pagesOf(file: Uint8Array): string[] {
  const text = decode(file);
  return (text.startsWith(head) ? text.slice(head.length) : text).split('\f');
}

function pageOf(file: Uint8Array, page: number): string {
  const text = pagesOf(file)[page - 1];
  if (text === undefined) throw new Error('no-such-page');
  return text;
}

function analysed(file: Uint8Array, known?: KnownIdentifiers): Analysis | ScrubRefusal {
  const text = decode(file);
  if (text.startsWith('throw')) throw new Error('broken');
  if (text.startsWith('PK')) return { outcome: 'refused', reason: 'unknown-kind', params: { kind: 'docx' } };
  if (text.startsWith('locked')) return { outcome: 'refused', reason: 'password' };
  const pdf = text.startsWith(head);
  const prepared = text.replace(hidden, '');
  const texts = pagesOf(encode(prepared)).map(
    (page, index): PageText => ({
      page: index + 1,
      source: 'text',
      text: page,
      places: pdf ? placesOf(page) : new Float32Array(0),
    }),
  );
  return {
    outcome: 'analysed',
    format: pdf ? 'pdf' : 'text',
    prepared: encode(prepared),
    pages: texts.map(() => ({ width: 595, height: 842 })),
    texts,
    findings: texts.flatMap((page) => findingsOf(page, known?.names ?? [])),
    bytesIn: file.length,
    removed: { metadata: text.match(hidden)?.length ?? 0 },
    notSearched: [{ what: 'pictures-not-read', pages: [1] }],
  };
}

function placesOf(page: string): Float32Array {
  const places = new Float32Array(page.length * 4);
  let [row, column] = [0, 0];
  for (const [index, letter] of page.split('').entries()) {
    if (letter === '\n') [row, column] = [row + 1, 0];
    else places.set([column++ / columns, row / rows, 1 / columns, 1 / rows], index * 4);
  }
  return places;
}

function findingsOf({ page, source, text, places }: PageText, names: readonly string[]): Finding[] {
  const found = (pattern: RegExp, rest: Pick<Finding, 'kind' | 'certainty' | 'rule'>) =>
    [...text.matchAll(pattern)].map(({ 0: word, index }): Finding => {
      const [start, end] = [index, index + word.length];
      return { page, source, start, end, boxes: boxesOf(places, start, end), ...rest };
    });
  return [
    ...found(new RegExp(['Smith', ...names].join('|'), 'g'), {
      kind: 'name',
      certainty: 'certain',
      rule: 'known-name',
    }),
    ...found(/\d{4}-\d{2}-\d{2}/g, { kind: 'date', certainty: 'possible', rule: 'date' }),
  ].toSorted((one, other) => one.start - other.start);
}

function redacted(
  analysis: Omit<Analysis, 'outcome'>,
  redactions: readonly Redaction[],
  flatten: boolean,
): ScrubOutcome {
  const gone = ({ page, places }: PageText, unit: number) =>
    redactions.some((one) => {
      if (one.page !== page) return false;
      if ('start' in one) return unit >= one.start && unit < one.end;
      const [left = 0, top = 0, width = 0, height = 0] = places.subarray(unit * 4, unit * 4 + 4);
      const [x, y] = [left + width / 2, top + height / 2];
      return (
        width > 0 &&
        one.boxes.some((box) => x > box.left && x < box.left + box.width && y > box.top && y < box.top + box.height)
      );
    });
  const pages = analysis.texts.map((page) =>
    page.text
      .split('')
      .map((letter, unit) => (gone(page, unit) ? '█' : letter))
      .join(''),
  );
  const file = encode((analysis.format === 'pdf' ? head : '') + pages.join('\f'));
  const stayed = analysis.findings.filter(({ page, start }) => pages[page - 1]?.[start] !== '█');
  return {
    outcome: 'scrubbed',
    file,
    report: {
      format: analysis.format,
      bytesIn: analysis.bytesIn,
      bytesOut: file.length,
      pages: pages.length,
      removed: analysis.removed,
      redacted: counted(redactions),
      kept: counted(stayed),
      notSearched: [...analysis.notSearched, ...(flatten ? [{ what: 'rasterised', pages: [] }] : [])],
      verified: ['words-gone'],
    },
  };
}

function counted(things: readonly { readonly kind: string }[]): Removed {
  const counts: Record<string, number> = {};
  for (const { kind } of things) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
