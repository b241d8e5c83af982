import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { sourceOf } from './bundle/bundles.ts';
import { isBundle } from './bundle/directory.ts';
import { officeFormat } from './office/format.ts';
import { blindBench } from './pictures/testing.ts';
import { sniff } from './sniff.ts';

const oasis = 'urn:oasis:names:tc:opendocument:xmlns';
const CONTENT = `<office:document-content xmlns:office="${oasis}:office:1.0" xmlns:text="${oasis}:text:1.0"><office:body><office:text><text:p>Losartan</text:p></office:text></office:body></office:document-content>`;

/** An OpenDocument as somebody packs it who unpacked it before: its type stands where its name comes. */
function repacked(type: string, level: 0 | 6, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const parts = { 'META-INF/manifest.xml': '<m/>', 'content.xml': CONTENT, ...more };
  return zipSync({
    ...Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, bytes(text)])),
    mimetype: [bytes(`application/vnd.oasis.opendocument.${type}`), { level }],
  });
}

describe('an OpenDocument whose type is not the first of its entries', () => {
  it.each([
    ['text', 'odt'],
    ['spreadsheet', 'ods'],
    ['presentation-template', 'odp'],
  ])('is known by it, stored or deflated: %s', async (type, kind) => {
    for (const level of [0, 6] as const) {
      expect(sniff(repacked(type, level))).toBe(kind);
      expect(await isBundle(sourceOf(repacked(type, level)))).toBe(false);
    }
  });

  it('is scrubbed like every other', async () => {
    const { texts } = await officeFormat.prepare(repacked('text', 6), blindBench());
    expect(texts.map(({ text }) => text).join('')).toContain('Losartan');
  });

  it('is no bundle where its type is one that nobody scrubs', async () => {
    expect(sniff(repacked('graphics', 0))).toBe('unknown');
    expect(await isBundle(sourceOf(repacked('graphics', 0)))).toBe(false);
  });
});

describe('a bundle', () => {
  it('may hold a part of what an OpenDocument has', async () => {
    const file = zipSync({ 'content.xml': new Uint8Array(3), mimetype: new Uint8Array(3) });
    expect(sniff(file)).toBe('zip');
    expect(await isBundle(sourceOf(file))).toBe(true);
  });
});
