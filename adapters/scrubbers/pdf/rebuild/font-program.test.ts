import { describe, expect, it } from 'vitest';
import { cleanFontProgram } from './font-program.ts';

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

function sfnt(tables: readonly (readonly [tag: string, body: Buffer])[]): Buffer {
  const head = Buffer.alloc(12 + tables.length * 16);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(tables.length, 4);
  const bodies: Buffer[] = [];
  let at = head.length;
  for (const [index, [tag, body]] of tables.entries()) {
    head.write(tag, 12 + index * 16, 'latin1');
    head.writeUInt32BE(at, 12 + index * 16 + 8);
    head.writeUInt32BE(body.length, 12 + index * 16 + 12);
    bodies.push(body);
    at += body.length;
  }
  return Buffer.concat([head, ...bodies]);
}

const index = (...items: readonly (string | Buffer)[]): Buffer => {
  if (items.length === 0) return Buffer.from([0, 0]);
  const bodies = items.map((item) => Buffer.from(item as string, 'latin1'));
  let at = 1;
  const offsets = [1, ...bodies.map((body) => (at += body.length))];
  return Buffer.concat([Buffer.from([0, items.length, 1, ...offsets]), ...bodies]);
};
/** A DICT operand of five bytes. */
const number = (value: number) => Buffer.from([29, 0, 0, value >> 8, value & 255]);

/** A CFF font with two glyphs, the second called `glyph`, and a notice. */
function cff(glyph: string, notice: string, name: string): Buffer {
  const strings = index(glyph, notice);
  const [names, size] = [index(name), 5 + 1 + 5 + 1 + 5 + 1];
  const charset = 4 + names.length + (2 + 1 + 2 + size) + strings.length + 2;
  const top = Buffer.concat([
    number(392),
    Buffer.from([1]),
    number(charset),
    Buffer.from([15]),
    number(charset + 3),
    Buffer.from([17]),
  ]);
  const charStrings = index(Buffer.from([14]), Buffer.from([14]));
  const parts = [
    Buffer.from([1, 0, 4, 1]),
    names,
    index(top),
    strings,
    index(),
    Buffer.from([0, 391 >> 8, 391 & 255]),
    charStrings,
  ];
  return Buffer.concat(parts);
}

describe('cleanFontProgram', () => {
  it('drops the tables of a TrueType font that drawing does not need', () => {
    const vendor = Buffer.alloc(78);
    vendor.write('ROES', 58, 'latin1');
    const font = sfnt([
      ['OS/2', vendor],
      ['glyf', Buffer.from('outlines')],
      ['name', Buffer.from('Martha Roe')],
      ['priv', Buffer.from('MarthaRoe')],
    ]);
    const clean = cleanFontProgram(font);
    expect(textOf(clean)).toContain('outlines');
    expect(textOf(clean)).not.toMatch(/Martha|ROES|name|priv/);
    expect(Buffer.from(clean).readUInt16BE(4)).toBe(2);
  });

  it('points at each table where it stands', () => {
    const clean = Buffer.from(
      cleanFontProgram(
        sfnt([
          ['name', Buffer.from('x')],
          ['glyf', Buffer.from('outline')],
          ['loca', Buffer.from('place')],
        ]),
      ),
    );
    const bodies = [0, 1].map((row) => {
      const [from, length] = [clean.readUInt32BE(12 + row * 16 + 8), clean.readUInt32BE(12 + row * 16 + 12)];
      return clean.toString('latin1', from, from + length);
    });
    expect(bodies).toEqual(['outline', 'place']);
  });

  it('blanks the name and the notices of a CFF font, and keeps the names of its glyphs', () => {
    const font = cff('smallbeta', 'Made by Martha Roe', 'MarthaRoe-Bold');
    const clean = cleanFontProgram(font);
    expect(textOf(clean)).not.toContain('Martha');
    expect(textOf(clean)).toContain('smallbeta');
    expect(clean.length).toBe(font.length);
  });

  it('blanks a CFF font inside of an OpenType font', () => {
    const font = sfnt([['CFF ', cff('smallbeta', 'Made by Martha Roe', 'MarthaRoe-Bold')]]);
    expect(textOf(cleanFontProgram(font))).not.toContain('Martha');
  });

  it('blanks the strings, the comments and the name of a Type 1 font, and moves nothing', () => {
    const font =
      '%!PS-AdobeFont-1.0: MarthaRoe 1.0\n%%Title: MarthaRoe\n/FontInfo 3 dict dup begin\n/FullName (Martha (Jane) Roe \\) x) readonly def\nend\n/FontName /MarthaRoe def\n/Encoding 256 array\ndup 65 /smallbeta put\ncurrentfile eexec\n\x01\x02(kept';
    const clean = textOf(cleanFontProgram(Buffer.from(font, 'latin1')));
    expect(clean).not.toMatch(/Martha|Jane|Roe/);
    expect(clean).toMatch(/^%!PS-AdobeFont-1\.0/);
    expect(clean).toContain('dup 65 /smallbeta put');
    expect(clean.endsWith('eexec\n\x01\x02(kept')).toBe(true);
    expect(clean.length).toBe(font.length);
  });

  it('writes zeros over what stands in place of a Type 1 font’s last part', () => {
    const zeros = `${'0'.repeat(64)}\n`.repeat(8);
    const font = `%!PS-AdobeFont-1.0: F\ncurrentfile eexec\n\x01\x02${zeros}MarthaRoe cleartomark`;
    expect(textOf(cleanFontProgram(Buffer.from(font, 'latin1')))).not.toContain('Martha');
  });

  it('gives back what it does not know, or cannot read', () => {
    for (const other of [
      '',
      'none',
      '\x01\x00\x04\x01\x00\x09',
      '\x00\x01\x00\x00\x00\x09\x00\x00\x00\x00\x00\x00\x00',
    ])
      expect(() => cleanFontProgram(Buffer.from(other, 'latin1'))).not.toThrow();
  });
});
