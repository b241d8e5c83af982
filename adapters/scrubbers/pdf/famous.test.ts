import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bench, Prepared } from '../format.ts';
import { pdfFormat } from './format.ts';
import { loadPdfium, type Pdfium } from './pdfium.ts';
import { jpegWith, type Part, pageWith, revise, writePdf } from './testing/planted.ts';
import { encodings, everything } from './testing/reading.ts';

// What other tools famously left in files, each by its name. Pictures are not read here.
const blind: Bench = { maxPages: 20, reader: { read: async () => undefined }, progress: () => undefined };
let pdfium: Pdfium;

beforeAll(async () => {
  pdfium = await loadPdfium();
});

const prepare = (file: Uint8Array): Promise<Prepared> => pdfFormat(pdfium).prepare(file, blind);

function textOf(file: Uint8Array): string {
  const open = pdfium.open(file);
  const text = Array.from({ length: open.pages }, (_, page) => open.text(page)).join('\n');
  open.close();
  return text;
}

const holds = (file: Uint8Array, secret: string) => {
  const all = everything(file);
  return encodings(secret).some((form) => all.includes(form));
};

async function expectGone(file: Uint8Array, secret: string): Promise<Prepared> {
  expect(holds(file, secret)).toBe(true);
  const prepared = await prepare(file);
  expect(holds(prepared.file, secret)).toBe(false);
  expect(JSON.stringify([prepared.removed, prepared.notSearched])).not.toContain(secret);
  return prepared;
}

const seen = 'BT /F1 20 Tf 20 160 Td (Seen words) Tj ET';
const secretAt = (x: number, y: number, size = 20) => `BT /F1 ${size} Tf ${x} ${y} Td (MarthaRoe) Tj ET`;

