import type { NotSearched, PageText, Redaction } from '../../../domain/ports.ts';
import type { Bench, Format, Prepared, Redacted } from '../format.ts';
import { picturesFormat } from '../pictures/format.ts';
import { Refusal } from '../refusal.ts';
import { sniff } from '../sniff.ts';
import type { Cell } from '../text/csv.ts';
import { type Picture, redactPicture, scrubPicture } from './pictures.ts';
import { type Rebuilt, rebuildOffice, type WrittenPicture } from './rebuilt.ts';
import { maskPage, pagesOf, type TextPage } from './texts.ts';

/**
 * The scrubber of Office documents (ECMA-376: DOCX, XLSX, PPTX). What comes out is written anew from lists of what is seen; its pages are pages of text, then its pictures. Refuses with 'corrupt',
 * 'macros', 'dtd', 'password', 'zip-bomb', 'zip-names', 'too-many-entries', 'too-many-pages', 'flatten-office', 'not-verified', 'no-such-page'.
 */
export const officeFormat: Format = { prepare, redact, picture, text, pages };

async function pages(file: Uint8Array): Promise<number> {
  const rebuilt = await rebuildOffice(file);
  return pagesOf(rebuilt.sections()).length + rebuilt.pictures.length;
}

async function prepare(file: Uint8Array, bench: Bench): Promise<Prepared> {
  const rebuilt = await rebuildOffice(file);
  const { format } = rebuilt;
  const used = rebuilt.pictures.length;
  const pictures: Picture[] = [];
  for (const { source, crop } of rebuilt.pictures) {
    pictures.push(await scrubPicture(source, crop, bench));
    bench.progress('reading', pictures.length, used);
  }
  const lost = pictures.filter((one) => one.lost).length;
  if (lost > 0) rebuilt.count('unreadable-picture', lost);
  const first = written(
    rebuilt,
    pictures.map(({ bytes }) => bytes),
  );
  const { file: prepared, rebuilt: clean } = await settled(first);
  if (clean.pictures.length !== used) throw new Refusal('not-verified', { check: 'nothing-unseen' });
  const pages = textPagesOf(clean, bench.maxPages, used);
  bench.progress('preparing', pages.length, pages.length);
  const numberOf = (index: number) => pages.length + index + 1;
  const numbers = (has: (picture: Picture) => boolean) =>
    pictures.flatMap((one, index) => (has(one) ? [numberOf(index)] : []));
  const unread = numbers((one) => one.unread);
  const lostOn = numbers((one) => one.lost);
  const notSearched: NotSearched = [
    ...(unread.length > 0 ? [{ what: 'pictures', pages: unread }] : []),
    ...(lostOn.length > 0 ? [{ what: 'pictures-removed', pages: lostOn }] : []),
  ];
  return {
    format,
    file: prepared,
    pages: [
      ...pages.map(({ text: said }) => measured(said)),
      ...pictures.map(({ width, height }) => ({ width, height, picture: true })),
    ],
    texts: [
      ...pages.map(
        ({ text: said }, index): PageText => ({
          page: index + 1,
          source: 'text',
          text: said,
          places: new Float32Array(0),
        }),
      ),
      ...pictures.flatMap(({ text: read }, index) => (read ? [{ ...read, page: numberOf(index) }] : [])),
    ],
    cells: new Map(pages.map((page, index) => [index + 1, cellsOf(page)])),
    frames: numbers((one) => one.frame),
    removed: Object.fromEntries(rebuilt.removed),
    notSearched,
    verified: ['nothing-unseen', 'opens-again'],
  };
}

