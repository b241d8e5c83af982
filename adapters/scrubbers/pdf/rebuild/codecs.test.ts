import { describe, expect, it } from 'vitest';
import { jpegWith } from '../testing/planted.ts';
import { cleanCalculator, cleanCMap } from './cmap.ts';
import { cleanJbig2, cleanJpx } from './codecs.ts';
import { decodeFilter, unpredict } from './filters.ts';
import { cleanJpeg } from './jpeg.ts';

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');
const sized = (type: string, body: string) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 8);
  return length.toString('latin1') + type + body;
};

describe('pictures', () => {
  it('JPEG: loses APPn, COM and what follows the end, keeps 12 bytes of Adobe', () => {
    const before = jpegWith([
      [0xe0, 'JFIF\0secret'],
      [0xfe, 'secret'],
      [0xee, 'Adobe\0\x64\x01\x02\x03\x04\x01secret'],
    ]);
    const clean = cleanJpeg(Buffer.concat([before, Buffer.from('secret')]));
    expect(text(clean?.data)).not.toContain('secret');
    expect(text(clean?.data)).toContain('Adobe\0d\0\0\0\0\x01');
    expect(clean?.dropped).toBe(3);
    expect(cleanJpeg(Buffer.from('no picture'))).toBeUndefined();
  });

  it('JPEG 2000: loses boxes and comments', () => {
    const stream = '\xff\x4f\xff\x64\0\x08secret\xff\x90rest';
    const file = sized('jP  ', 'sign') + sized('xml ', 'secret') + sized('uuid', 'secret') + sized('jp2c', stream);
    const clean = cleanJpx(Buffer.from(file, 'latin1'));
    expect(text(clean?.data)).toBe(sized('jP  ', 'sign') + sized('jp2c', '\xff\x4f\xff\x90rest'));
    expect(clean?.dropped).toBe(3);
  });

  it('JBIG2: loses extension segments', () => {
    const segment = (type: number, body: string) =>
      `\0\0\0\x01${String.fromCharCode(type)}\0\x01\0\0\0${String.fromCharCode(body.length)}${body}`;
    const clean = cleanJbig2(Buffer.from(segment(48, 'page') + segment(62, 'secret') + segment(49, ''), 'latin1'));
    expect(text(clean.data)).toBe(segment(48, 'page') + segment(49, ''));
  });
});

describe('tables', () => {
  it('CMap: keeps mappings only', () => {
    const clean = text(
      cleanCMap(
        Buffer.from(
          '% secret\n/CMapName /Secret def (secret) pop 1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfchar <01> <0041> (a) 5 endbfchar 1 beginbfrange <02> <03> [<0042> <0043>] endbfrange',
        ),
        'Adobe',
        'UCS',
      ),
    );
    expect(clean).not.toMatch(/secret/i);
    expect(clean).toContain('1 beginbfrange\n<02> <03> [<0042> <0043>]');
  });

  it('calculator: keeps operators only', () => {
    expect(text(cleanCalculator(Buffer.from('{ % secret\n 2 secret mul dup (secret) }')))).toBe('{ 2 mul dup }');
  });
});

describe('filters', () => {
  const decode = (name: string, data: string) =>
    text(decodeFilter({ name, params: {} }, Buffer.from(data, 'latin1')).data);

  it('decode what the specification shows', () => {
    expect(decode('ASCIIHexDecode', '48 65 6C 6C 6F>')).toBe('Hello');
    expect(decode('ASCII85Decode', '87cURD]i,"Ebo80~>')).toBe('Hello World!');
    expect(decode('RunLengthDecode', '\x02abc\xfed\x80zz')).toBe('abcddd');
    // PDF 32000-1, 7.4.4.2, example 2.
    expect(decode('LZWDecode', '\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01')).toBe(
      '\x2d\x2d\x2d\x2d\x2d\x41\x2d\x2d\x2d\x42',
    );
  });

  it('undo predictors', () => {
    expect([...unpredict(Uint8Array.of(2, 1, 2, 2, 1, 1), { Predictor: 12, Columns: 2 })]).toEqual([1, 2, 2, 3]);
    expect([...unpredict(Uint8Array.of(1, 1, 1, 5, 1, 1), { Predictor: 2, Columns: 3 })]).toEqual([1, 2, 3, 5, 6, 7]);
  });
});
