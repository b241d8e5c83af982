import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tagIdentifiers, tagText } from './tagger.ts';

/** What is found of a kind, as text. */
function found(text: string, kind: string): string[] {
  return tagIdentifiers(text).flatMap((span) => (span.kind === kind ? [text.slice(span.start, span.end)] : []));
}

describe('the tagger', () => {
  it('finds names it cannot know by their context, in the languages it learned', () => {
    expect(
      found('Wir berichten über Herrn Tiborius Quellwasser, geb. 03.04.1951, wohnhaft in Unterhausen.', 'name').join(),
    ).toContain('Quellwasser');
    expect(found('Compte rendu validé par Dr Maxandre Quillebois le 12/03/2021 à 10:20.', 'name').join()).toContain(
      'Quillebois',
    );
    expect(found('Apellidos: Zubiquirre Oteador.\nNHC: 5566778.\nNASS: 12 34567890 11.', 'name').join()).toContain(
      'Zubiquirre',
    );
    expect(found('I reviewed this 54-year-old lady, Perpetua Wetherbottom, on 3 May 2019.', 'name').join()).toContain(
      'Wetherbottom',
    );
  });

  it.each([
    ['de', 'Die Patientin ist wach, Drain 40 ml.\n12.3. FD: mobil am Rollator, isst gut.\n13.3. ND: schläft.', '13.3'],
    ['de', 'Zi. 501 leer, wird geputzt\nZi. 503 Brommel: PTA re heute', 'Brommel'],
    ['de', 'Die Tochter kommt am Dienstag nach der Arbeit vorbei und bringt die Medikamente mit.', 'Dienstag'],
    ['en', 'She was reviewed by the team on Friday and will come back when the leg is cold.', 'Friday'],
  ])('finds in the free text of %s what no label, list or year tells: %s', (language, text, identifier) => {
    const spans = tagIdentifiers(text, [language]).map(({ start, end }) => text.slice(start, end));
    expect(spans.join('|')).toContain(identifier);
  });

  it('is sure of a sign that is called after somebody, and of no name', () => {
    const text = 'Murphy-Zeichen negativ, Appetit gut. Herr Quellmann wurde am 3. Mai entlassen.';
    const { isOutside } = tagText(text, ['de']);
    expect(isOutside(0, 'Murphy-Zeichen'.length)).toBe(true);
    expect(isOutside(text.indexOf('Quellmann'), text.indexOf(' wurde'))).toBe(false);
    expect(tagText(text).isOutside(0, 'Murphy-Zeichen'.length)).toBe(false);
  });

  it('gives possible spans that name the tagger, in order and apart', () => {
    const spans = tagIdentifiers('Patient: Nováková, Jana\nDatum: 12.03.2020\nTel.: 040 / 123 45 67\n');
    expect(spans.length).toBeGreaterThan(0);
    for (const [index, span] of spans.entries()) {
      expect(span).toMatchObject({ certainty: 'possible', rule: 'tagger' });
      expect(span.start).toBeGreaterThanOrEqual(spans[index - 1]?.end ?? 0);
    }
  });

  it('takes the abbreviation of an institution with its name', () => {
    const text = 'Fue remitido al Hospital Universitario de Quintanar (HUQX) con fiebre (HTA).';
    expect(found(text, 'institution')).toEqual(['Hospital Universitario de Quintanar (HUQX)']);
  });

  it('leaves eponyms, drugs and laboratory values', () => {
    const text = 'Morbus Crohn, Marfan-Syndrom ausgeschlossen. Ramipril 5 mg 1-0-1, Hb 13,2 g/dl, Kalium 4,1 mmol/l.';
    expect(tagIdentifiers(text)).toEqual([]);
  });

  it('never throws, and stays within the text, whatever the text holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) =>
        tagIdentifiers(text).every(({ start, end }) => start >= 0 && start < end && end <= text.length),
      ),
      { numRuns: 25 },
    );
    expect(tagIdentifiers('')).toEqual([]);
    expect(() => tagIdentifiers('A1 '.repeat(1_000))).not.toThrow();
  });
});
