import { describe, expect, it } from 'vitest';
import { blindBench } from '../../pictures/testing.ts';
import { officeFormat } from '../format.ts';
import { CLASSES, storedControl } from '../testing/controls.ts';
import { contentTypes, leftIn, namespacesOf, packed, relations, XML } from '../testing/planted.ts';

const X14 = 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/main';
const chosen = (namespace: string, prefix: string, content: string) =>
  `<mc:AlternateContent><mc:Choice xmlns:${prefix}="${namespace}" Requires="${prefix}">${content}</mc:Choice></mc:AlternateContent>`;
const cell = (prefix: string, column: number, row: number) =>
  `<${prefix}><xdr:col>${column}</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>9</xdr:rowOff></${prefix}>`;

interface Sheet {
  readonly properties?: string;
  /** What the drawing for older programs says, where it is not what the other says. */
  readonly older?: string;
  readonly style?: string;
  readonly look?: string;
  readonly column?: number;
  readonly active?: Uint8Array;
}

/** A workbook with one control, over its second column, the third being hidden. */
function workbook(label: string, sheet: Sheet = {}): Uint8Array {
  const { properties = 'objectType="Button"', older = label, style = 'width:90pt;height:20pt', look = '' } = sheet;
  const { column = 1, active } = sheet;
  const control = `<control shapeId="1025" r:id="rControl" name="QwertzName"><controlPr macro="QwertzMacro" linkedCell="QwertzCell"><anchor>${cell('from', column, 1)}${cell('to', column, 2)}</anchor></controlPr></control>`;
  const words = label === '' ? '' : `<a:r><a:rPr>${look}</a:rPr><a:t>${label}</a:t></a:r>`;
  const shape = `<xdr:twoCellAnchor>${cell('xdr:from', column, 1)}${cell('xdr:to', column, 2)}<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="1025" name="QwertzShape" hidden="1"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/>${active ? '' : `<xdr:txBody><a:bodyPr/><a:p>${words}</a:p></xdr:txBody>`}</xdr:sp><xdr:clientData/></xdr:twoCellAnchor>`;
  const sheetNames = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ${namespacesOf('r', 'xdr', 'mc')}`;
  return packed({
    '[Content_Types].xml': contentTypes({
      'xl/workbook.xml': 'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
    }),
    '_rels/.rels': relations(['rId1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `${XML}<workbook ${sheetNames}><sheets><sheet name="Data" sheetId="1" r:id="rSheet"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(['rSheet', 'worksheet', 'worksheets/sheet1.xml']),
    'xl/worksheets/sheet1.xml': `${XML}<worksheet ${sheetNames}><cols><col min="3" max="3" width="9" hidden="1"/></cols><sheetData/><drawing r:id="rDrawing"/><legacyDrawing r:id="rOlder"/>${chosen(X14, 'x14', `<controls>${chosen(X14, 'x14', control)}</controls>`)}</worksheet>`,
    'xl/worksheets/_rels/sheet1.xml.rels': relations(
      ['rDrawing', 'drawing', '../drawings/drawing1.xml'],
      ['rOlder', 'vmlDrawing', '../drawings/vmlDrawing1.vml'],
      active
        ? ['rControl', 'control', '../activeX/activeX1.xml']
        : ['rControl', 'ctrlProp', '../ctrlProps/ctrlProp1.xml'],
    ),
    'xl/drawings/drawing1.xml': `${XML}<xdr:wsDr ${namespacesOf('xdr', 'a', 'r', 'mc')}>${chosen('http://schemas.microsoft.com/office/drawing/2010/main', 'a14', shape)}</xdr:wsDr>`,
    'xl/drawings/vmlDrawing1.vml': `<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="_x0000_s1025" type="#_x0000_t201" style='${style}'><v:textbox><div><font>${older}<br></font></div></v:textbox></v:shape></xml>`,
    'xl/ctrlProps/ctrlProp1.xml': `${XML}<formControlPr xmlns="${X14}" ${properties} fmlaLink="QwertzLink"/>`,
    'xl/activeX/activeX1.xml': `${XML}<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ${namespacesOf('r')} ax:classid="${CLASSES.check}" ax:persistence="persistStreamInit" r:id="rBytes"/>`,
    'xl/activeX/_rels/activeX1.xml.rels': relations(['rBytes', 'activeXControlBinary', 'activeX1.bin']),
    'xl/activeX/activeX1.bin': Buffer.concat([Buffer.alloc(16), active ?? Buffer.alloc(0)]),
  });
}

const prepare = (file: Uint8Array) => officeFormat.prepare(file, blindBench());
const said = async (file: Uint8Array) => (await prepare(file)).texts.map(({ text }) => text.trim()).join(' | ');

describe('what a control of a sheet shows', () => {
  it.each<[string, string, Sheet]>([
    ['Send "now"', 'Send "now"', { older: 'Send &quot;now&quot;' }],
    ['☑ Smoker', 'Smoker', { properties: 'objectType="CheckBox" checked="Checked"' }],
    ['☐ Diabetes', 'Diabetes', { properties: 'objectType="CheckBox"' }],
    ['◉ Yes', 'Yes', { properties: 'objectType="Radio" checked="Checked"' }],
    ['☑', '', { properties: 'objectType="CheckBox" checked="Checked"' }],
    ['☑ Often', '', { active: storedControl(false, { caption: 'Often', value: '1' }) }],
  ])('stays as words: %s', async (shown, label, sheet) => {
    const file = workbook(label, sheet);
    expect(await said(file)).toBe(`Data | ${shown}`);
    expect(leftIn((await prepare(file)).file, ['Qwertz', 'hidden="1"', 'controls'])).toEqual(['hidden="1"']);
  });

  it('is searched, and masked', async () => {
    const made = await prepare(workbook('Kowalczyk'));
    const { file } = await officeFormat.redact(
      made.file,
      [{ page: 2, kind: 'name', start: 0, end: 9 }],
      false,
      blindBench(),
    );
    expect([leftIn(made.file, ['Kowalczyk']), leftIn(file, ['Kowalczyk'])]).toEqual([['Kowalczyk'], []]);
  });

  it.each<[string, Sheet]>([
    ['that is hidden', { style: 'visibility:hidden' }],
    ['that is flat', { style: 'width:90pt;height:0' }],
    ['in a hidden column', { column: 2 }],
    ['with other words than it shows', { older: 'Send' }],
    ['in white', { look: '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>' }],
    ['in tiny letters', { active: storedControl(false, { caption: 'Hidden', height: 20 }) }],
  ])('goes with one %s', async (_, sheet) => {
    expect(leftIn((await prepare(workbook('Hidden', sheet))).file, ['Hidden'])).toEqual([]);
  });
});
