import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { blindBench } from '../pictures/testing.ts';
import { officeFormat } from './format.ts';
import { measure, numberFormat } from './schema/values.ts';
import { contentTypes, namespacesOf, packed, relations, XML } from './testing/planted.ts';

const oasis = 'urn:oasis:names:tc:opendocument:xmlns';
const NS = `xmlns:office="${oasis}:office:1.0" xmlns:style="${oasis}:style:1.0" xmlns:text="${oasis}:text:1.0" xmlns:table="${oasis}:table:1.0"`;

const openDocument = (type: string, automatic: string, body: string, masters = '') =>
  packed({
    mimetype: `application/vnd.oasis.opendocument.${type}`,
    'content.xml': `${XML}<office:document-content ${NS} office:version="1.3"><office:automatic-styles>${automatic}</office:automatic-styles><office:body>${body}</office:body></office:document-content>`,
    'styles.xml': `${XML}<office:document-styles ${NS} office:version="1.3"><office:styles/><office:automatic-styles/><office:master-styles>${masters}</office:master-styles></office:document-styles>`,
    'META-INF/manifest.xml': `${XML}<manifest:manifest xmlns:manifest="${oasis}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="x"/></manifest:manifest>`,
  });

const partsOf = (file: Uint8Array) =>
  Object.fromEntries(Object.entries(unzipSync(file)).map(([name, bytes]) => [name, strFromU8(bytes)]));

