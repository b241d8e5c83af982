import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { findingsIn } from '../../findings.ts';
import { blindBench } from '../../pictures/testing.ts';
import { MASK } from '../../text/format.ts';
import { officeFormat } from '../format.ts';
import { packed, picture, XML } from '../testing/planted.ts';

const oasis = 'urn:oasis:names:tc:opendocument:xmlns';
const NS = [
  ...['office', 'style', 'text', 'table', 'form', 'chart'].map((name) => `xmlns:${name}="${oasis}:${name}:1.0"`),
  `xmlns:draw="${oasis}:drawing:1.0"`,
  `xmlns:number="${oasis}:datastyle:1.0"`,
  `xmlns:svg="${oasis}:svg-compatible:1.0"`,
  `xmlns:fo="${oasis}:xsl-fo-compatible:1.0"`,
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
].join(' ');

type Parts = Readonly<Record<string, string | Uint8Array>>;
const content = (body: string, automatic = '', root = 'document-content') =>
  `${XML}<office:${root} ${NS} office:version="1.3"><office:automatic-styles>${automatic}</office:automatic-styles><office:body>${body}</office:body></office:${root}>`;
const text = (body: string, more: Parts = {}, masters = '') =>
  packed({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': content(`<office:text>${body}</office:text>`),
    'styles.xml': `${XML}<office:document-styles ${NS}><office:master-styles>${masters}</office:master-styles></office:document-styles>`,
    ...more,
  });
const sheet = (rows: string, automatic = '', more: Parts = {}) =>
  packed({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': content(
      `<office:spreadsheet><table:table table:name="Data">${rows}</table:table></office:spreadsheet>`,
      automatic,
    ),
    ...more,
  });
const row = (...cells: readonly string[]) => `<table:table-row>${cells.join('')}</table:table-row>`;
const cell = (words: string) =>
  `<table:table-cell office:value-type="string"><text:p>${words}</text:p></table:table-cell>`;
const number = (value: string, style = '') =>
  `<table:table-cell ${style} office:value-type="float" office:value="${value}"><text:p/></table:table-cell>`;

const prepare = (file: Uint8Array) => officeFormat.prepare(file, blindBench());
const written = (file: Uint8Array, part = 'content.xml') => strFromU8(unzipSync(file)[part] ?? new Uint8Array());
const said = async (file: Uint8Array) => (await prepare(file)).texts.map((page) => page.text).join('');

/** Masks a word wherever a page says it. */
async function masked(file: Uint8Array, word: string): Promise<Uint8Array> {
  const prepared = await prepare(file);
  const redactions = prepared.texts.flatMap((page) => {
    const start = page.text.indexOf(word);
    return start < 0 ? [] : [{ page: page.page, kind: 'name' as const, start, end: start + word.length }];
  });
  expect(redactions.length).toBeGreaterThan(0);
  return (await officeFormat.redact(prepared.file, redactions, false, blindBench())).file;
}

const control = (id: string, anchor = 'as-char') =>
  `<draw:control draw:control="${id}" text:anchor-type="${anchor}" svg:width="4cm" svg:height="0.5cm"/>`;
const formOf = (...controls: readonly string[]) =>
  `<office:forms><form:form form:name="x">${controls.join('')}</form:form></office:forms>`;

