import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { findingsIn } from '../findings.ts';
import { blindBench } from '../pictures/testing.ts';
import { MASK } from '../text/format.ts';
import { officeFormat } from './format.ts';
import { contentTypes, leftIn, namespacesOf, packed, picture, relations, XML } from './testing/planted.ts';

const OFFICE = 'vnd.openxmlformats-officedocument';
const MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"';
const A14 = 'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"';

const run = (text: string, look = '') => `<m:r>${look}<m:t>${text}</m:t></m:r>`;
const formula = (content: string) => `<a14:m ${A14}><m:oMath ${MATH}>${content}</m:oMath></a14:m>`;
const shape = (content: string, fill = '') =>
  `<p:sp><p:nvSpPr><p:cNvPr id="5" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="900000" y="900000"/><a:ext cx="4000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>${fill}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p>${content}</a:p></p:txBody></p:sp>`;
const choice = (content: string, fallback: string) =>
  `<mc:AlternateContent><mc:Choice ${A14} Requires="a14">${content}</mc:Choice><mc:Fallback>${fallback}</mc:Fallback></mc:AlternateContent>`;

/** A presentation of one slide, with a picture that 'rPicture' names. */
const slides = async (content: string) =>
  packed({
    '[Content_Types].xml': contentTypes({
      'ppt/presentation.xml': `${OFFICE}.presentationml.presentation.main+xml`,
      'ppt/slides/slide1.xml': `${OFFICE}.presentationml.slide+xml`,
    }),
    '_rels/.rels': relations(['rId1', 'officeDocument', 'ppt/presentation.xml']),
    'ppt/presentation.xml': `${XML}<p:presentation ${namespacesOf('p', 'r')}><p:sldIdLst><p:sldId id="256" r:id="rSlide"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(['rSlide', 'slide', 'slides/slide1.xml']),
    'ppt/slides/slide1.xml': `${XML}<p:sld ${namespacesOf('a', 'r', 'p', 'mc')}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>${content}</p:spTree></p:cSld></p:sld>`,
    'ppt/slides/_rels/slide1.xml.rels': relations(['rPicture', 'image', '../media/image1.jpeg']),
    'ppt/media/image1.jpeg': await picture('Qwertz'),
  });

/** A document of one formula. */
const document = (content: string) =>
  packed({
    '[Content_Types].xml': contentTypes({ 'word/document.xml': `${OFFICE}.wordprocessingml.document.main+xml` }),
    '_rels/.rels': relations(['rId1', 'officeDocument', 'word/document.xml']),
    'word/document.xml': `${XML}<w:document ${namespacesOf('w')}><w:body><w:p><m:oMath ${MATH}>${content}</m:oMath></w:p></w:body></w:document>`,
  });

/** A workbook of one sheet, with a drawing that holds a formula. */
const sheet = (content: string) =>
  packed({
    '[Content_Types].xml': contentTypes({ 'xl/workbook.xml': `${OFFICE}.spreadsheetml.sheet.main+xml` }),
    '_rels/.rels': relations(['rId1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `${XML}<workbook xmlns="${SHEET}" ${namespacesOf('r')}><sheets><sheet name="Data" sheetId="1" r:id="rSheet"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(['rSheet', 'worksheet', 'worksheets/sheet1.xml']),
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${SHEET}" ${namespacesOf('r')}><sheetData/><drawing r:id="rDrawing"/></worksheet>`,
    'xl/worksheets/_rels/sheet1.xml.rels': relations(['rDrawing', 'drawing', '../drawings/drawing1.xml']),
    'xl/drawings/drawing1.xml': `${XML}<xdr:wsDr ${namespacesOf('xdr', 'a', 'mc')}><xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="900000" cy="900000"/>${choice(inSheet(formula(content)), inSheet('<a:r><a:t>Qwertz</a:t></a:r>'))}<xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>`,
  });
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const inSheet = (content: string) =>
  `<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="x"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p>${content}</a:p></xdr:txBody></xdr:sp>`;

const partOf = (file: Uint8Array, name: string) => strFromU8(unzipSync(file)[name] ?? new Uint8Array());
const slideOf = (file: Uint8Array) => partOf(file, 'ppt/slides/slide1.xml');