describe('what a reader would miss stays', () => {
  it('the bullets of a list', async () => {
    const bullets = `<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>`;
    const list =
      '<text:list text:style-name="L2"><text:list-item><text:p>Losartan</text:p></text:list-item></text:list>';
    const made = await officeFormat.prepare(
      openDocument('text', bullets, `<office:text>${list}</office:text>`),
      blindBench(),
    );
    expect(partsOf(made.file)['content.xml']).toContain('text:bullet-char="•"');
  });

  it('the signs of a formula, and a document that holds one', async () => {
    const made = await officeFormat.prepare(
      packed({
        ...unzipSync(
          openDocument(
            'text',
            '',
            '<office:text><text:p><draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:object xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="./Object 1"/></draw:frame></text:p></office:text>',
          ),
        ),
        'Object 1/content.xml':
          '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi></mrow><annotation encoding="StarMath 5.0">Qwertz</annotation></semantics></math>',
      }),
      blindBench(),
    );
    expect(made.texts.map(({ text }) => text).join('')).toContain('E = m');
    expect(JSON.stringify(partsOf(made.file))).not.toContain('Qwertz');
  });

  it("a sheet's name in its header", async () => {
    const header =
      '<style:master-page style:name="Default" style:page-layout-name="x"><style:header><text:p>Page of <text:sheet-name>???</text:sheet-name></text:p></style:header></style:master-page>';
    const table =
      '<table:table table:name="Echo"><table:table-row><table:table-cell><text:p>41</text:p></table:table-cell></table:table-row></table:table>';
    const made = await officeFormat.prepare(
      openDocument('spreadsheet', '', `<office:spreadsheet>${table}</office:spreadsheet>`, header),
      blindBench(),
    );
    expect(partsOf(made.file)['styles.xml']).toMatch(/Page of <text:sheet-name>/);
  });

  it.each([
    ['ddmmmyy', 'ddmmmyy'],
    ['ddmmmyyyy', 'ddmmmyyyy'],
    ['hhmmss', 'hhmmss'],
    ['0.00"°"', '0.00"°"'],
    ['dmhyjane', 'General'],
    ['debby', 'debby'],
    ['\\4\\9\\3\\ \\0\\5', '"493 05"'],
    ['0"493"\\0\\5', '0"49305"'],
    ['\\(###\\)\\ ###\\-####', '\\(###\\)\\ ###\\-####'],
    ['!4!9!3!5!7!1!8!2!6', 'General'],
    ['[<=9999999]###\\-####;0', '[<=9999999]###\\-####;0'],
  ])('a number format %s as %s', (format, written) => {
    expect(numberFormat(true)(format)).toBe(written);
  });

  it.each([
    ['0"49 30 57"', '0'],
    ['0\\4\\9\\3', '0'],
    ['0" mm"', '0" mm"'],
  ])("a chart's number format %s as %s: its words are read by nobody", (format, written) => {
    expect(numberFormat(false)(format)).toBe(written);
  });

  it.each(['#def6f1', 'DEF6F1', '0.5pt'])('a colour or a measure: %s', (value) => {
    expect(measure(value)).toBe(value);
  });

  it('rules of conditional formatting that numbers and cells say', async () => {
    const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const rule = (formula: string) =>
      `<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>${formula}</formula></cfRule></conditionalFormatting>`;
    const made = await officeFormat.prepare(
      packed({
        '[Content_Types].xml': contentTypes({
          'xl/workbook.xml': 'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
        }),
        '_rels/.rels': relations(['rId1', 'officeDocument', 'xl/workbook.xml']),
        'xl/workbook.xml': `${XML}<workbook ${NS} ${namespacesOf('r')}><sheets><sheet name="Data" sheetId="1" r:id="rSheet"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': relations(['rSheet', 'worksheet', 'worksheets/sheet1.xml']),
        'xl/worksheets/sheet1.xml': `${XML}<worksheet ${NS}><sheetData><row r="1"><c r="A1"><v>41</v></c></row></sheetData>${rule('AND($A1&gt;40,A1&lt;=45)')}${rule('A1=7741903')}${rule('A1=&quot;Okonkwo&quot;')}</worksheet>`,
      }),
      blindBench(),
    );
    const written = partsOf(made.file)['xl/worksheets/sheet1.xml'];
    expect(written?.match(/<(?:\w+:)?formula>[^<]*/g)).toEqual([expect.stringContaining('AND($A1&gt;40,A1&lt;=45)')]);
  });

  it('the page numbers of a table of contents, and which Office wrote a chart as it did', async () => {
    const made = await officeFormat.prepare(
      packed({
        '[Content_Types].xml': contentTypes({
          'word/document.xml': 'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
        }),
        '_rels/.rels': relations(
          ['rId1', 'officeDocument', 'word/document.xml'],
          ['rId2', 'extended-properties', 'docProps/app.xml'],
        ),
        'word/document.xml': `${XML}<w:document ${namespacesOf('w')}><w:body><w:p><w:r><w:t>Echo</w:t></w:r><w:r><w:rPr><w:webHidden/></w:rPr><w:t>92</w:t></w:r></w:p></w:body></w:document>`,
        'docProps/app.xml': `${XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Office Word</Application><Company>Qwertz</Company><AppVersion>12.0000</AppVersion></Properties>`,
      }),
      blindBench(),
    );
    const parts = partsOf(made.file);
    expect(parts['word/document.xml']).toContain('<w:t>92</w:t>');
    expect(parts['word/document.xml']).not.toContain('webHidden');
    expect(parts['docProps/app.xml']).toContain('<AppVersion>12.0000</AppVersion>');
    expect(parts['docProps/app.xml']).not.toContain('Qwertz');
  });

  it('the value that a field in the label of a chart stands for, whatever was written for it', async () => {
    const field = (type: string) =>
      `<a:fld id="{FF844443-A373-469F-8497-4663B8329468}" type="${type}"><a:rPr lang="de-DE"/><a:t>[Qwertz]</a:t></a:fld>`;
    const label = `<c:dLbl><c:idx val="0"/><c:tx><c:rich><a:bodyPr/><a:p>${field('VALUE')}${field('TxLink')}</a:p></c:rich></c:tx><c:showVal val="1"/></c:dLbl>`;
    const series = `<c:ser><c:idx val="0"/><c:order val="0"/><c:dLbls>${label}</c:dLbls><c:val><c:numLit><c:ptCount val="1"/><c:pt idx="0"><c:v>41</c:v></c:pt></c:numLit></c:val></c:ser>`;
    const all = namespacesOf('w', 'wp', 'a', 'c', 'r');
    const made = await officeFormat.prepare(
      packed({
        '[Content_Types].xml': contentTypes({
          'word/document.xml': 'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
          'word/charts/chart1.xml': 'vnd.openxmlformats-officedocument.drawingml.chart+xml',
        }),
        '_rels/.rels': relations(['rId1', 'officeDocument', 'word/document.xml']),
        'word/document.xml': `${XML}<w:document ${all}><w:body><w:p><w:r><w:drawing><wp:inline><wp:extent cx="4000000" cy="900000"/><wp:docPr id="1" name="x"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rChart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>`,
        'word/_rels/document.xml.rels': relations(['rChart', 'chart', 'charts/chart1.xml']),
        'word/charts/chart1.xml': `${XML}<c:chartSpace ${all}><c:chart><c:plotArea><c:barChart><c:barDir val="bar"/>${series}</c:barChart></c:plotArea></c:chart></c:chartSpace>`,
      }),
      blindBench(),
    );
    const chart = Object.entries(partsOf(made.file)).find(([name]) => name.includes('chart'))?.[1] ?? '';
    expect(chart).toMatch(/<a:fld [^>]*type="VALUE"[^>]*>.*<a:t>\[VALUE\]<\/a:t><\/a:fld>/);
    // What another field says is told as words, for the person to look at.
    expect(chart.match(/a:fld /g)).toHaveLength(1);
    expect(chart.match(/\[Qwertz\]/g)).toHaveLength(1);
  });

  it('the texts of SmartArt that has no shapes, in their order and below each other', async () => {
    const point = (id: string, text: string, type = 'node') =>
      `<dgm:pt modelId="${id}" type="${type}">${type === 'doc' ? '<dgm:prSet loCatId="list"/>' : ''}<dgm:t><a:bodyPr/><a:p><a:r><a:t>${text}</a:t></a:r></a:p></dgm:t></dgm:pt>`;
    const link = (from: string, to: string, order: number) =>
      `<dgm:cxn modelId="${from}${to}" srcId="${from}" destId="${to}" srcOrd="${order}" destOrd="0"/>`;
    const data = `<dgm:dataModel ${namespacesOf('a', 'dgm')}><dgm:ptLst>${point('0', '', 'doc')}${point('1', 'Referral')}${point('2', 'Panel')}${point('3', 'Imaging')}${point('4', 'Transition', 'parTrans')}</dgm:ptLst><dgm:cxnLst>${link('0', '2', 1)}${link('0', '1', 0)}${link('1', '3', 0)}</dgm:cxnLst></dgm:dataModel>`;
    const all = namespacesOf('a', 'r', 'p', 'dgm');
    const tree = (content: string) =>
      `<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>${content}</p:spTree>`;
    const frame =
      '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="2" name="x"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="4000000" cy="900000"/></p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"><dgm:relIds r:dm="rData"/></a:graphicData></a:graphic></p:graphicFrame>';
    const made = await officeFormat.prepare(
      packed({
        '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>`,
        '_rels/.rels': relations(['rId1', 'officeDocument', 'ppt/presentation.xml']),
        'ppt/presentation.xml': `${XML}<p:presentation ${all}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rMaster"/></p:sldMasterIdLst><p:sldIdLst><p:sldId id="256" r:id="rSlide"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="1" cy="1"/></p:presentation>`,
        'ppt/_rels/presentation.xml.rels': relations(
          ['rMaster', 'slideMaster', 'slideMasters/slideMaster1.xml'],
          ['rSlide', 'slide', 'slides/slide1.xml'],
        ),
        'ppt/slides/slide1.xml': `${XML}<p:sld ${all}><p:cSld>${tree(frame)}</p:cSld></p:sld>`,
        'ppt/slides/_rels/slide1.xml.rels': relations(
          ['rLayout', 'slideLayout', '../slideLayouts/slideLayout1.xml'],
          ['rData', 'diagramData', '../diagrams/data1.xml'],
        ),
        'ppt/diagrams/data1.xml': XML + data,
        'ppt/slideLayouts/slideLayout1.xml': `${XML}<p:sldLayout ${all}><p:cSld>${tree('')}</p:cSld></p:sldLayout>`,
        'ppt/slideLayouts/_rels/slideLayout1.xml.rels': relations([
          'rMaster',
          'slideMaster',
          '../slideMasters/slideMaster1.xml',
        ]),
        'ppt/slideMasters/slideMaster1.xml': `${XML}<p:sldMaster ${all}><p:cSld>${tree('')}</p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rOne"/></p:sldLayoutIdLst></p:sldMaster>`,
        'ppt/slideMasters/_rels/slideMaster1.xml.rels': relations(
          ['rOne', 'slideLayout', '../slideLayouts/slideLayout1.xml'],
          ['rTheme', 'theme', '../theme/theme1.xml'],
        ),
        'ppt/theme/theme1.xml': `${XML}<a:theme ${all} name="x"><a:themeElements><a:clrScheme name="x"><a:dk1><a:srgbClr val="000000"/></a:dk1></a:clrScheme><a:fontScheme name="x"/><a:fmtScheme name="x"/></a:themeElements></a:theme>`,
      }),
      blindBench(),
    );
    expect(made.texts[0]?.text.trim().split('\n')).toEqual(['Referral', 'Imaging', 'Panel']);
    // A layout of lists has a bullet before what stands below something else.
    const slide = partsOf(made.file)['ppt/slides/slide1.xml'];
    expect(slide?.match(/<a:buChar char="•"\/>.*?<a:t>[^<]*/g)).toEqual([expect.stringMatching(/>Imaging$/)]);
    expect(JSON.stringify(partsOf(made.file))).not.toContain('Transition');
  });
});