describe('what a form shows', () => {
  const form = formOf(
    '<form:fixed-text form:id="a" form:label="Patient:"/>',
    '<form:text form:id="b" form:current-value="Berta Kowalczyk" form:value="Qwertz"/>',
    '<form:checkbox form:id="c" form:label="smokes" form:current-state="checked"/>',
    '<form:radio form:id="d" form:label="female"/>',
    '<form:listbox form:id="e"><form:option form:label="Losartan"/><form:option form:label="Amlodipine"/></form:listbox>',
    '<form:listbox form:id="f" form:dropdown="true"><form:option form:label="Monday"/><form:option form:label="Friday" form:selected="true"/></form:listbox>',
    '<form:textarea form:id="g" form:current-value="first line&#10;second line"/>',
  );
  const file = text(
    `${form}<text:p>${control('a')}${control('b')}</text:p><text:p>${['c', 'd', 'e', 'f', 'g'].map((id) => control(id, 'paragraph')).join('')}</text:p>`,
  );

  it('stays as words, a value behind its label in one line', async () => {
    const lines = (await said(file)).split('\n').map((line) => line.trim().replace(/ +/g, ' '));
    expect(lines.filter((line) => line !== '')).toEqual([
      'Patient: Berta Kowalczyk',
      '☑ smokes',
      '○ female',
      'Losartan',
      'Amlodipine',
      'Friday',
      'first line',
      'second line',
    ]);
  });

  it('is searched: a name behind its label is found and masked', async () => {
    const prepared = await prepare(file);
    const found = findingsIn(prepared, { known: { names: ['Berta Kowalczyk'] } });
    expect(found.some(({ kind }) => kind === 'name')).toBe(true);
    const output = written(await masked(file, 'Berta Kowalczyk'));
    expect(output).not.toMatch(/Kowalczyk|form:|draw:control|Qwertz|Monday/);
    expect(output).toContain(MASK);
  });
});

const MATH = 'xmlns="http://www.w3.org/1998/Math/MathML"';
const withFormula = (formula: string, anchor = 'as-char') =>
  text(
    `<text:p>where <draw:frame text:anchor-type="${anchor}" svg:width="1cm" svg:height="0.5cm"><draw:object xlink:href="./Object 1"/></draw:frame> holds</text:p>`,
    { 'Object 1/content.xml': formula },
  );

describe('a formula', () => {
  it.each([
    ['<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac>', '(a + 1) / b'],
    ['<msup><mi>c</mi><mn>2</mn></msup>', 'c^2'],
    ['<msub><mi>x</mi><mrow><mi>i</mi><mo>+</mo><mi>k</mi></mrow></msub>', 'x_(i + k)'],
    ['<msqrt><mi>B</mi><mi>S</mi><mi>A</mi></msqrt>', '√(BSA)'],
    ['<mi>k</mi><mphantom><mi>Qwertz</mi></mphantom><maction><mi>m</mi><mi>Qwertz</mi></maction>', 'k'],
  ])('becomes a line of signs: %s', async (formula, line) => {
    const page = await said(withFormula(`<math ${MATH}><semantics>${formula}</semantics></math>`));
    expect(page.replace(/ +/g, ' ')).toContain(`where ${line} holds`);
  });

  it('is one word where it is split, and masked whole', async () => {
    const file = withFormula(`<math ${MATH}><mrow><mi>K</mi><mi>o</mi><mi>wal</mi><mi>czyk</mi></mrow></math>`);
    const output = written(await masked(file, 'Kowalczyk'));
    expect(output).not.toMatch(/owal|czyk/);
  });

  it('may have the document type that its program wrote, and no other', async () => {
    const doctype = '<!DOCTYPE math:math PUBLIC "-//OpenOffice.org//DTD Modified W3C MathML 1.01//EN" "math.dtd">';
    const formula = `<math:math xmlns:math="http://www.w3.org/1998/Math/MathML"><math:mi>E</math:mi></math:math>`;
    expect(await said(withFormula(`${XML}${doctype}${formula}`))).toContain('E');
    const own = '<!DOCTYPE math:math [<!ENTITY x "Qwertz">]>';
    const other = await prepare(withFormula(`${XML}${own}${formula.replace('E<', '&x;<')}`));
    expect(JSON.stringify(other.texts)).not.toContain('Qwertz');
  });

  it('beside a page stands in a frame of its own', async () => {
    const prepared = await prepare(withFormula(`<math ${MATH}><mi>E</mi></math>`, 'paragraph'));
    expect(written(prepared.file)).toMatch(/<draw:text-box[^>]*><text:p>E<\/text:p>/);
  });
});

