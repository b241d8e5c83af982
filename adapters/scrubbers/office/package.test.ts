import { crc32, deflateRawSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { blindBench } from '../pictures/testing.ts';
import { Refusal } from '../refusal.ts';
import { officeFormat } from './format.ts';
import { leftIn, type Planted } from './testing/planted.ts';
import { plantedDocx } from './testing/planted-docx.ts';
import { plantedPptx } from './testing/planted-pptx.ts';
import { plantedXlsx } from './testing/planted-xlsx.ts';

type Entry = readonly [name: string, bytes: Uint8Array];

interface Zipping {
  /** Sizes and checksum stand behind the data (APPNOTE 4.3.9), as programs that write streams leave them. */
  readonly descriptors?: boolean;
  readonly before?: Uint8Array;
  readonly comment?: string;
}

/** A zip by hand: what a library would not write. */
function zipped(entries: readonly Entry[], { descriptors = false, before, comment = '' }: Zipping = {}): Uint8Array {
  const pieces: Uint8Array[] = before ? [before] : [];
  const directory: Uint8Array[] = [];
  let at = before?.length ?? 0;
  for (const [name, bytes] of entries) {
    const [label, packed, sum] = [Buffer.from(name), deflateRawSync(bytes), crc32(bytes)];
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE((descriptors ? 8 : 0) | 0x800, 2);
    fields.writeUInt16LE(8, 4);
    const local = Buffer.from(fields);
    for (const [one, isLocal] of [
      [local, true],
      [fields, false],
    ] as const) {
      const known = !(isLocal && descriptors);
      one.writeUInt32LE(known ? sum : 0, 10);
      one.writeUInt32LE(known ? packed.length : 0, 14);
      one.writeUInt32LE(known ? bytes.length : 0, 18);
      one.writeUInt16LE(label.length, 22);
    }
    const behind = Buffer.alloc(descriptors ? 16 : 0);
    if (descriptors) {
      behind.write('PK\x07\x08', 'latin1');
      behind.writeUInt32LE(sum, 4);
      behind.writeUInt32LE(packed.length, 8);
      behind.writeUInt32LE(bytes.length, 12);
    }
    const made = [Buffer.from('PK\x03\x04', 'latin1'), local, label, packed, behind];
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const version = Buffer.from([20, 0]);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), version, fields, place, label]));
    pieces.push(...made);
    at += made.reduce((sum, one) => sum + one.length, 0);
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, one) => sum + one.length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...pieces, ...directory, end, Buffer.from(comment)]);
}

const partsOf = ({ file }: Planted): Entry[] => Object.entries(unzipSync(file));
const changed = (entries: readonly Entry[], change: (text: string, name: string) => string): Entry[] =>
  entries.map(([name, bytes]): Entry => {
    if (!/\.(?:xml|rels)$/.test(name)) return [name, bytes];
    return [name, new TextEncoder().encode(change(new TextDecoder().decode(bytes), name))];
  });

