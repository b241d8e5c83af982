import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Redaction } from '../../../domain/ports.ts';
import type { Bench } from '../format.ts';
import { sniff } from '../sniff.ts';
import { cellsOf, delimiterOf } from './csv.ts';
import { decodeText } from './decode.ts';
import { MASK, pagesOf, textFormat } from './format.ts';

const bench: Bench = { maxPages: 50, reader: { read: () => Promise.resolve(undefined) }, progress: () => {} };
const utf8 = (text: string) => new TextEncoder().encode(text);
const prepare = (text: string) => textFormat.prepare(utf8(text), bench);
const redact = async (text: string, redactions: readonly Redaction[]) =>
  new TextDecoder().decode((await textFormat.redact(utf8(text), redactions, false, bench)).file);

describe('reading a text file', () => {
  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffJosé Núñez', 'utf8')],
    ['UTF-16, little end first', Buffer.from('\ufeffJosé Núñez', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\ufeffJosé Núñez', 'utf16le').swap16()],
    ['Windows-1252', Buffer.from('José Núñez', 'latin1')],
  ])('takes %s', (_, file) => {
    expect(sniff(file)).toBe('text');
    expect(decodeText(file).text).toBe('José Núñez');
  });

  it.each([
    ['Polish, Windows-1250', 'Pacjent Grzegorz Brzęczyszczykiewicz, Łódź', 'windows-1250'],
    ['Greek, Windows-1253', 'Ο ασθενής Γεώργιος Παπαδόπουλος', 'windows-1253'],
    ['Bulgarian, Windows-1251', 'Пациентът Георги Димитров постъпва', 'windows-1251'],
  ])('takes %s', (_, text, page) => {
    const decoder = new TextDecoder(page);
    const byLetter = new Map(Array.from({ length: 256 }, (__, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
    const file = Uint8Array.from(Array.from(text), (letter) => byLetter.get(letter) ?? 63);
    expect(decodeText(file).text).toBe(text);
  });

  it('takes out and counts what a reader does not see', () => {
    const { text, removed } = decodeText(
      utf8('Pa\u200btient \u202eXYZ\u202c\x1b[8mhidden\x1b[0m so\u00adft\u{e0041}  \r\nend'),
    );
    expect(text).toBe('Patient XYZhidden soft\nend');
    expect(removed).toEqual({ 'invisible-character': 7, 'trailing-space': 1 });
  });

  it('refuses what is no text', () => {
    expect(() => decodeText(Uint8Array.of(65, 0, 66))).toThrow('corrupt');
  });
});

describe('the pages of a text', () => {
  it('are the text when they are joined, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 1, max: 40 }), (piece, times) => {
        const text = piece.repeat(times);
        const pages = pagesOf(text);
        expect(pages.join('')).toBe(text);
        for (const page of pages) expect(page.length).toBeLessThanOrEqual(4001);
      }),
      { numRuns: 60 },
    );
  });

  it('end with a line where there is one', () => {
    const pages = pagesOf('a line\n'.repeat(150));
    expect(pages.map((page) => page.split('\n').length - 1)).toEqual([60, 60, 30]);
  });
});

describe('redacting a text', () => {
  it('puts a mask of one width in the place of what goes', async () => {
    const text = 'Name: Bo\nName: Maximiliane Freifrau von Hohenstein\n';
    const first = text.indexOf('Bo');
    const second = text.indexOf('Maximiliane');
    const redactions: Redaction[] = [
      { page: 1, kind: 'name', start: first, end: first + 2 },
      { page: 1, kind: 'name', start: second, end: second + 11 },
      { page: 1, kind: 'name', start: second + 8, end: text.length - 1 },
    ];
    expect(await redact(text, redactions)).toBe(`Name: ${MASK}\nName: ${MASK}\n`);
  });

  it('tells on which pages a removed word still stands', async () => {
    const file = utf8('Novák was seen.\nDr Novák signed.\n');
    const done = await textFormat.redact(file, [{ page: 1, kind: 'name', start: 0, end: 5 }], false, bench);
    expect(done.notSearched).toEqual([{ what: 'removed-text-also-visible', pages: [1] }]);
  });

  it('leaves nothing of what was marked, and everything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[a-z]{3,9}$/), { minLength: 2, maxLength: 40 }), async (words) => {
        const text = `${words.map((word, index) => (index % 2 ? `Secret${index}` : word)).join(' ')}\n`;
        const redactions = [...text.matchAll(/Secret\d+/g)].map(({ index, 0: found }) => ({
          page: 1,
          kind: 'drawn' as const,
          start: index,
          end: index + found.length,
        }));
        const out = await redact(text, redactions);
        expect(out).toBe(text.replace(/Secret\d+/g, MASK));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a table of comma-separated values', () => {
  const table = 'Name;Born;Note\n"Novák; Jan";12.4.1963;"he said ""no"""\nDupont;1.1.1970;\n';

  it('is told from prose', async () => {
    expect(delimiterOf(table)).toBe(';');
    expect((await prepare(table)).format).toBe('csv');
    const prose = 'First, he came.\nThen, after a while, he went.\nNothing else, really, was said, or seen.\n';
    expect((await prepare(prose)).format).toBe('text');
  });

  it('gives each cell with the head of its column', () => {
    expect(cellsOf(table).map(({ head, start, end }) => [head, table.slice(start, end)])).toEqual([
      ['Name', 'Novák; Jan'],
      ['Born', '12.4.1963'],
      ['Note', 'he said ""no""'],
      ['Name', 'Dupont'],
      ['Born', '1.1.1970'],
    ]);
  });

  it('ends, whatever the quotes are like', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^["a;,\n]{0,80}$/), (text) => {
        for (const { start, end } of cellsOf(text)) expect(end).toBeGreaterThan(start);
      }),
    );
  });
});
