import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Redaction } from '../../../domain/ports.ts';
import type { Bench } from '../format.ts';
import { Refusal } from '../refusal.ts';
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

describe('a text in other writings', () => {
  const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64');

  it.each([
    ['character references', '&#81;uill&#x66;eather, Zo&euml;', 'Quillfeather, Zoë'],
    ['references of references', '&amp;amp;#81;uillfeather', 'Quillfeather'],
    ['references that lack their ends', '&#81uillfeather', 'Quillfeather'],
    ['the escapes of JSON', '{"a":"M\\u00fcller\\u0022","b":"\\ud835\\udc10x"}', '{"a":"Müller\\"","b":"𝐐x"}'],
    ['the escapes of programs', '\\x51uill\\u{66}eather \\121 %u0051 \\U00000051', 'Quillfeather Q Q Q'],
    [
      'the escapes of addresses',
      'https://x.example/?n=%51uill%66eather%20M%C3%BCller',
      'https://x.example/?n=Quillfeather Müller',
    ],
    ['quoted-printable', 'NOTE;ENCODING=QUOTED-PRINTABLE:M=C3=BC=\nller', 'NOTE;ENCODING=QUOTED-PRINTABLE:Müller'],
    [
      'words of mail headers',
      `=?utf-8?Q?=51uill?=\n =?utf-8?B?${base64('feather')}?= =?iso-8859-1?q?M=FCller_A?=`,
      'QuillfeatherMüller A',
    ],
    ['a card with folded lines', 'BEGIN:VCARD\nNOTE:Quill\n feather', 'BEGIN:VCARD\nNOTE:Quillfeather'],
    ['HL7', 'OBX|1|TX|Quill\\X66\\eather', 'OBX|1|TX|Quillfeather'],
    ['tags within words', 'Quill<b class="a>b">feather</b> came<br/>here', 'Quillfeather came here'],
    ['bold letters of Markdown', 'Quill**feather**', 'Quillfeather**'],
    [
      'escapes within escapes',
      'https://x.example/?n=%26%2381%3Buill\\u0026#102;eather',
      'https://x.example/?n=Quillfeather',
    ],
    ['a new line’s sign before a word', '{"a":"Patient:\\nquillfeather"}', '{"a":"Patient:\\n quillfeather"}'],
  ])('has %s read', (_, written, plain) => {
    const { text } = decodeText(utf8(written));
    expect(text).toBe(plain);
    expect(decodeText(utf8(text)).text).toBe(plain);
  });

  it.each([
    ['base64', base64('Quillfeather')],
    ['base64 that is filled up', base64('Quillfe')],
    ['base64 in lines', base64('Patient Severin Quillfeather came. '.repeat(9)).replace(/.{76}/g, '$&\n')],
    ['base64 of Latin', base64('Herr Müller-Wächter kam heute', 'latin1')],
    ['base64 of UTF-16', base64('Quillfeather', 'utf16le')],
    ['base64 of addresses', Buffer.from('Severin Quillfeather ?>').toString('base64url')],
    ['base64 of base64', base64(base64('Severin Quillfeather came'))],
    ['base64 in a path', `x/${base64('Severin Quillfeather')}/y`],
    ['a packed file', `data:image/png;base64,${base64('\x89PNG\r\n\x1a\n\0\0\0', 'latin1')}`],
    ['a long row', Buffer.from(Array.from({ length: 90 }, (_, index) => (index * 37 + 11) % 256)).toString('base64')],
    ['hexadecimal digits', Buffer.from('Quillfeather').toString('hex')],
  ])('has no %s left, and it is counted', (_, written) => {
    const { text, removed } = decodeText(utf8(`before\n${written}\nafter\n`));
    expect(text).toMatch(/^before\n(?:x\/\/y|\(?\)?)?\n*after\n$/);
    expect(removed['encoded']).toBeGreaterThan(0);
  });

  it.each([
    'Fe 40%50 and %96 of 100, p<0.05, a<b and c>d, HbA1c=51 n=65\n',
    'C:\\xedit\\n\\u00e4 https://www.example.org/articles/PMC1234567/A-title_of-some-Length\n',
    'Donaudampfschifffahrtsgesellschaft intracanalicular mgr/dL pO2 0612345678 4142434445 R&D AT&T; “x”\n',
    'SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 <j.doe@x.example>\n',
    'ACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGT _______________________________________________________________________________\n',
  ])('leaves as it is what only looks so: %s', (text) => {
    expect(decodeText(utf8(text))).toEqual({ text, removed: {} });
  });

  it.each([
    ['cp850', '81 84 e1 9a', 'ü ä ß Ü'],
    ['of the Macintosh', '9f 8a a7 86', 'ü ä ß Ü'],
    ['windows-1252', 'fc e4 df dc', 'ü ä ß Ü'],
  ])('reads a German letter in the code page %s', (_, bytes, letters) => {
    const by = new Map(
      letters.split(' ').map((letter, index) => [letter, Number.parseInt(bytes.split(' ')[index] ?? '', 16)]),
    );
    const german = 'Herr Müller-Wächter kam. Übrigens ist er größer, Blut für das Labor.';
    const file = Uint8Array.from(
      Array.from(german.replaceAll('ö', 'ü')),
      (letter) => by.get(letter) ?? letter.charCodeAt(0),
    );
    expect(decodeText(file).text).toBe(german.replaceAll('ö', 'ü'));
  });

  it('reads the Cyrillic code page of DOS', () => {
    const text = 'Пациентът Георги Димитров постъпва';
    const byLetter = new Map(
      Array.from({ length: 256 }, (_, byte) => [new TextDecoder('ibm866').decode(Uint8Array.of(byte)), byte]),
    );
    expect(decodeText(Uint8Array.from(Array.from(text), (letter) => byLetter.get(letter) ?? 63)).text).toBe(text);
  });

  /** What is read; undefined where it is refused as too deep. */
  const settled = (text: string) => {
    try {
      return decodeText(utf8(text)).text;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'corrupt') return undefined;
      throw error;
    }
  };

  it('refuses writings within writings without end', () => {
    const deeper = (text: string) => text.replaceAll('\\', '\\u005c').replace('Q', '\\u0051');
    const wrapped = (depth: number) => Array.from({ length: depth }).reduce<string>(deeper, 'Quillfeather');
    expect(settled(wrapped(3))).toBe('Quillfeather');
    expect(settled(wrapped(20))).toBeUndefined();
  });

  it('gives what it would give again, whatever it is given', () => {
    const pieces = fc.constantFrom(
      ...'& amp; #81; #x \\u00 51 % 26 =?utf-8?Q? =51 ?= <b> <!-- --> UXVpbGxm ZWF0aGVy = Quill \\ n " { } x / **'.split(
        ' ',
      ),
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 24 }), (parts) => {
        const once = settled(parts.join(''));
        expect(decodeText(utf8(once ?? ''))).toEqual({ text: once ?? '', removed: {} });
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['<!--', '&amp;', '\\u005c', 'a+b_', '=?a?q?', '<b ', '<b x=', '%', '\n ', 'A'.repeat(20), 'data:a/b;'])(
    'ends on very many of %j',
    (piece) => {
      const once = settled(piece.repeat(40_000));
      expect((once ?? '').length).toBeLessThanOrEqual(piece.length * 40_000);
    },
    60_000,
  );

  it('masks a known name however it was written, and leaves nothing packed beside the mask', async () => {
    const text = `Quillfeather!x${base64('Severin Quillfeather')}\n`;
    const out = await redact(text, [{ page: 1, kind: 'name', start: 0, end: 14 }]);
    expect(out).toBe(`${MASK}\n`);
  });
});