describe('a line whose pieces have looks of their own', () => {
  const span = (words: string) => `<text:span>${words}</text:span>`;

  it('is read with the white space between them, as a reader sees it', async () => {
    const file = text(`<text:p>${span('Thai')}${span(span(' '))}${span('Qwertz')} x</text:p>\n<text:p>Next</text:p>`);
    expect(await said(file)).toBe('Thai Qwertz x\nNext\n');
    expect(written(await masked(file, 'Thai Qwertz'))).not.toMatch(/Thai|Qwertz/);
  });

  it('is read before the note that stands in one of them', async () => {
    const note =
      '<text:note text:note-class="footnote"><text:note-body><text:p>See below</text:p></text:note-body></text:note>';
    const file = text(`<text:p>Jane ${span(`Qwer${note}tz`)}</text:p>`);
    expect(await said(file)).toBe('Jane Qwertz\nSee below\n');
    expect(written(await masked(file, 'Jane Qwertz'))).not.toMatch(/Jane|Qwer|tz/);
  });
});

describe('a value of a cell without a text', () => {
  const format = (name: string, places: string) =>
    `<style:style style:name="${name}" style:family="table-cell" style:data-style-name="N${name}"/><number:number-style style:name="N${name}">${places}</number:number-style>`;

  it('is told, and masked with what the cell holds', async () => {
    const file = sheet(row(cell('Mass'), number('41.5')));
    expect(await said(file)).toContain('Mass\t41.5');
    expect(written(await masked(file, '41.5'))).not.toContain('41.5');
  });

  it('goes where its format does not show it', async () => {
    const file = sheet(
      row(number('7712345', 'table:style-name="Silent"')),
      format('Silent', '<number:text>-</number:text>'),
    );
    expect(written((await prepare(file)).file)).not.toContain('7712345');
  });

  it('goes where the look of its column is white on white', async () => {
    const column = '<table:table-column table:default-cell-style-name="Pale"/>';
    const pale =
      '<style:style style:name="Pale" style:family="table-cell"><style:text-properties fo:color="#ffffff"/></style:style>';
    const file = sheet(column + row(number('7712345'), cell('Mass')), pale);
    const output = written((await prepare(file)).file);
    expect(output).not.toContain('7712345');
    expect(output).toContain('Mass');
  });

  it('is a quantity where its format parts thousands', async () => {
    const grouped = format('Grouped', '<number:number number:grouping="true"/>');
    const values = ['4399120', '8098380', '4799040'];
    const file = (style: string) => sheet(row(cell('Inkjet'), ...values.map((value) => number(value, style))), grouped);
    const amounts = async (style: string) =>
      [...((await prepare(file(style))).cells?.values() ?? [])].flat().filter(({ amount }) => amount).length;
    expect(await amounts('table:style-name="Grouped"')).toBe(values.length);
    expect(await amounts('')).toBe(0);
  });
});

it('masks a number of a chart with the value behind it', async () => {
  const values = row(cell('Kowalczyk'), number('7712345'));
  const chart = `<office:chart><chart:chart chart:class="chart:bar"><table:table table:name="local-table">${values}</table:table></chart:chart></office:chart>`;
  const file = text(
    '<text:p><draw:frame svg:width="9cm" svg:height="9cm"><draw:object xlink:href="./Object 1"/></draw:frame></text:p>',
    { 'Object 1/content.xml': content(chart) },
  );
  expect(written((await prepare(file)).file, 'Object 1/content.xml')).toContain('office:value="7712345"');
  const output = written(await masked(file, '7712345'), 'Object 1/content.xml');
  expect(output).not.toContain('7712345');
  expect(output).toContain('Kowalczyk');
});

