import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContentScope, cleanContent } from './content.ts';
import { lexer, writeName, writeString } from './lexer.ts';

function clean(content: string, scope: Partial<ContentScope> = {}): string {
  const all: ContentScope = {
    resource: (_, name) => name,
    hides: () => false,
    removed: () => undefined,
    picture: () => undefined,
    ...scope,
  };
  return Buffer.from(cleanContent(Buffer.from(content, 'latin1'), all))
    .toString('latin1')
    .trim()
    .replace(/\s+/g, ' ');
}

describe('a content stream', () => {
  it('loses comments, marks and unknown operators', () => {
    expect(clean('q % a name\n/Span <</ActualText (x)>> BDC 1 0 0 rg (x) yy EMC /T MP Q')).toBe('q 1 0 0 rg Q');
  });

  it('keeps the last operands of the right type', () => {
    expect(clean('(hidden) 7 5 w /Name 3 j')).toBe('5 w 3 j');
    expect(clean('(x) w')).toBe('0 w');
  });

  it('cannot be led by an object prototype', () =>
    expect(clean('1 constructor 2 toString 3 __proto__ 4 w')).toBe('4 w'));

  it('takes away what a layer hides, and keeps its state and clips', () => {
    const hides = (name: string) => name === 'Off';
    expect(
      clean('/OC /Off BDC 1 0 0 rg 0 0 9 9 re f BT (a) Tj ET /X Do /OC /On BDC 1 1 m 2 2 l S EMC EMC 0 0 1 1 re f', {
        hides,
      }),
    ).toBe('1 0 0 rg BT ET 0 0 1 1 re f');
    expect(clean('/OC /Off BDC 0 0 9 9 re W f EMC', { hides })).toBe('0 0 9 9 re W n');
  });

  it('drops invisible text, with the moves that belong to it', () => {
    expect(clean('BT 3 Tr (a) Tj [(b) 3] TJ (c) \' 1 2 (d) " q 0 Tr (e) Tj Q (f) Tj ET')).toBe(
      'BT 3 Tr T* 1 Tw 2 Tc T* q 0 Tr (e) Tj Q ET',
    );
  });

  it('keeps a clip that is asked for before its path', () => expect(clean('W 1 1 m 2 2 l n')).toBe('W 1 1 m 2 2 l n'));

  it('drops paths that are never painted', () => expect(clean('1 1 m 2 2 l n 3 w')).toBe('3 w'));

  it('keeps inline images whole, and drops what is around the samples', () => {
    expect(clean('BI /W 2 /H 1 /CS /G /BPC 8 /Secret (x) ID EIxx\nEI q')).toBe('BI /W 2 /H 1 /CS /G /BPC 8 ID EI EI q');
    expect(
      clean('BI /Width 4 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /AHx ID 00112233> hidden EI Q'),
    ).toBe('BI /W 4 /H 1 /CS /DeviceGray /BPC 8 /F /AHx ID 00112233> EI Q');
  });

  it('leaves nothing of an inline image that is no JPEG, whatever it is wrapped in, nor samples that nobody sees', () => {
    const cut = '\xff\xd8\xff\xfe\x00\x08Secret';
    const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex');
    const empty = 'BI /W 1 /H 1 /CS /G /BPC 8 /F /DCT ID EI Q';
    expect(clean(`BI /W 1 /H 1 /CS /G /BPC 8 /F /DCT ID ${cut} EI Q`)).toBe(empty);
    expect(clean(`BI /W 1 /H 1 /CS /G /BPC 8 /F [/AHx /DCT] ID ${hex(cut)}> EI Q`)).toBe(empty);
    const samples = deflateSync(Buffer.from('a')).toString('latin1');
    expect(clean(`BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID ${hex('aSecret')}> EI Q`)).toBe(
      `BI /W 1 /H 1 /CS /G /BPC 8 /F /Fl ID ${samples} EI Q`,
    );
  });

  it('never throws, and cleaning twice changes nothing', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'BT',
        'ET',
        'q',
        'Q',
        'Tj',
        'TJ',
        '3 Tr',
        'BI',
        'ID',
        'EI',
        '/OC /Off BDC',
        'EMC',
        '<<',
        '>>',
        '[',
        ']',
        '(',
        ')',
        '<41',
        '%x\n',
        'W',
        'n',
        're',
        'f',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[^\0-\xff]/g, '?')),
      fc.integer().map(String),
    );
    const hides = (name: string) => name === 'Off';
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const once = clean(pieces.join(' '), { hides });
        expect(clean(clean(once))).toBe(clean(once));
      }),
      { numRuns: 500 },
    );
  });
});

describe('strings and names', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const string = lexer(Buffer.from(writeString(bytes), 'latin1')).next();
        expect(string?.kind === 'string' && [...string.bytes]).toEqual([...bytes]);
        const name = String.fromCharCode(...bytes);
        expect(lexer(Buffer.from(writeName(name), 'latin1')).next()).toEqual({ kind: 'name', name });
      }),
    );
  });
});