/** One page with entries of its own and more objects, which begin with number 6. */
function pageOf(entries: string, more: readonly Part[], catalog = ''): Buffer {
  return writePdf([
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${entries} >>`,
    { dict: '', stream: seen },
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...more,
  ]);
}

describe('famous failures: text that nobody sees', () => {
  const tricks: readonly (readonly [name: string, content: string])[] = [
    ['a box over living text', `${secretAt(20, 80)} 10 70 200 40 re f`],
    ['a white box over living text', `${secretAt(20, 80)} 1 g 10 70 200 40 re f`],
    ['the invisible OCR layer', `3 Tr ${secretAt(20, 80)}`],
    [
      'the OCR layer under the scan',
      `${secretAt(20, 80)} q 300 0 0 150 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID E0> EI Q`,
    ],
    ['white text', `1 g ${secretAt(20, 80)}`],
    ['tiny text', secretAt(20, 80, 1)],
    ['off-page text', secretAt(400, 80)],
    ['clipped text', `q 0 0 5 5 re W n ${secretAt(20, 80)} Q`],
  ];

  it.each(tricks)('%s', async (_, content) => {
    const prepared = await expectGone(pageWith(`${seen} ${content}`), 'MarthaRoe');
    expect(textOf(prepared.file)).toContain('Seen words');
    expect(textOf(prepared.file)).not.toContain('Martha');
    expect(Object.keys(prepared.removed).some((kind) => kind.endsWith('text'))).toBe(true);
    expect(prepared.notSearched.map(({ what }) => what)).not.toContain('rasterised');
  });

  it('a box over a part of a line', async () => {
    const file = pageWith(`${seen} BT /F1 16 Tf 20 80 Td (Report on MarthaRoe) Tj ET 92 70 200 40 re f`);
    const prepared = await expectGone(file, 'MarthaRoe');
    expect(textOf(prepared.file)).toContain('Report on');
    expect(prepared.removed).toEqual({ 'invisible-text': 1 });
  });
});

describe('famous failures: what is not on the page', () => {
  it('old revisions of incremental saves', async () => {
    const stream = '<< /Length 41 >>\nstream\nBT /F1 20 Tf 20 160 Td (Seen words) Tj ET\nendstream';
    const prepared = await expectGone(revise(pageWith(secretAt(20, 80)), 4, stream), 'MarthaRoe');
    expect(textOf(prepared.file)).toContain('Seen words');
    expect(prepared.removed['old-revision']).toBe(1);
  });

  it('an unapplied /Redact', async () => {
    const marks =
      '/Annots [<< /Type /Annot /Subtype /Redact /Rect [10 70 200 110] /OverlayText (MarthaRoe) /Contents (MarthaRoe) >>]';
    const prepared = await expectGone(pageOf(marks, []), 'MarthaRoe');
    expect(prepared.removed.annotation).toBe(1);
  });

  it.each(['FreeText', 'Stamp', 'Widget'])('the appearance of a %s is neither kept nor burned in', async (type) => {
    const appearance = {
      dict: '/Type /XObject /Subtype /Form /BBox [0 0 200 40] /Resources << /Font << /F1 5 0 R >> >>',
      stream: '0 0 200 40 re f 1 g BT /F1 20 Tf 5 10 Td (MarthaRoe) Tj ET',
    };
    const field = type === 'Widget' ? '/FT /Tx /T (name) /V (MarthaRoe)' : '/Contents (MarthaRoe)';
    const annotation = `<< /Type /Annot /Subtype /${type} /Rect [20 60 220 100] ${field} /AP << /N 6 0 R >> /F 4 >>`;
    const file = pageOf(
      '/Annots [7 0 R]',
      [appearance, annotation],
      type === 'Widget' ? '/AcroForm << /Fields [7 0 R] >>' : '',
    );
    const prepared = await expectGone(file, 'MarthaRoe');
    const open = pdfium.open(prepared.file);
    const picture = open.render(0, 300, 200) ?? new Uint8Array(0);
    open.close();
    expect([...picture.subarray((120 * 300 + 50) * 4, (120 * 300 + 50) * 4 + 3)]).toEqual([255, 255, 255]);
  });

  it('attachments', async () => {
    const file = pageOf(
      '',
      [
        { dict: '/Type /EmbeddedFile /Filter /FlateDecode', stream: deflateSync('MarthaRoe') },
        '<< /Type /Filespec /F (MarthaRoe.txt) /EF << /F 6 0 R >> >>',
      ],
      '/Names << /EmbeddedFiles << /Names [(a) 7 0 R] >> >>',
    );
    expect((await expectGone(file, 'MarthaRoe')).removed.attachment).toBe(1);
  });

  it('XFA', async () => {
    const xfa = { dict: '', stream: '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><name>MarthaRoe</name></xdp:xdp>' };
    await expectGone(pageOf('', [xfa], '/AcroForm << /Fields [] /XFA 6 0 R >>'), 'MarthaRoe');
  });

  it('bookmarks', async () => {
    const outlines = [
      '<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>',
      '<< /Title (MarthaRoe) /Parent 6 0 R /Dest [3 0 R /Fit] >>',
    ];
    expect((await expectGone(pageOf('', outlines, '/Outlines 6 0 R'), 'MarthaRoe')).removed.bookmark).toBe(1);
  });

  it('what only the second table of a hybrid file knows', async () => {
    const annotation = '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (MarthaRoe) >>';
    const packed = { dict: '/Type /ObjStm /N 1 /First 4', stream: `8 0 ${annotation}` };
    const rows = Buffer.from([2, 0, 6, 0]);
    const table = { dict: '/Type /XRef /Size 9 /W [1 2 1] /Index [8 1]', stream: rows };
    const written = pageOf('/Annots [8 0 R]', [packed, table]).toString('latin1');
    const at = String(written.indexOf('7 0 obj')).padStart(10, '0');
    const file = Buffer.from(written.replace('/Root 1 0 R', `/Root 1 0 R /XRefStm ${at}`), 'latin1');
    expect((await expectGone(file, 'MarthaRoe')).removed.annotation).toBe(1);
  });

  it('polyglots: an archive behind a PDF, and a PDF behind other bytes', async () => {
    await expectGone(Buffer.concat([pageWith(seen), Buffer.from('PK\x03\x04MarthaRoe')]), 'MarthaRoe');
    const behind = Buffer.concat([Buffer.from('MarthaRoe\n'), pageWith(seen)]);
    await expectGone(behind, 'MarthaRoe');
  });
});

describe('famous failures: pictures', () => {
  const draw = (matrix: string) => `${seen} q ${matrix} cm /X1 Do Q`;

  it('metadata in nested pictures', async () => {
    const jpeg = jpegWith([
      [0xe1, 'Exif\0\0MarthaRoe'],
      [0xfe, 'MarthaRoe'],
    ]);
    const image = {
      dict: '/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode',
      stream: jpeg,
    };
    const form = {
      dict: '/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /X2 7 0 R >> >>',
      stream: 'q 100 0 0 100 20 20 cm /X2 Do Q',
    };
    await expectGone(pageWith(draw('1 0 0 1 0 0'), '/XObject << /X1 6 0 R >>', [form, image]), 'MarthaRoe');
  });

  const grey = '/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8';
  const around: readonly (readonly [name: string, objects: readonly Part[]])[] = [
    [
      'the matte of a soft mask',
      [
        { dict: `${grey} /ColorSpace /DeviceGray /SMask 7 0 R`, stream: Buffer.alloc(64, 99) },
        { dict: `${grey} /ColorSpace /DeviceGray /Matte [(MarthaRoe)]`, stream: Buffer.alloc(64, 255) },
      ],
    ],
    [
      'words in a colour profile',
      [
        { dict: `${grey} /ColorSpace [/ICCBased 7 0 R]`, stream: Buffer.alloc(64, 99) },
        { dict: '/N 1 /Alternate /DeviceGray', stream: `${'\0'.repeat(128)}descMarthaRoe` },
      ],
    ],
    [
      'boxes of a JPEG 2000 picture',
      [
        {
          dict: `${grey} /Filter /JPXDecode`,
          stream: '\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x11xml MarthaRoe\0\0\0\x0cjp2c\xff\x4f\xff\x51',
        },
      ],
    ],
  ];

  it.each(around)('%s', async (_, objects) => {
    const prepared = await expectGone(
      pageWith(draw('100 0 0 100 20 20'), '/XObject << /X1 6 0 R >>', objects),
      'MarthaRoe',
    );
    expect(textOf(prepared.file)).toContain('Seen words');
  });

  // Samples that are letters' codes: what is left of them can be searched for.
  const words = Buffer.concat(
    Array.from({ length: 60 }, (_, row) =>
      Buffer.from(`MarthaRoe${' '.repeat(51)}${String.fromCharCode(40 + row).repeat(60)}`, 'latin1'),
    ),
  );
  const image = {
    dict: '/Type /XObject /Subtype /Image /Width 120 /Height 60 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode',
    stream: deflateSync(words),
  };
  const cut: readonly (readonly [name: string, content: string, kind: string])[] = [
    ['a picture cropped by the page', draw('240 0 0 100 -120 20'), 'cropped-picture'],
    ['a picture cropped by a clip', `${seen} q 150 0 150 150 re W n 240 0 0 100 30 20 cm /X1 Do Q`, 'cropped-picture'],
    ['a box over a part of a picture', `${draw('240 0 0 100 30 20')} 0 g 20 10 130 120 re f`, 'cropped-picture'],
    ['a box over a whole picture', `${draw('240 0 0 100 30 20')} 0 g 20 10 270 120 re f`, 'covered-picture'],
    ['a picture off the page', draw('240 0 0 100 400 20'), 'off-page-picture'],
  ];

  it.each(cut)('%s', async (_, content, kind) => {
    const prepared = await expectGone(pageWith(content, '/XObject << /X1 6 0 R >>', [image]), 'MarthaRoe');
    expect(prepared.removed[kind]).toBe(1);
    expect(textOf(prepared.file)).toContain('Seen words');
  });
});

it('words behind the samples of a picture whose colour space nothing tells', async () => {
  const words = 'Behind the samples: Roewood';
  const dict = '/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8';
  for (const space of ['', '/ColorSpace /Nowhere', '/ColorSpace [/ICCBased 4 0 R]']) {
    const file = pageWith(
      'q 20 0 0 20 20 20 cm /Im Do Q BT /F1 12 Tf 20 100 Td (Seen) Tj ET',
      '/XObject << /Im 6 0 R >>',
      [{ dict: `${dict} ${space}`, stream: `\x00\x7f\xff\x7f${words}` }],
    );
    const { file: prepared } = await prepare(file);
    expect(everything(file)).toContain(words);
    expect(everything(prepared)).not.toContain('Roewood');
  }
});
