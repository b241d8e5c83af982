import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scrubber, ScrubOutcome } from '../../domain/ports.ts';
import { dice } from '../../domain/seeded.ts';
import { loadPdfium, type Pdfium } from './pdf/pdfium.ts';
import { jpegWith, pageWith, plantedPdf, revise, writePdf } from './pdf/testing/planted.ts';
import { encodings, everything } from './pdf/testing/reading.ts';
import { createScrubber } from './scrubber.ts';

let scrubber: Scrubber;
let pdfium: Pdfium;

beforeAll(async () => {
  scrubber = createScrubber();
  pdfium = await loadPdfium();
});
afterAll(() => scrubber.close());

async function scrubbed(file: Uint8Array): Promise<Extract<ScrubOutcome, { outcome: 'scrubbed' }>> {
  const outcome = await scrubber.scrub(file, { redact: 'none' });
  if (outcome.outcome !== 'scrubbed') throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.params)}`);
  return outcome;
}

function textOf(file: Uint8Array): string {
  const pdf = pdfium.open(file);
  const text = Array.from({ length: pdf.pages }, (_, page) => pdf.text(page)).join('\n');
  pdf.close();
  return text;
}

describe('hidden texts', () => {
  const planted = plantedPdf();
  let out: Awaited<ReturnType<typeof scrubbed>>;
  let all: string;
  beforeAll(async () => {
    out = await scrubbed(planted.file);
    all = everything(out.file);
  });

  it('hides more than 200 of them', () => expect(planted.hidden.size).toBeGreaterThan(200));

  it('hides them where this test can see them', () => {
    const before = everything(planted.file);
    const unseen = [...planted.hidden].filter(([, text]) => !encodings(text).some((form) => before.includes(form)));
    expect(unseen.map(([place]) => place)).toEqual([]);
  });

  it('leaves none in the bytes or in any stream', () => {
    const left = [...planted.hidden].filter(([, text]) => encodings(text).some((form) => all.includes(form)));
    expect(left.map(([place]) => place)).toEqual([]);
  });

  it('keeps what the page shows, as text and as a picture', () => {
    for (const text of planted.shown) expect(textOf(out.file)).toContain(text);
    expect(out.report.notSearched).toEqual([]);
  });

  it('tells kinds and counts, never a value', () => {
    expect(out.report.removed).toMatchObject({
      annotation: 26,
      'form-field': expect.any(Number),
      attachment: 1,
      layer: 2,
      script: expect.any(Number),
      bookmark: 1,
      signature: 1,
      'trailing-data': 1,
      'invisible-text': 2,
    });
    const report = JSON.stringify(out.report);
    for (const text of planted.hidden.values()) expect(report).not.toContain(text);
  });

  it('gives the same bytes for the same bytes', async () => {
    expect(Buffer.from((await scrubbed(planted.file)).file).equals(Buffer.from(out.file))).toBe(true);
  });

  it('finds nothing to take out of its own output', async () => {
    const again = await scrubbed(out.file);
    expect(again.report.removed).toEqual({});
    expect(Buffer.from(again.file).equals(Buffer.from(out.file))).toBe(true);
  });
});

describe('famous failures', () => {
  it('old revisions of incremental saves', async () => {
    const file = revise(
      pageWith('BT /F1 20 Tf 20 100 Td (FormerPatientName) Tj ET'),
      4,
      '<< /Length 43 >>\nstream\nBT /F1 20 Tf 20 100 Td (Current words) Tj ET\nendstream',
    );
    const out = await scrubbed(file);
    expect(textOf(out.file)).toContain('Current words');
    expect(everything(out.file)).not.toContain('FormerPatientName');
    expect(out.report.removed['old-revision']).toBe(1);
  });

  it('the invisible text layer of a scan', async () => {
    const out = await scrubbed(
      pageWith(
        'q 300 0 0 200 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q BT 3 Tr /F1 12 Tf 10 100 Td (MarthaOcr) Tj 0 -20 Td (SecondLine) Tj ET',
      ),
    );
    expect(everything(out.file)).not.toMatch(/MarthaOcr|SecondLine/);
    expect(out.report.removed['invisible-text']).toBe(2);
  });

  it('invisible text that moves what follows it on its line makes the page a picture', async () => {
    const out = await scrubbed(pageWith('BT /F1 24 Tf 10 100 Td 3 Tr (InvisibleWords) Tj 0 Tr (seen) Tj ET'));
    expect(everything(out.file)).not.toContain('InvisibleWords');
    expect(out.report.notSearched).toContainEqual({ what: 'rasterised', pages: [1] });
  });

  it('comment, stamp and form-field appearances are not burned into the page', async () => {
    const file = pageWith('BT /F1 20 Tf 20 100 Td (Page) Tj ET', '', []);
    const annotated = Buffer.from(
      file
        .toString('latin1')
        .replace(
          '/MediaBox [0 0 300 200]',
          '/MediaBox[0 0 300 200]/Annots[<</Type/Annot/Subtype/FreeText/Rect[9 9 90 40]/Contents(StampedWord)/DA(/Helv 12 Tf)>>]',
        ),
      'latin1',
    );
    const out = await scrubbed(annotated);
    expect(everything(out.file)).not.toContain('StampedWord');
    expect(out.report.removed.annotation).toBe(1);
    expect(out.report.notSearched.map(({ what }) => what)).not.toContain('rasterised');
  });

  it('a removed text that the page also shows is told with its page, not with its words', async () => {
    const file = writePdf(
      [
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
        { dict: '', stream: 'BT /F1 20 Tf 20 100 Td (Report on Jane Roe) Tj ET' },
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
        '<< /Title (Jane Roe) >>',
      ],
      '/Info 6 0 R',
    );
    const out = await scrubbed(file);
    expect(out.report.notSearched).toContainEqual({ what: 'removed-text-also-visible', pages: [1] });
    expect(JSON.stringify(out.report)).not.toContain('Jane');
  });

  it('a picture with a PDF behind it, and a PDF with an archive behind it', async () => {
    const pdf = pageWith('BT /F1 20 Tf 20 100 Td (Words) Tj ET');
    expect(await scrubber.scrub(jpegWith([[0xfe, pdf.toString('latin1')]]))).toMatchObject({ reason: 'polyglot' });
    const out = await scrubbed(Buffer.concat([pdf, Buffer.from('PK\x03\x04HiddenArchive')]));
    expect(everything(out.file)).not.toContain('HiddenArchive');
    expect(out.report.removed['trailing-data']).toBe(1);
  });
});

describe('what cannot be copied', () => {
  it('becomes a picture of the page: content nested too deep', async () => {
    const deep = Array.from({ length: 6_000 }, (_, depth) => ({
      dict: `/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /N ${7 + depth} 0 R >> >>`,
      stream: depth === 5_999 ? '0 0 30 20 re f' : '/N Do',
    }));
    const out = await scrubbed(pageWith('0 0 99 99 re f /N Do', '/XObject << /N 6 0 R >>', deep));
    expect(out.report.notSearched).toContainEqual({ what: 'rasterised', pages: [1] });
    const before = PNG.sync.read(Buffer.from(await scrubber.picture(pageWith('0 0 99 99 re f'), 1, 150)));
    const after = PNG.sync.read(Buffer.from(await scrubber.picture(out.file, 1, 150)));
    expect(after.data.filter((value, at) => Math.abs(value - (before.data[at] ?? 0)) > 32).length).toBeLessThan(600);
  });
});

describe('damaged files', () => {
  it('are scrubbed or refused, and never give away what was hidden', async () => {
    const { file, hidden } = plantedPdf();
    // Text that damage makes part of the page is no longer hidden: only what is not drawn counts.
    const undrawn = [...hidden].filter(([place]) =>
      /^(?:Info|JPEG|Text|bookmark|signer|field|page|unreferenced)/.test(place),
    );
    const roll = dice(7);
    const ends = new Set<string>();
    const left: string[] = [];
    for (let round = 0; round < 40; round++) {
      const broken = Buffer.from(file);
      for (let hit = 0; hit < 12; hit++) broken[20 + roll(broken.length - 20)] = roll(256);
      const outcome = await scrubber.scrub(broken.subarray(0, round % 4 === 0 ? roll(broken.length) : broken.length));
      ends.add(outcome.outcome === 'refused' ? outcome.reason : 'scrubbed');
      const all = outcome.outcome === 'scrubbed' ? everything(outcome.file) : '';
      left.push(...undrawn.filter(([, text]) => all.includes(text)).map(([place]) => place));
    }
    expect(left).toEqual([]);
    expect(
      [...ends].filter((end) => !['scrubbed', 'corrupt', 'password', 'not-verified', 'memory'].includes(end)),
    ).toEqual([]);
    expect(ends).toContain('scrubbed');
  }, 60_000);
});

describe('bounds', () => {
  it('refuses what it does not take, by its bytes', async () => {
    const kinds: [string, Uint8Array][] = [
      ['empty', Buffer.alloc(0)],
      ['gif', Buffer.from('GIF89a')],
      ['rtf', Buffer.from('{\\rtf1 x}')],
      ['html', Buffer.from('<!DOCTYPE html><p>%PDF-1.4')],
      [
        'svg',
        Buffer.from('<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"><text>Jo</text></svg>'),
      ],
      ['xml', Buffer.from('<ClinicalDocument xmlns="urn:hl7-org:v3"><name>Jo</name></ClinicalDocument>')],
      ['mail', Buffer.from('From: a@b.example\r\nSubject: x\r\n y\r\nMIME-Version: 1.0\r\n\r\nSm8=')],
      ['postscript', Buffer.from('%!PS-Adobe-3.0\n(Jo) show')],
      ['unknown', Buffer.from('00010203fffe', 'hex')],
    ];
    for (const [kind, file] of kinds)
      expect(await scrubber.scrub(file)).toMatchObject({ reason: 'unknown-kind', params: { kind } });
    expect(await scrubber.scrub(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toMatchObject({ reason: 'old-office' });
    expect(await scrubber.scrub(Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]))).toMatchObject({
      reason: 'corrupt',
    });
    const damaged = Buffer.from('PK\x03\x04xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxword/document.xml');
    expect(await scrubber.scrub(damaged)).toMatchObject({ reason: 'corrupt' });
  });

  it('refuses too many bytes and too many pages', async () => {
    const small = createScrubber({ maxBytes: 5_000, maxPages: 3 });
    expect(await small.scrub(Buffer.alloc(5_001))).toMatchObject({ reason: 'too-large' });
    const many = writePdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 4 /Kids [3 0 R 4 0 R 5 0 R 6 0 R] >>',
      ...Array.from({ length: 4 }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>'),
    ]);
    expect(await small.scrub(many)).toEqual({
      outcome: 'refused',
      reason: 'too-many-pages',
      params: { pages: 4, limit: 3 },
    });
    await small.close();
  });

  it('refuses damaged files', async () => {
    expect(await scrubber.scrub(Buffer.from('%PDF-1.7\nnothing'))).toEqual({
      outcome: 'refused',
      reason: 'corrupt',
    });
  });

  it('ends a child that takes too long, and goes on', async () => {
    const quick = createScrubber({ timeMs: 3_000, workers: 1 });
    const lines = Array.from({ length: 90 }, (_, line) => `(Line ${line}: the aortic root is ${line} mm wide.) Tj T*`);
    const slow = writePdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Count 500 /MediaBox [0 0 600 900] /Kids [${Array.from({ length: 500 }, (_, page) => `${page + 5} 0 R`).join(' ')}] >>`,
      { dict: '', stream: `BT /F1 8 Tf 9 TL 20 880 Td ${lines.join('\n')} ET` },
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      ...Array.from(
        { length: 500 },
        () => '<< /Type /Page /Parent 2 0 R /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >>',
      ),
    ]);
    expect(await quick.scrub(slow)).toEqual({ outcome: 'refused', reason: 'time' });
    expect(await quick.scrub(pageWith('0 0 9 9 re f'))).toMatchObject({ outcome: 'scrubbed' });
    await quick.close();
  });

  it('refuses a decompression bomb before memory runs over', async () => {
    const bomb = deflateSync(Buffer.alloc(400 * 1024 * 1024, 32));
    const twice = deflateSync(bomb);
    for (const [filter, stream] of [
      ['/FlateDecode', bomb],
      ['[/FlateDecode /FlateDecode]', twice],
    ] as const) {
      const file = writePdf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R >>',
        { dict: `/Filter ${filter}`, stream },
      ]);
      expect(await scrubber.scrub(file)).toMatchObject({ outcome: 'refused', reason: 'memory' });
    }
  }, 60_000);

  it('ends a child that takes more memory than it may', async () => {
    const tight = createScrubber({ memoryBytes: 60 * 1024 * 1024 });
    expect(await tight.scrub(plantedPdf().file)).toEqual({ outcome: 'refused', reason: 'memory' });
    await tight.close();
  });

  it('replaces children that have done their share, several at a time', async () => {
    const short = createScrubber({ jobsPerChild: 2 });
    const outcomes = await Promise.all(
      Array.from({ length: 7 }, (_, index) => short.scrub(pageWith(`${index} 0 9 9 re f`))),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(7).fill('scrubbed'));
    await short.close();
    await expect(short.scrub(pageWith('n'))).rejects.toThrow('closed');
  });
});

describe('picture', () => {
  it('draws a page on opaque white', async () => {
    const png = PNG.sync.read(Buffer.from(await scrubber.picture(pageWith('0 0 150 200 re f'), 1, 300)));
    expect([png.width, png.height]).toEqual([300, 200]);
    expect([...png.data.subarray(0, 4)]).toEqual([0, 0, 0, 255]);
    expect([...png.data.subarray(299 * 4, 300 * 4)]).toEqual([255, 255, 255, 255]);
  });

  it('throws where there is no such page', async () => {
    await expect(scrubber.picture(pageWith('n'), 2, 300)).rejects.toThrow('no-such-page');
  });
});