describe('a formula on a slide', () => {
  const drawn = `<a:r><a:t>Jane Roewood</a:t></a:r>`;
  const seen = `<a:r><a:t>Seen: </a:t></a:r>${formula(run('E=') + run('Jane Roewood'))}`;
  const image = '<a:blipFill><a:blip r:embed="rPicture"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>';

  it.each([
    ['beside a picture of it', choice(shape(seen), shape('<a:r><a:t> </a:t></a:r>', image))],
    ['beside its words', choice(shape(seen), shape(drawn))],
    ['that alone has an alternative', shape(choice(seen, drawn))],
  ])('%s is read, and what is found goes from all of the file', async (_, content) => {
    const { file, texts, pages } = await officeFormat.prepare(await slides(content), blindBench());
    expect(texts.map(({ text }) => text)).toEqual(['Seen: E=Jane Roewood\n']);
    expect(pages).toHaveLength(1);
    const redactions = [{ page: 1, kind: 'name' as const, start: 8, end: 20 }];
    const done = await officeFormat.redact(file, redactions, false, blindBench());
    expect(await officeFormat.text?.(done.file, 1)).toBe(`Seen: E=${MASK}\n`);
    expect(done.notSearched).toEqual([]);
    expect(leftIn(done.file, ['Jane', 'Roewood', 'media/'])).toEqual([]);
    expect(slideOf(done.file)).toContain('<m:t>E=</m:t>');
  });

  it('stays as it is, for those programs that know it', async () => {
    const square = `<m:sSup><m:e>${run('c')}</m:e><m:sup>${run('2')}</m:sup></m:sSup>`;
    const { file } = await officeFormat.prepare(
      await slides(choice(shape(formula(square)), shape(drawn))),
      blindBench(),
    );
    const slide = slideOf(file);
    expect(slide).toContain(`<a14:m><m:oMath>${square}</m:oMath></a14:m>`);
    expect(slide).toMatch(
      /<mc:AlternateContent><mc:Choice Requires="a14"><p:sp>.*<\/p:sp><\/mc:Choice><\/mc:AlternateContent>/,
    );
    expect(leftIn(file, ['Fallback', 'Jane'])).toEqual([]);
    const again = await officeFormat.prepare(file, blindBench());
    expect(Buffer.compare(again.file, file)).toBe(0);
  });

  it('loses letters that nobody sees', async () => {
    const white = '<a:rPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>';
    const parts = run('Seen') + run('Tiny', '<a:rPr sz="100"/>') + run('White', white);
    const { file, removed } = await officeFormat.prepare(await slides(shape(formula(parts))), blindBench());
    expect(leftIn(file, ['Seen', 'Tiny', 'White'])).toEqual(['Seen']);
    expect(removed).toMatchObject({ 'hidden-text': 2 });
  });
});

it("a formula on a workbook's sheet is read, and stays without its fallback", async () => {
  const { file, texts } = await officeFormat.prepare(sheet(run('Seen')), blindBench());
  expect(texts.map(({ text }) => text)).toEqual(['Data\n', 'Seen\n']);
  expect(partOf(file, 'drawings/drawing1.xml')).toMatch(
    /<mc:AlternateContent><mc:Choice Requires="a14"><xdr:sp>.*<m:t>Seen<\/m:t>.*<\/xdr:sp><\/mc:Choice><\/mc:AlternateContent>/,
  );
  expect(leftIn(file, ['Qwertz', 'Fallback'])).toEqual([]);
});

describe('the words of a formula', () => {
  const fraction = `<m:f><m:num>${run('Jane Roewood')}</m:num><m:den>${run('dose')}</m:den></m:f>`;

  it.each([
    ['a document', async () => document(fraction)],
    ['a slide', () => slides(shape(formula(fraction)))],
  ])('are found in %s one part at a time', async (_, make) => {
    const prepared = await officeFormat.prepare(await make(), blindBench());
    expect(prepared.texts[0]?.text).toBe('Jane Roewood dose \n');
    const found = findingsIn(prepared, { known: { names: ['Jane Roewood'] } });
    expect(found).toMatchObject([{ page: 1, start: 0, end: 12, kind: 'name' }]);
  });

  it('go from a document where nobody sees them, and its parts stay', async () => {
    const hidden = run('Qwertz', '<w:rPr><w:vanish/></w:rPr>');
    const white = run('White', '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>');
    const parts = `<m:f><m:num>${hidden}</m:num><m:den>${white}${run('2')}</m:den></m:f>`;
    const { file, removed } = await officeFormat.prepare(document(parts), blindBench());
    expect(partOf(file, 'word/document.xml')).toContain('<m:f><m:num/><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>');
    expect(removed).toMatchObject({ 'hidden-text': 2 });
  });
});

describe('the signs of a formula', () => {
  const signed = `<m:d><m:dPr><m:begChr m:val="["/><m:sepChr m:val="Qwertz"/><m:endChr m:val=""/></m:dPr><m:e>${run('x')}</m:e></m:d><m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr></m:nary><m:acc><m:accPr><m:chr m:val="𝄞"/></m:accPr></m:acc><m:groupChr><m:groupChrPr><m:chr m:val="Jo"/></m:groupChrPr></m:groupChr>`;
  const kept =
    '<m:dPr><m:begChr m:val="["/><m:endChr m:val=""/></m:dPr>|<m:naryPr><m:chr m:val="∑"/></m:naryPr>|<m:accPr><m:chr m:val="𝄞"/></m:accPr>|<m:groupChrPr/>';

  it.each([
    ['a document', 'word/document.xml', async () => document(signed)],
    ['a slide', 'ppt/slides/slide1.xml', () => slides(shape(formula(signed)))],
  ])(
    'stay in %s where they are one character; others give way to those that a formula has anyway',
    async (_, name, make) => {
      const { file } = await officeFormat.prepare(await make(), blindBench());
      const part = partOf(file, name);
      expect(kept.split('|').filter((one) => !part.includes(one))).toEqual([]);
      expect(leftIn(file, ['Qwertz', 'sepChr'])).toEqual([]);
    },
  );
});
