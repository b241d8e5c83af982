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
import { furtherInWord, furtherParts, furtherRelations } from './planted-docx-parts.ts';

const WORD = 'vnd.openxmlformats-officedocument.wordprocessingml';

/** A Word document with a string in every place that we know of where one may stand unseen. */
export async function plantedDocx(): Promise<Planted> {
  const { hidden, visible, h, v } = planter();
  const run = (text: string, look = '') =>
    `<w:r>${look ? `<w:rPr>${look}</w:rPr>` : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`;
  const par = (content: string, look = '') =>
    `<w:p w:rsidR="00AB12CD">${look ? `<w:pPr>${look}</w:pPr>` : ''}${content}</w:p>`;
  const field = (code: string, result: string) =>
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
  const drawing = (id: number, name: string, rel: string, crop = '', more = '') =>
    `<w:r><w:drawing><wp:inline><wp:extent cx="600000" cy="400000"/><wp:docPr id="${id}" name="${h(`${name}Name`)}" descr="${h(`${name}Descr`)}" title="${h(`${name}Title`)}"${more}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="${id}" name="${h(`${name}File`)}.jpg" descr="${h(`${name}Inner`)}"><a:hlinkClick r:id="rLink" tooltip="${h(`${name}Tip`)}"/></pic:cNvPr><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${rel}" r:link="rOutside"/>${crop}<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="600000" cy="400000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  const shape = (text: string, fallback: string, hide = '') =>
    `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="900000" cy="400000"/><wp:docPr id="30" name="x"${hide}/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>${par(run(text))}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id="${h('VmlId')}" alt="${h('VmlAlt')}" title="${h('VmlTitle')}" href="http://${h('VmlHref')}/" style="width:50pt;height:20pt"><v:textbox><w:txbxContent>${par(run(fallback))}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
  const tracked = `w:id="9" w:author="${h('TrackAuthor')}" w:date="2024-01-01T00:00:00Z"`;
  const body = [
    par(run(v('Plain')), `<w:pStyle w:val="${h('StyleId')}"/><w:rPr><w:ins ${tracked}/></w:rPr>`),
    par(
      run(h('Vanish'), '<w:vanish/>') +
        run(h('VanishStyle'), `<w:rStyle w:val="${h('HiddenStyleId')}"/>`) +
        run(v('NotVanish'), '<w:vanish w:val="0"/>'),
    ),
    par(
      run(h('White'), '<w:color w:val="FFFFFF"/>') +
        run(v('WhiteOnBlue'), '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="0000FF"/>') +
        run(h('SameColour'), '<w:color w:val="0000FF"/><w:shd w:val="clear" w:fill="0000FF"/>') +
        run(h('ThemeWhite'), '<w:color w:val="auto" w:themeColor="background1"/>') +
        run(h('Tiny'), '<w:sz w:val="2"/>'),
    ),
    par(
      `<w:ins ${tracked}>${run(v('Inserted'))}</w:ins><w:del ${tracked}><w:r><w:delText>${h('Deleted')}</w:delText></w:r></w:del><w:moveFrom ${tracked}>${run(h('MovedFrom'))}</w:moveFrom><w:moveTo ${tracked}>${run(v('MovedTo'))}</w:moveTo><w:moveFromRangeStart ${tracked} w:name="${h('MoveName')}"/>`,
    ),
    par(
      run(
        v('FormatChanged'),
        `<w:rPrChange ${tracked}><w:rPr><w:rFonts w:ascii="${h('FormerFont')}"/></w:rPr></w:rPrChange>`,
      ),
      `<w:pPrChange ${tracked}><w:pPr><w:pStyle w:val="${h('FormerStyle')}"/></w:pPr></w:pPrChange>`,
    ),
    `<w:p><w:pPr><w:rPr><w:del ${tracked}/></w:rPr></w:pPr>${run(v('JoinedOne'))}<w:del ${tracked}><w:r><w:delText>${h('DeletedParagraph')}</w:delText></w:r></w:del></w:p>${par(run(v('JoinedTwo')))}`,
    par(
      `<w:commentRangeStart w:id="1"/>${run(v('Commented'))}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r><w:bookmarkStart w:id="2" w:name="${h('Bookmark')}"/><w:bookmarkEnd w:id="2"/><w:permStart w:id="3" w:ed="${h('PermEditor')}"/><w:proofErr w:type="spellStart"/>`,
    ),
    par(
      `<w:hyperlink r:id="rLink" w:tooltip="${h('LinkTip')}" w:anchor="${h('LinkAnchor')}" w:docLocation="${h('LinkLocation')}">${run(v('LinkText'))}</w:hyperlink>`,
    ),
    par(
      field(`HYPERLINK "mailto:${h('FieldLink')}"`, v('FieldResult')) +
        field(`XE "${h('IndexEntry')}"`, h('IndexResult')) +
        field('AUTHOR', h('AuthorField')) +
        field(`DOCPROPERTY ${h('PropertyName')}`, h('PropertyField')) +
        field('PAGE', h('PageResult')) +
        field(`ADDIN ZOTERO_ITEM CSL_CITATION {"family":"${h('CitationCode')}"}`, v('Citation')) +
        field(`ASK ${h('AskName')} "${h('AskPrompt')}"`, h('AskResult')) +
        field(`FILLIN "${h('FillPrompt')}" \\d "${h('FillDefault')}"`, v('Filled')) +
        `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MACROBUTTON ${h('MacroName')} ${v('MacroShown')} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`,
    ),
    par(
      `<w:fldSimple w:instr=" FILENAME ${h('SimpleCode')} ">${run(h('FileName'))}</w:fldSimple><w:fldSimple w:instr=" REF ${h('RefCode')} "><w:fldData>${Buffer.from(h('FieldData')).toString('base64')}</w:fldData>${run(v('RefResult'))}</w:fldSimple>`,
    ),
    par(
      `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="${h('FormName')}"/><w:helpText w:val="${h('FormHelp')}"/><w:statusText w:val="${h('FormStatus')}"/><w:entryMacro w:val="${h('FormMacro')}"/><w:textInput><w:default w:val="${h('FormDefault')}"/></w:textInput></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(v('FormText'))}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
    ),
    par(
      `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="${h('ListOther')}"/><w:listEntry w:val="${v('ListChosen')}"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`,
    ),
    `<w:sdt><w:sdtPr><w:alias w:val="${h('SdtAlias')}"/><w:tag w:val="${h('SdtTag')}"/><w:dataBinding w:xpath="/${h('SdtPath')}" w:storeItemID="{00000000-0000-0000-0000-000000000000}"/><w:dropDownList w:lastValue="${h('SdtLast')}"><w:listItem w:displayText="${h('SdtItem')}" w:value="${h('SdtValue')}"/></w:dropDownList></w:sdtPr><w:sdtContent>${par(run(v('SdtContent')))}</w:sdtContent></w:sdt>`,
    par(
      `<w:smartTag w:uri="urn:${h('SmartUri')}" w:element="${h('SmartElement')}"><w:smartTagPr><w:attr w:name="${h('SmartName')}" w:val="${h('SmartValue')}"/></w:smartTagPr>${run(v('SmartText'))}</w:smartTag><w:customXml w:uri="urn:${h('CxUri')}" w:element="${h('CxElement')}">${run(v('CxText'))}</w:customXml>`,
    ),
    par(
      drawing(20, 'Picture', 'rPicture') +
        drawing(21, 'Cropped', 'rPicture', '<a:srcRect l="50000"/>') +
        drawing(22, 'HiddenPicture', 'rOther', '', ' hidden="1"'),
    ),
    par(shape(v('Box'), h('BoxFallback')) + shape(h('HiddenBox'), h('HiddenBoxFallback'), ' hidden="1"')),
    par(
      `<w:r><w:object><v:shape style="width:50pt;height:20pt"><v:imagedata r:id="rPicture" o:title="${h('OleTitle')}"/></v:shape><o:OLEObject Type="Embed" ProgID="${h('OleProgram')}" ShapeID="x" ObjectID="${h('OleId')}" r:id="rOle"/></w:object></w:r>`,
    ),
    `<w:altChunk r:id="rChunk"/>`,
    par(`${run(v('Noted'))}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>`),
    `<w:tbl><w:tblPr><w:tblStyle w:val="${h('TableStyle')}"/><w:tblCaption w:val="${h('TableCaption')}"/><w:tblDescription w:val="${h('TableDescription')}"/><w:tblPrChange ${tracked}><w:tblPr/></w:tblPrChange></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:tcPr/>${par(run(h('HiddenRow')))}</w:tc></w:tr><w:tr><w:trPr><w:del ${tracked}/></w:trPr><w:tc>${par(run(h('DeletedRow')))}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>${par(run(v('WhiteInCell'), '<w:color w:val="FFFFFF"/>'))}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:cellDel ${tracked}/></w:tcPr>${par(run(h('DeletedCell')))}</w:tc><w:tc>${par(run(v('Cell')))}</w:tc></w:tr></w:tbl>`,
    par(run(h('FlatLine')), '<w:spacing w:line="10" w:lineRule="exact"/>'),
    par(run(v('Listed')), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    par(
      run(`${v('Split1')}<!-- ${h('XmlComment')} -->`) +
        `<?app ${h('Instruction')}?>` +
        `<x:thing xmlns:x="urn:${h('ForeignNamespace')}" x:say="${h('ForeignAttribute')}">${h('ForeignText')}</x:thing>`,
    ),
    par(`<w:r w14:paraId="1"><w:t ${'w:unknown'}="${h('UnknownAttribute')}">${v('Attribute')}</w:t></w:r>`),
    par(
      `<w:r><w:rPr><w:rFonts w:ascii="${h('FontName')}"/><w:lang w:val="${h('Lang')}" w:eastAsia="${h('de-Zqan', '')}"/></w:rPr><w:t>${v('Font')}</w:t></w:r>`,
    ),
    ...furtherInWord(h, v, par, run, drawing),
    `<w:sectPr><w:headerReference w:type="default" r:id="rHeader"/><w:headerReference w:type="first" r:id="rFirst"/><w:headerReference w:type="even" r:id="rEven"/><w:pgSz w:w="11906" w:h="16838"/><w:printerSettings r:id="rPrinter"/><w:sectPrChange ${tracked}><w:sectPr/></w:sectPrChange></w:sectPr>`,
  ].join('');
  const all = namespacesOf('w', 'r', 'wp', 'a', 'pic', 'mc', 'wps', 'w14', 'v', 'o');
  const note = (kind: string) =>
    `${XML}<w:${kind}s ${all}><w:${kind} w:type="separator" w:id="0">${par('<w:r><w:separator/></w:r>')}</w:${kind}><w:${kind} w:id="2">${par(run(v(kind)))}</w:${kind}><w:${kind} w:id="7">${par(run(h(`Unused${kind}`)))}</w:${kind}></w:${kind}s>`;
  const file = packed({
    '[Content_Types].xml': contentTypes({
      'word/document.xml': `${WORD}.document.main+xml`,
      'word/styles.xml': `${WORD}.styles+xml`,
      'word/settings.xml': `${WORD}.settings+xml`,
    }),
    '_rels/.rels': relations(
      ['rId1', 'officeDocument', 'word/document.xml'],
      ['rId2', 'metadata/core-properties', 'docProps/core.xml'],
      ['rId3', 'thumbnail', 'docProps/thumbnail.jpeg'],
      ['rId4', 'extended-properties', 'docProps/app.xml'],
    ),
    'word/document.xml': `${XML}<w:document ${all}><w:docVars/><w:body>${body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': relations(
      ['rStyles', 'styles', 'styles.xml'],
      ['rSettings', 'settings', 'settings.xml'],
      ['rNumbering', 'numbering', 'numbering.xml'],
      ['rFootnotes', 'footnotes', 'footnotes.xml'],
      ['rEndnotes', 'endnotes', 'endnotes.xml'],
      ['rComments', 'comments', 'comments.xml'],
      ['rPeople', 'http://schemas.microsoft.com/office/2011/relationships/people', 'people.xml'],
      ['rHeader', 'header', 'header1.xml'],
      ['rFirst', 'header', 'header2.xml'],
      ['rEven', 'header', 'header3.xml'],
      ['rPicture', 'image', `media/${h('MediaName')}.jpeg`],
      ['rOther', 'image', 'media/other.jpeg'],
      ['rOle', 'oleObject', 'embeddings/oleObject1.bin'],
      ['rChunk', 'aFChunk', 'chunk.html'],
      ['rGlossary', 'glossaryDocument', 'glossary/document.xml'],
      ['rFonts', 'fontTable', 'fontTable.xml'],
      ['rWeb', 'webSettings', 'webSettings.xml'],
      ['rPrinter', 'printerSettings', 'printerSettings1.bin'],
      ['rLink', 'hyperlink', `mailto:${h('LinkTarget')}@example.org`, 'External'],
      ['rOutside', 'image', `file:///C:/${h('LinkedPicture')}.png`, 'External'],
      ['rCustom', 'customXml', '../customXml/item1.xml'],
      ['rUnused', 'header', 'header9.xml'],
      ...furtherRelations,
    ),
    'word/styles.xml': `${XML}<w:styles ${all}><w:docDefaults/><w:latentStyles><w:lsdException w:name="${h('Latent')}"/></w:latentStyles><w:style w:type="paragraph" w:styleId="${h('StyleId')}"><w:name w:val="${h('StyleName')}"/><w:aliases w:val="${h('StyleAlias')}"/><w:rsid w:val="00AB12CD"/></w:style><w:style w:type="character" w:styleId="${h('HiddenBase')}"><w:name w:val="hidden base"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="${h('HiddenStyleId')}"><w:name w:val="${h('HiddenStyleName')}"/><w:basedOn w:val="${h('HiddenBase')}"/></w:style><w:style w:type="table" w:styleId="${h('TableStyle')}"><w:name w:val="Table Grid"/></w:style></w:styles>`,
    'word/settings.xml': `${XML}<w:settings ${all}><w:docVars><w:docVar w:name="${h('VarName')}" w:val="${h('VarValue')}"/></w:docVars><w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w:attachedTemplate r:id="rTemplate"/><w:mailMerge><w:connectString w:val="${h('MailMerge')}"/><w:query w:val="${h('MailQuery')}"/></w:mailMerge><w:documentProtection w:hash="${h('Hash')}" w:salt="${h('Salt')}"/><w:defaultTabStop w:val="708"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/><w:compatSetting w:name="${h('CompatName')}" w:uri="${h('CompatUri')}" w:val="${h('CompatValue')}"/></w:compat><w:captions><w:caption w:name="${h('Caption')}"/></w:captions><w:saveThroughXslt w:solutionID="${h('Xslt')}"/><w:clickAndTypeStyle w:val="${h('ClickStyle')}"/><w:attachedSchema w:val="${h('AttachedSchema')}"/><w:activeWritingStyle w:lang="en-US" w:vendorID="64" w:dllVersion="1" w:appName="${h('WritingStyle')}"/><w:hdrShapeDefaults><o:shapedefaults v:ext="edit" spidmax="1" style="${h('ShapeDefaults')}"/></w:hdrShapeDefaults><w:decimalSymbol w:val="${h('Decimal')}"/></w:settings>`,
    'word/_rels/settings.xml.rels': relations([
      'rTemplate',
      'attachedTemplate',
      `file:///C:/Users/${h('Template')}.dotm`,
      'External',
    ]),
    'word/numbering.xml': `${XML}<w:numbering ${all}><w:abstractNum w:abstractNumId="0"><w:nsid w:val="12345678"/><w:name w:val="${h('ListName')}"/><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="${v('Label')} %1"/></w:lvl><w:lvl w:ilvl="5"><w:lvlText w:val="${h('UnusedLabel')} %6"/></w:lvl><w:lvl w:ilvl="6"><w:lvlText w:val="${h('9047110061', '')} %7"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
    'word/footnotes.xml': note('footnote'),
    'word/endnotes.xml': note('endnote'),
    'word/comments.xml': `${XML}<w:comments ${all}><w:comment w:id="1" w:author="${h('CommentAuthor')}" w:initials="${h('CommentInitials')}">${par(run(h('Comment')))}</w:comment></w:comments>`,
    'word/people.xml': `<people>${h('People')}</people>`,
    'word/header1.xml': `${XML}<w:hdr ${all}>${par(run(v('Header')) + field('LASTSAVEDBY', h('HeaderAuthor')))}</w:hdr>`,
    'word/header2.xml': `${XML}<w:hdr ${all}>${par(run(h('FirstHeader')))}</w:hdr>`,
    'word/header3.xml': `${XML}<w:hdr ${all}>${par(run(h('EvenHeader')))}</w:hdr>`,
    'word/header9.xml': `${XML}<w:hdr ${all}>${par(run(h('UnusedHeader')))}</w:hdr>`,
    [`word/media/${h('MediaName')}.jpeg`]: await picture(h('Exif')),
    'word/media/other.jpeg': await picture(h('HiddenExif')),
    'docProps/thumbnail.jpeg': await picture(h('Thumbnail')),
    'word/embeddings/oleObject1.bin': embedded(h('Ole')),
    'word/chunk.html': `<html><body>${h('Chunk')}</body></html>`,
    'word/glossary/document.xml': `${XML}<w:glossaryDocument ${all}><w:docParts><w:docPart><w:docPartBody>${par(run(h('Glossary')))}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>`,
    'word/fontTable.xml': `${XML}<w:fonts ${all}><w:font w:name="${h('FontTable')}"><w:altName w:val="${h('AltFont')}"/></w:font></w:fonts>`,
    'word/webSettings.xml': `${XML}<w:webSettings ${all}><w:divs><w:div w:id="1"/></w:divs><w:encoding w:val="${h('WebEncoding')}"/></w:webSettings>`,
    'word/printerSettings1.bin': embedded(h('Printer')),
    'word/vbaData.xml': `<vba>${h('VbaData')}</vba>`,
    ...(await furtherParts(h, v)),
    [`${h('EntryName')}.txt`]: h('LooseEntry'),
    ...properties(h),
  });
  return { file, hidden, visible };
}