/** What is left of a planted file's hidden strings and lost of its visible ones, or why it was refused. */
async function outcome(planted: Planted, file: Uint8Array): Promise<string | readonly string[]> {
  try {
    const { file: made, texts } = await officeFormat.prepare(file, blindBench());
    const said = texts.map(({ text }) => text).join('\n');
    return [...leftIn(made, planted.hidden), ...planted.visible.filter((one) => !said.includes(one))];
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const makers = [
  ['Word', plantedDocx],
  ['Excel', plantedXlsx],
  ['PowerPoint', plantedPptx],
] as const;

/** Packages that are right, though no program that we know writes them so. */
const STRANGE: readonly (readonly [name: string, make: (entries: Entry[]) => Uint8Array])[] = [
  ['with sizes behind the data', (entries) => zipped(entries, { descriptors: true })],
  [
    'with bytes before it and a comment behind',
    (entries) => zipped(entries, { before: Buffer.from('ZqBefore'), comment: 'ZqZipComment' }),
  ],
  ['with its entries in the other order', (entries) => zipped(entries.toReversed())],
  ['with part names in capitals', (entries) => zipped(entries.map(([name, bytes]) => [name.toUpperCase(), bytes]))],
  [
    'with other prefixes for relations',
    (entries) =>
      zipped(
        changed(entries, (text, name) =>
          name.endsWith('.rels')
            ? text
                .replace('<Relationships xmlns=', '<q:Relationships xmlns:q=')
                .replaceAll('<Relationship ', '<q:Relationship ')
                .replace('</Relationships>', '</q:Relationships>')
            : text.replaceAll('xmlns:r=', 'xmlns:q9=').replace(/(?<=\s)r:(?=\w+=")/g, 'q9:'),
        ),
      ),
  ],
  [
    'with absolute targets of relations',
    (entries) =>
      zipped(
        changed(entries, (text, name) => {
          if (!name.endsWith('.rels')) return text;
          const folder = name.replace(/_rels\/[^/]*$/, '');
          return text.replace(/ Target="(?!\w+:)([^"]*)"/g, (_, target: string) => {
            return ` Target="${new URL(target, `file:///${folder}`).pathname}"`;
          });
        }),
      ),
  ],
  [
    'in UTF-16',
    (entries) =>
      zipped(
        entries.map(([name, bytes]): Entry => {
          if (!/\.(?:xml|rels)$/.test(name)) return [name, bytes];
          const text = new TextDecoder().decode(bytes).replace(/^<\?xml[^>]*\?>\s*/, '');
          return [name, Buffer.from(`\uFEFF${text}`, 'utf16le')];
        }),
      ),
  ],
  [
    'of the strict kind',
    (entries) =>
      zipped(
        changed(entries, (text) =>
          text
            .replaceAll(
              /http:\/\/schemas\.openxmlformats\.org\/(\w+)\/2006\/(?=main|chart|picture|diagram|wordprocessingDrawing|spreadsheetDrawing)/g,
              'http://purl.oclc.org/ooxml/$1/',
            )
            .replaceAll(
              'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
              'http://purl.oclc.org/ooxml/officeDocument/relationships',
            ),
        ),
      ),
  ],
];

const REFUSED: readonly (readonly [name: string, code: string, make: (entries: Entry[]) => Uint8Array])[] = [
  ['with an entry twice', 'zip-names', (entries) => zipped([...entries, entries.at(-1) as Entry])],
  ['with a path that climbs', 'zip-names', (entries) => zipped([...entries, ['../../out.xml', new Uint8Array(1)]])],
  ['with a path of another system', 'zip-names', (entries) => zipped([...entries, ['C:\\out.xml', new Uint8Array(1)]])],
  ['with an absolute path', 'zip-names', (entries) => zipped([...entries, ['/etc/out.xml', new Uint8Array(1)]])],
  ['without content types', 'corrupt', (entries) => zipped(entries.filter(([name]) => name !== '[Content_Types].xml'))],
  [
    'whose main part is of no known type',
    'unknown-kind',
    (entries) =>
      zipped(
        changed(entries, (text, name) =>
          name === '[Content_Types].xml' ? text.replaceAll(/<Override[^>]*>/g, '') : text,
        ),
      ),
  ],
  [
    'whose main part lies outside',
    'unknown-kind',
    (entries) =>
      zipped(
        changed(entries, (text, name) =>
          name === '_rels/.rels' ? text.replaceAll('Target="', 'Target="../../') : text,
        ),
      ),
  ],
  ['that ends in its middle', 'corrupt', (entries) => zipped(entries).subarray(0, 4000)],
];

describe.each(makers)('a package of %s', (_, make) => {
  it.each(STRANGE)('%s is scrubbed like the usual one', async (_name, packed) => {
    const planted = await make();
    expect(await outcome(planted, packed(partsOf(planted)))).toEqual([]);
  });

  it.each(REFUSED)('%s is refused: %s', async (_name, code, packed) => {
    const planted = await make();
    expect(await outcome(planted, packed(partsOf(planted)))).toBe(code);
  });
});
