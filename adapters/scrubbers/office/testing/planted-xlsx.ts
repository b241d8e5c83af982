import {
  contentTypes,
  embedded,
  namespacesOf,
  type Planted,
  packed,
  picture,
  planter,
  properties,
  relations,
  XML,
} from './planted.ts';
import { furtherInWorkbook, sheetRelations, workbookRelations } from './planted-xlsx-parts.ts';

const SHEET = 'vnd.openxmlformats-officedocument.spreadsheetml';
const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** An Excel workbook with a string in every place that we know of where one may stand unseen. */
export async function plantedXlsx(): Promise<Planted> {
  const { hidden, visible, h, v } = planter();
  const strings = [
    v('Shared'),
    h('SharedUnused'),
    h('SharedHiddenRow'),
    h('SharedHiddenColumn'),
    h('SharedHiddenSheet'),
    h('SharedMerged'),
    h('SharedWhite'),
    h('SharedFormat'),
    v('WhiteOnBlue'),
    h('SharedZeroRow'),
  ];
  const si = strings.map((one) => `<si><t>${one}</t><rPh sb="0" eb="1"><t>${h('Phonetic')}</t></rPh></si>`).join('');
  const c = (at: string, content: string, look = '') => `<c r="${at}" ${look}>${content}</c>`;
  const s = (at: string, index: number, style = 0) => c(at, `<v>${index}</v>`, `t="s" s="${style}"`);
  const inline = (at: string, text: string) => c(at, `<is><t>${text}</t></is>`, 't="inlineStr"');
  const rows = [
    `<row r="1">${inline('A1', v('HeadOne'))}${inline('B1', v('HeadTwo'))}${s('D1', 3)}</row>`,
    `<row r="2">${s('A2', 0)}${c('B2', `<f>CONCATENATE("${h('FormulaString')}","x")</f><v>${v('FormulaValue')}</v>`, 't="str"')}${c('C2', '<v>17.5</v>')}</row>`,
    `<row r="3" hidden="1">${s('A3', 2)}${inline('B3', h('InlineHiddenRow'))}</row>`,
    `<row r="4">${inline('A4', v('MergedSeen'))}${s('B4', 5)}</row>`,
    `<row r="5">${s('A5', 6, 1)}${s('B5', 7, 2)}${s('C5', 8, 3)}</row>`,
    `<row r="6" ht="0" customHeight="1">${s('A6', 9)}</row>`,
    `<row r="7">${c('A7', `<is><r><rPr><rFont val="${h('RunFont')}"/><sz val="1"/></rPr><t>${h('TinyRun')}</t></r><r><t>${v('RichRun')}</t></r></is>`, 't="inlineStr"')}${c('B7', `<v>${h('NoNumber')}</v>`)}${c('C7', '<v>1</v>', 's="4"')}</row>`,
    `<row r="9">${c('A9', `<v>17.500000000000000${h('9047110064', '')}</v>`)}${c('B9', '<f t="array" ref="B9">{1}</f><v>2</v>', `cm="1" vm="1" s="5"`)}${c('C9', `<is><t xml:space="preserve">${v('CellStyle')}</t></is>`, 't="inlineStr"')}</row>`,
    `<row r="10">${c('A10', `<v>${h('ErrorText')}</v>`, 't="e"')}${c('B10', `<v>${h('TruthText')}</v>`, 't="b"')}${c('C10', `<v>${h('DateText')}</v>`, 't="d"')}${c('E10', `<is><t>${h('FormatReplaces')}</t></is>`, 't="inlineStr" s="6"')}${c('F10', `<is><t>${h('TinyCell')}</t></is>`, 't="inlineStr" s="7"')}</row>`,
    `<row r="8">${c('A8', `<f>${h('NamedRange')}+[1]${h('External')}!A1</f><v>5</v>`)}</row>`,
  ].join('');
  const sheet = `${XML}<worksheet ${NS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr codeName="${h('CodeName')}"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="4" max="4" width="9" hidden="1"/></cols><sheetData>${rows}</sheetData><sheetProtection password="ABCD" algorithmName="${h('Algorithm')}" hashValue="${h('SheetHash')}"/><tableParts><c r="A9"><v>${h('9047110071', '')}</v></c><row r="99">${c('A99', `<v>${h('9047110072', '')}</v>`)}</row></tableParts><sheetData><row r="88">${inline('A88', h('SecondData'))}</row></sheetData><protectedRanges><protectedRange name="${h('Protected')}" sqref="A1"/></protectedRanges><scenarios><scenario name="${h('Scenario')}" user="${h('ScenarioUser')}" comment="${h('ScenarioComment')}"><inputCells r="A1" val="${h('ScenarioValue')}"/></scenario></scenarios><dataConsolidate><dataRefs><dataRef ref="A1" sheet="${h('ConsolidateSheet')}" name="${h('ConsolidateName')}"/></dataRefs></dataConsolidate><autoFilter ref="A1:B4"><filterColumn colId="1"><customFilters><customFilter operator="equal" val="${h('CustomFilter')}"/></customFilters></filterColumn><sortState ref="A1:B4"><sortCondition ref="A1" customList="${h('SortList')}"/></sortState><filterColumn colId="0"><filters><filter val="${h('Filter')}"/></filters></filterColumn></autoFilter><customSheetViews><customSheetView guid="{00000000-0000-0000-0000-000000000001}"><headerFooter><oddHeader>${h('ViewHeader')}</oddHeader></headerFooter></customSheetView></customSheetViews><mergeCells count="1"><mergeCell ref="A4:B4"/></mergeCells><conditionalFormatting sqref="C2"><cfRule type="cellIs" priority="2" operator="equal"><formula>${h('9047110073', '')}</formula></cfRule><cfRule type="expression" priority="3"><formula>A1=&quot;${h('CfQuoted')}&quot;</formula></cfRule></conditionalFormatting><conditionalFormatting sqref="A1"><cfRule type="containsText" priority="1" text="${h('CfText')}"><formula>NOT(ISERROR(SEARCH("${h('CfFormula')}",A1)))</formula></cfRule></conditionalFormatting><dataValidations><dataValidation type="list" sqref="A1" promptTitle="${h('PromptTitle')}" prompt="${h('Prompt')}" errorTitle="${h('ErrorTitle')}" error="${h('Error')}"><formula1>"${h('List')}"</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="A1" r:id="rLink" tooltip="${h('LinkTip')}" display="${h('LinkDisplay')}" location="${h('LinkLocation')}"/></hyperlinks><pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/><pageSetup orientation="portrait" r:id="rPrinter"/><headerFooter><oddHeader>&amp;L${v('SheetHeader')}&amp;C&amp;"${h('HeaderFont')},Bold"&amp;F</oddHeader><evenHeader>${h('EvenHeader')}</evenHeader><firstFooter>${h('FirstFooter')}</firstFooter></headerFooter><drawing r:id="rDrawing"/><legacyDrawing r:id="rVml"/><oleObjects><oleObject progId="${h('OleProgram')}" shapeId="1" r:id="rOle"/></oleObjects><controls><control shapeId="1" name="${h('Control')}" r:id="rOle"/></controls><tableParts count="1"><tablePart r:id="rTable"/></tableParts><extLst><ext uri="{00000000-0000-0000-0000-000000000002}"><x14:id xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">${h('Extension')}</x14:id></ext></extLst></worksheet>`;
  const drawing = `${XML}<xdr:wsDr ${namespacesOf('xdr', 'a', 'r', 'c')}><xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>10</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>20</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:graphicFrame macro="${h('FrameMacro')}"><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="${h('FrameName')}" descr="${h('FrameDescr')}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="1" cy="1"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rChart"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor><xdr:twoCellAnchor><xdr:from><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>40</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>44</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="33" name="x" hidden="1"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>${h('HiddenShape')}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor><xdr:twoCellAnchor><xdr:from><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>10</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>20</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp textlink="${h('TextLink')}"><xdr:nvSpPr><xdr:cNvPr id="3" name="x" title="${h('ShapeTitle')}"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>${v('ShapeText')}</a:t></a:r><a:r><a:rPr sz="100"/><a:t>${h('ShapeTiny')}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor><xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>30</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="9" cy="9"/><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="4" name="x" hidden="1"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>${h('HiddenShape')}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>`;
  const chart = `${XML}<c:chartSpace ${namespacesOf('c', 'a', 'r')}><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>${v('ChartTitle')}</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:shape><c:f>'${h('StrayReference')}'!$A$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${h('StrayCache')}</c:v></c:pt></c:strCache></c:shape><c:tx><c:strRef><c:f>Data!$A$2</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${h('ChartCache')}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:f>'${h('HiddenSheetName')}'!$A$1:$A$2</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${h('ChartHiddenCache')}</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Data!$C$2:$C$2</c:f><c:numCache><c:formatCode>"${h('CacheFormat')}"0</c:formatCode><c:ptCount val="1"/><c:pt idx="0"><c:v>17.5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart></c:plotArea></c:chart><c:extLst><c:ext uri="{02D57815-91ED-43cb-92C2-25804820EDAC}"><c15:filteredBarSeries xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:ser><c:tx><c:v>${h('FilteredSeries')}</c:v></c:tx></c15:ser></c15:filteredBarSeries></c:ext></c:extLst><c:externalData r:id="rBook"/><c:printSettings><c:headerFooter><c:oddHeader>${h('ChartHeader')}</c:oddHeader></c:headerFooter></c:printSettings></c:chartSpace>`;
  const file = packed({
    '[Content_Types].xml': contentTypes({
      'xl/workbook.xml': `${SHEET}.sheet.main+xml`,
      'xl/styles.xml': `${SHEET}.styles+xml`,
    }),
    '_rels/.rels': relations(
      ['rId1', 'officeDocument', 'xl/workbook.xml'],
      ['rId4', 'extended-properties', 'docProps/app.xml'],
    ),
    'xl/workbook.xml': `${XML}<workbook ${NS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><functionGroups><functionGroup name="${h('FunctionGroup')}"/></functionGroups><smartTagTypes><smartTagType namespaceUri="${h('SmartTag')}" name="${h('SmartTagName')}" url="${h('SmartTagUrl')}"/></smartTagTypes><webPublishObjects><webPublishObject id="1" divId="${h('WebDiv')}" destinationFile="${h('WebFile')}" title="${h('WebTitle')}"/></webPublishObjects><fileVersion appName="${h('AppName')}"/><fileSharing userName="${h('FileUser')}" reservationPassword="AAAA"/><workbookPr codeName="${h('BookCode')}"/><workbookProtection workbookPassword="${h('BookHash')}"/><sheets><sheet name="Data" sheetId="1" r:id="rSheet"/><sheet name="${h('HiddenSheetName')}" sheetId="2" state="hidden" r:id="rHidden"/><sheet name="${h('VeryHidden')}" sheetId="3" state="veryHidden" r:id="rVery"/></sheets><externalReferences><externalReference r:id="rExternal"/></externalReferences><definedNames><definedName name="${h('NamedRange')}" comment="${h('NameComment')}" hidden="1">"${h('NameValue')}"</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0" customMenu="${h('NameMenu')}" description="${h('NameDescription')}" help="${h('NameHelp')}" statusBar="${h('NameStatus')}">Data!$1:$1</definedName><definedName name="_xlnm.Print_Area" localSheetId="1">'${h('HiddenSheetName')}'!$A$1:$B$2</definedName></definedNames><definedName name="x">"${h('StrayName')}"</definedName><customWorkbookViews><customWorkbookView name="${h('ViewName')}" guid="{00000000-0000-0000-0000-000000000003}" windowWidth="1" windowHeight="1" activeSheetId="1"/></customWorkbookViews><pivotCaches><pivotCache cacheId="1" r:id="rPivot"/></pivotCaches></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ['rSheet', 'worksheet', 'worksheets/sheet1.xml'],
      ['rHidden', 'worksheet', 'worksheets/sheet2.xml'],
      ['rVery', 'worksheet', 'worksheets/sheet3.xml'],
      ['rStrings', 'sharedStrings', 'sharedStrings.xml'],
      ['rStyles', 'styles', 'styles.xml'],
      ['rExternal', 'externalLink', 'externalLinks/externalLink1.xml'],
      ['rPivot', 'pivotCacheDefinition', 'pivotCache/pivotCacheDefinition1.xml'],
      ['rConnections', 'connections', 'connections.xml'],
      ['rCalc', 'calcChain', 'calcChain.xml'],
      ...workbookRelations,
      ['rPersons', 'http://schemas.microsoft.com/office/2017/10/relationships/person', 'persons/person.xml'],
    ),
    'xl/worksheets/sheet1.xml': sheet,
    'xl/worksheets/_rels/sheet1.xml.rels': relations(
      ['rDrawing', 'drawing', '../drawings/drawing1.xml'],
      ['rVml', 'vmlDrawing', '../drawings/vmlDrawing1.vml'],
      ['rComments', 'comments', '../comments1.xml'],
      [
        'rThreads',
        'http://schemas.microsoft.com/office/2017/10/relationships/threadedComment',
        '../threadedComments/threadedComment1.xml',
      ],
      ['rTable', 'table', '../tables/table1.xml'],
      ['rPrinter', 'printerSettings', '../printerSettings/printerSettings1.bin'],
      ['rOle', 'oleObject', '../embeddings/oleObject1.bin'],
      ...sheetRelations,
      ['rLink', 'hyperlink', `file:///C:/${h('LinkTarget')}`, 'External'],
    ),
    'xl/worksheets/sheet2.xml': `${XML}<worksheet ${NS}><sheetData><row r="1">${s('A1', 4)}${inline('B1', h('HiddenSheetCell'))}</row></sheetData></worksheet>`,
    'xl/worksheets/sheet3.xml': `${XML}<worksheet ${NS}><sheetData><row r="1">${inline('A1', h('VeryHiddenCell'))}</row></sheetData></worksheet>`,
    'xl/sharedStrings.xml': `${XML}<sst ${NS} count="9" uniqueCount="9">${si}</sst>`,
    'xl/styles.xml': `${XML}<styleSheet ${NS}><numFmts count="5"><numFmt numFmtId="174" formatCode="0;0;0;&quot;Shown&quot;"/><numFmt numFmtId="173" formatCode="[&gt;${h('9047110065', '')}]0;\\9\\0\\4\\7\\1\\1\\0\\0\\6\\60;0"/><numFmt numFmtId="170" formatCode=";;;"/><numFmt numFmtId="171" formatCode="0&quot;${v('Unit')}&quot;"/><numFmt numFmtId="172" formatCode="0&quot;${h('UnusedFormat')}&quot;"/></numFmts><fonts count="3"><font><sz val="11"/><name val="${h('FontName')}"/></font><font><color rgb="FFFFFFFF"/><name val="Calibri"/></font><font><sz val="1"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF0000FF"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="8"><xf/><xf fontId="1" fillId="0"/><xf numFmtId="170"/><xf fontId="1" fillId="1"/><xf numFmtId="171"/><xf numFmtId="173"/><xf numFmtId="174"/><xf fontId="2"/></cellXfs><cellStyles count="1"><cellStyle name="${h('CellStyle')}" xfId="0"/></cellStyles><dxfs count="1"><dxf><font><name val="${h('RuleFont')}"/></font><numFmt numFmtId="199" formatCode="0&quot;${v('RuleFormat')}&quot;"/></dxf></dxfs><tableStyles count="1" defaultTableStyle="${h('DefaultTable')}"><tableStyle name="${h('TableStyle')}" count="0"/></tableStyles></styleSheet>`,
    'xl/drawings/drawing1.xml': drawing,
    'xl/drawings/_rels/drawing1.xml.rels': relations(['rChart', 'chart', '../charts/chart1.xml']),
    'xl/charts/chart1.xml': chart,
    'xl/charts/_rels/chart1.xml.rels': relations(['rBook', 'package', '../embeddings/book.xlsx']),
    'xl/embeddings/book.xlsx': embedded(h('ChartBook')),
    'xl/embeddings/oleObject1.bin': embedded(h('Ole')),
    'xl/drawings/vmlDrawing1.vml': `<xml>${h('Vml')}</xml>`,
    'xl/comments1.xml': `${XML}<comments ${NS}><authors><author>${h('CommentAuthor')}</author></authors><commentList><comment ref="A1" authorId="0"><text><t>${h('Comment')}</t></text></comment></commentList></comments>`,
    'xl/threadedComments/threadedComment1.xml': `<ThreadedComments>${h('Thread')}</ThreadedComments>`,
    'xl/persons/person.xml': `<personList>${h('Person')}</personList>`,
    'xl/tables/table1.xml': `${XML}<table ${NS} id="1" name="${h('TableName')}" displayName="${h('TableDisplay')}" ref="A1:B4" comment="${h('TableComment')}"><tableColumns count="1"><tableColumn id="1" name="${h('TableColumn')}"/></tableColumns></table>`,
    'xl/printerSettings/printerSettings1.bin': embedded(h('Printer')),
    'xl/externalLinks/externalLink1.xml': `${XML}<externalLink ${NS}><externalBook><sheetNames><sheetName val="${h('ExternalSheet')}"/></sheetNames></externalBook></externalLink>`,
    'xl/pivotCache/pivotCacheDefinition1.xml': `${XML}<pivotCacheDefinition ${NS} refreshedBy="${h('PivotUser')}"><cacheFields><cacheField name="${h('PivotField')}"><sharedItems><s v="${h('PivotItem')}"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>`,
    'xl/connections.xml': `${XML}<connections ${NS}><connection id="1" name="${h('Connection')}"><dbPr connection="${h('ConnectionString')}" command="${h('Command')}"/></connection></connections>`,
    'xl/calcChain.xml': `${XML}<calcChain ${NS}/>`,
    'docProps/thumbnail.jpeg': await picture(h('Thumbnail')),
    ...furtherInWorkbook(h),
    ...properties(h),
  });
  return { file, hidden, visible };
}