async function redact(
  prepared: Uint8Array,
  redactions: readonly Redaction[],
  flatten: boolean,
  bench: Bench,
): Promise<Redacted> {
  if (flatten) throw new Refusal('flatten-office');
  const { rebuilt, file: before } = await settled(prepared);
  if (Buffer.compare(before, prepared) !== 0) throw new Refusal('not-verified');
  const pages = textPagesOf(rebuilt, bench.maxPages, rebuilt.pictures.length);
  const count = pages.length + rebuilt.pictures.length;
  if (redactions.some(({ page }) => page < 1 || page > count)) throw new Refusal('no-such-page');
  const taken = pages.flatMap((page, index) => maskPage(page, spansOn(redactions, index + 1)));
  const pictures: Uint8Array[] = [];
  for (const [index, { source }] of rebuilt.pictures.entries()) {
    const own = redactions.filter(({ page }) => page === pages.length + index + 1);
    pictures.push(own.length > 0 ? await redactPicture(source, own, bench) : source);
    bench.progress('redacting', index + 1, rebuilt.pictures.length);
  }
  const { file, rebuilt: output } = await settled(written(rebuilt, pictures));
  const after = textPagesOf(output, Number.POSITIVE_INFINITY, 0);
  const searched = taken.map((one) => one.trim()).filter((one) => one.length > 3);
  const stays = after.flatMap(({ text: said }, index) =>
    searched.some((one) => said.includes(one)) ? [index + 1] : [],
  );
  return {
    file,
    pages: after.length + pictures.length,
    notSearched: stays.length > 0 ? [{ what: 'removed-text-also-visible', pages: stays }] : [],
    verified: ['nothing-unseen', 'opens-again', 'removed-text-gone'],
  };
}

async function picture(file: Uint8Array, page: number, width: number): Promise<Uint8Array> {
  const rebuilt = await rebuildOffice(file);
  const texts = pagesOf(rebuilt.sections()).length;
  const found = rebuilt.pictures[page - texts - 1];
  const drawn = found && picturesFormat.picture?.(found.source, 1, width, false);
  if (!drawn) throw new Refusal('no-such-page');
  return drawn;
}

async function text(file: Uint8Array, page: number): Promise<string> {
  const found = pagesOf((await rebuildOffice(file)).sections())[page - 1];
  if (!found) throw new Refusal('no-such-page');
  return found.text;
}

const spansOn = (redactions: readonly Redaction[], page: number) =>
  redactions.flatMap((one) => {
    if (one.page !== page) return [];
    // A box has no place in a page of text.
    if (!('start' in one)) throw new Refusal('not-verified');
    return [one];
  });

function textPagesOf(rebuilt: Rebuilt, most: number, pictures: number): TextPage[] {
  const pages = pagesOf(rebuilt.sections());
  if (pages.length + pictures > most)
    throw new Refusal('too-many-pages', { pages: pages.length + pictures, limit: most });
  return pages;
}

/** The cells of a page, with what stands at the head of their columns: 'Surname' says more of a word than the word alone. Pieces of one cell have nothing between them. */
function cellsOf({ slots }: TextPage): Cell[] {
  const cells: Cell[] = [];
  for (const { start, slot } of slots) {
    const { text: said, head, amount = false } = slot;
    if (head === undefined) continue;
    const last = cells.at(-1);
    const end = start + said.length;
    if (last?.end === start) cells[cells.length - 1] = { ...last, end, amount: false };
    else cells.push({ head, start, end, amount });
  }
  return cells;
}

function measured(said: string): { readonly width: number; readonly height: number } {
  const lines = said.split('\n');
  return { width: Math.max(1, ...lines.map((line) => line.length)), height: lines.length };
}

function written(rebuilt: Rebuilt, pictures: readonly Uint8Array[]): Uint8Array {
  return rebuilt.write(
    rebuilt.pictures.map(({ path }, index): WrittenPicture => {
      const bytes = pictures[index] as Uint8Array;
      return { path, bytes, format: sniff(bytes) === 'jpeg' ? 'jpeg' : 'png' };
    }),
  );
}

/** What one rebuilding leaves empty, the next takes out. */
const MOST_TURNS = 5;

/**
 * Gives a file that, read and rebuilt again, is the same byte for byte: so there is nothing in it that would have to go. Refuses with 'not-verified' where a few turns do not lead to one.
 */
async function settled(file: Uint8Array): Promise<{ readonly file: Uint8Array; readonly rebuilt: Rebuilt }> {
  let before = file;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const rebuilt = await rebuildOffice(before);
    const after = written(
      rebuilt,
      rebuilt.pictures.map(({ source }) => source),
    );
    if (Buffer.compare(before, after) === 0) return { file: after, rebuilt };
    before = after;
  }
  throw new Refusal('not-verified', { check: 'nothing-unseen' });
}