describe('a document that others refuse or cut short', () => {
  it('with the root of a document in one file', async () => {
    const file = text('', {
      'content.xml': content('<office:text><text:p>Echo</text:p></office:text>', '', 'document'),
    });
    expect(await said(file)).toContain('Echo');
  });

  it.each(['Basic/Standard/Module1.xml', 'Scripts/python/script.py'])('with a macro is refused: %s', async (name) => {
    await expect(prepare(text('<text:p>Echo</text:p>', { [name]: '<x/>' }))).rejects.toMatchObject({ code: 'macros' });
  });

  it('with libraries in which there is no macro', async () => {
    const lists = {
      'Basic/script-lc.xml': '<x/>',
      'Basic/Standard/script-lb.xml': '<x/>',
      'Dialogs/dialog-lc.xml': '<x/>',
    };
    const made = await prepare(text('<text:p>Echo</text:p>', lists));
    expect(made.removed['script']).toBe(3);
    expect(Object.keys(unzipSync(made.file)).toSorted()).toEqual([
      'META-INF/manifest.xml',
      'content.xml',
      'mimetype',
      'styles.xml',
    ]);
  });

  it('with a section that is shown on a condition', async () => {
    const section = (display: string, words: string) =>
      `<text:section ${display}><text:p>${words}</text:p></text:section>`;
    const file = text(
      [
        section('text:display="condition" text:condition="ooow:book eq 1"', 'Shown'),
        section('text:display="condition" text:condition="ooow:a*b"', 'Unknown'),
        section('text:display="condition" text:condition="ooow:1 eq 1"', 'Met'),
        section('text:display="condition" text:condition="ooow:a*b" text:is-hidden="false"', 'Told'),
        section('text:display="condition" text:condition="ooow:book eq 1" text:is-hidden="true"', 'Hidden'),
      ].join(''),
    );
    const made = await prepare(file);
    expect(made.texts[0]?.text.trim().split('\n')).toEqual(['Shown', 'Told']);
    expect(written(made.file)).not.toMatch(/text:display|text:condition/);
  });

  it('with a header of the first page, the number of pages, and a label for a note', async () => {
    const master = `<style:master-page style:name="Standard" style:page-layout-name="x"><style:header><text:p>Page 1 of <text:page-count>9</text:page-count></text:p></style:header><style:header-first><text:p>Kowalczyk</text:p></style:header-first></style:master-page>`;
    const note = (label: string) =>
      `<text:note text:note-class="endnote"><text:note-citation text:label="${label}">${label}</text:note-citation><text:note-body><text:p>x</text:p></text:note-body></text:note>`;
    const file = text(`<text:p>Echo${note('7')}${note('Qwertz')}</text:p>`, {}, master);
    const made = await prepare(file);
    expect(written(made.file, 'styles.xml')).toMatch(/Page 1 of <text:page-count>9<.*<style:header-first>/s);
    expect(written(made.file)).toContain('text:label="7"');
    expect(written(made.file)).not.toContain('text:label="Qwertz"');
    expect(written(await masked(file, 'Kowalczyk'), 'styles.xml')).not.toContain('Kowalczyk');
  });

  it('with a list that goes on with the numbers of another', async () => {
    const list = (attributes: string, words: string) =>
      `<text:list ${attributes}><text:list-item><text:p>${words}</text:p></text:list-item></text:list>`;
    const file = text(
      [
        list('xml:id="Qwertz1"', 'One'),
        list('xml:id="Qwertz2"', 'Aside'),
        list('text:continue-list="Qwertz1"', 'Two'),
        list('text:continue-list="Qwertz3"', 'None'),
      ].join(''),
    );
    expect(written((await prepare(file)).file).match(/<text:list(?: [^>]*)?>/g)).toEqual([
      '<text:list xml:id="list1">',
      '<text:list>',
      '<text:list text:continue-list="list1">',
      '<text:list>',
    ]);
  });

  it('with a drawing and, for programs that cannot show it, a picture', async () => {
    const images = ['a.svg', 'b.jpg'].map((name) => `<draw:image xlink:href="Pictures/${name}"/>`).join('');
    const file = text(`<text:p><draw:frame svg:width="2cm" svg:height="2cm">${images}</draw:frame></text:p>`, {
      'Pictures/a.svg': '<svg xmlns="http://www.w3.org/2000/svg"><text>Qwertz</text></svg>',
      'Pictures/b.jpg': await picture('Qwertz'),
    });
    const made = await prepare(file);
    expect(written(made.file).match(/<draw:image /g)).toHaveLength(1);
    expect(made.removed['unreadable-picture']).toBeUndefined();
  });
});
