import { describe, expect, it } from 'vitest';
import { blindBench } from '../../pictures/testing.ts';
import { MASK } from '../../text/format.ts';
import { officeFormat } from '../format.ts';
import { contentTypes, leftIn, namespacesOf, packed, relations, XML } from '../testing/planted.ts';

const main = 'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

/** A document of one body. */
function document(body: string, more: Readonly<Record<string, string>> = {}, type = main): Uint8Array {
  return packed({
    '[Content_Types].xml': contentTypes({ 'word/document.xml': type }),
    '_rels/.rels': relations(['rId1', 'officeDocument', 'word/document.xml']),
    'word/document.xml': `${XML}<w:document ${namespacesOf('w', 'r')}><w:body>${body}</w:body></w:document>`,
    ...more,
  });
}
const runs = (...texts: readonly string[]) =>
  `<w:p>${texts.map((one) => `<w:r><w:t xml:space="preserve">${one}</w:t></w:r>`).join('')}</w:p>`;

describe('redacting a Word document', () => {
  it('takes a name out that is split over five runs, and nothing beside it', async () => {
    const { file, texts } = await officeFormat.prepare(
      document(runs('Seen: Ja', 'ne', ' ', 'Roew', 'ood today')),
      blindBench(),
    );
    const said = texts[0]?.text ?? '';
    expect(said).toBe('Seen: Jane Roewood today\n');
    const start = said.indexOf('Jane');
    const redactions = [{ page: 1, kind: 'name' as const, start, end: start + 'Jane Roewood'.length }];
    const done = await officeFormat.redact(file, redactions, false, blindBench());
    expect(await officeFormat.text?.(done.file, 1)).toBe(`Seen: ${MASK} today\n`);
    expect(leftIn(done.file, ['Jane', 'Roew'])).toEqual([]);
    expect(done.notSearched).toEqual([]);
  });

  it('masks several places of one page, from its first to its last', async () => {
    const { file, texts } = await officeFormat.prepare(
      document(runs('Ann and Bob', ' met Ann') + runs('Bob left')),
      blindBench(),
    );
    const said = texts[0]?.text ?? '';
    const redactions = [...said.matchAll(/Ann|Bob/g)].map(({ index }) => ({
      page: 1,
      kind: 'name' as const,
      start: index,
      end: index + 3,
    }));
    const done = await officeFormat.redact(file, redactions, false, blindBench());
    expect(await officeFormat.text?.(done.file, 1)).toBe(`${MASK} and ${MASK} met ${MASK}\n${MASK} left\n`);
  });

  it('tells where a removed text still stands', async () => {
    const { file } = await officeFormat.prepare(document(runs('Roewood') + runs('Roewood')), blindBench());
    const done = await officeFormat.redact(file, [{ page: 1, kind: 'name', start: 0, end: 7 }], false, blindBench());
    expect(done.notSearched).toEqual([{ what: 'removed-text-also-visible', pages: [1] }]);
  });

  it('refuses a page that there is not, and a box on a page of text', async () => {
    const { file } = await officeFormat.prepare(document(runs('a')), blindBench());
    await expect(
      officeFormat.redact(file, [{ page: 2, kind: 'name', start: 0, end: 1 }], false, blindBench()),
    ).rejects.toThrow('no-such-page');
    const boxes = [{ left: 0, top: 0, width: 1, height: 1 }];
    await expect(officeFormat.redact(file, [{ page: 1, kind: 'drawn', boxes }], false, blindBench())).rejects.toThrow(
      'not-verified',
    );
    await expect(officeFormat.redact(file, [], true, blindBench())).rejects.toThrow('flatten-office');
  });

  it('refuses to redact what was not prepared', async () => {
    const raw = document('<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>');
    await expect(officeFormat.redact(raw, [], false, blindBench())).rejects.toThrow('not-verified');
  });
});

describe('a Word document', () => {
  it('says letters that were put in as symbols', async () => {
    const symbols = ['004A', 'F061', '006E', '0065'].map(
      (code) => `<w:r><w:sym w:font="Arial" w:char="${code}"/></w:r>`,
    );
    const other = '<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>';
    const { file, texts } = await officeFormat.prepare(
      document(`<w:p>${symbols.join('')}${other}</w:p>`),
      blindBench(),
    );
    expect(texts[0]?.text).toBe('Jane\n');
    expect(leftIn(file, ['F06D'])).toEqual(['F06D']);
  });
});

describe('a hostile Word document', () => {
  it.each([
    ['with macros by its type', 'macros', () => document(runs('a'), {}, 'vnd.ms-word.document.macroEnabled.main+xml')],
    ['with a macro project', 'macros', () => document(runs('a'), { 'word/vbaProject.bin': 'x' })],
    [
      'with a document type',
      'dtd',
      () => document('', { 'word/document.xml': `<!DOCTYPE a [<!ENTITY b "c">]><w:document ${namespacesOf('w')}/>` }),
    ],
    ['that is not well-formed', 'corrupt', () => document('<w:p>')],
    ['with an entity that is not declared', 'corrupt', () => document(runs('&b;'))],
    ['with another root', 'corrupt', () => document('', { 'word/document.xml': '<a/>' })],
    ['nested a thousand deep', 'corrupt', () => document('<w:p>'.repeat(1000) + '</w:p>'.repeat(1000))],
    [
      'without its main part',
      'corrupt',
      () => packed({ '[Content_Types].xml': contentTypes({}), '_rels/.rels': relations() }),
    ],
    [
      'with a part that unpacks a thousandfold',
      'zip-bomb',
      () => document('', { 'word/media/a.bin': ' '.repeat(9_000_000) }),
    ],
    ['with a name that climbs', 'zip-names', () => document('', { '../a': 'x' })],
    ['with one name in two letter cases', 'zip-names', () => document('', { 'WORD/document.xml': 'x' })],
  ])('%s is refused: %s', async (_, reason, make) => {
    await expect(officeFormat.prepare(make(), blindBench())).rejects.toThrow(reason);
  });
});
