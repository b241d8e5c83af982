import { embedded, namespacesOf, picture, type Row, XML } from './planted.ts';

type Say = (place: string) => string;

const MICROSOFT = 'http://schemas.microsoft.com/office';

/** What newer versions of Word, and what is put into a document from elsewhere, adds to it. */
export function furtherInWord(
  h: Say,
  v: Say,
  par: (content: string, look?: string) => string,
  run: (text: string, look?: string) => string,
  drawing: (id: number, name: string, rel: string, crop?: string, more?: string) => string,
): string[] {
  const graphic = (uri: string, content: string) =>
    `<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="400000"/><wp:docPr id="40" name="${h('GraphicName')}" descr="${h('GraphicDescr')}"/><a:graphic><a:graphicData uri="${uri}">${content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  const draw = 'http://schemas.openxmlformats.org/drawingml/2006';
  return [
    par(
      graphic(
        `${draw}/chart`,
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rChart"/>',
      ) +
        graphic(
          `${draw}/diagram`,
          '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rArt" r:lo="rArt" r:qs="rArt" r:cs="rArt"/>',
        ) +
        graphic(`${MICROSOFT}/word/2010/wordprocessingInk`, '<w14:contentPart r:id="rInk"/>') +
        drawing(41, 'Vector', 'rVector'),
    ),
    par(
      `<w:r><mc:AlternateContent><mc:Choice Requires="am3d"><w:drawing><wp:inline><wp:docPr id="42" name="${h('ModelName')}"/><a:graphic><a:graphicData uri="${MICROSOFT}/drawing/2017/model3d"><am3d:model3d xmlns:am3d="${MICROSOFT}/drawing/2017/model3d" r:embed="rModel"/></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback>${run(v('ModelFallback'))}</mc:Fallback></mc:AlternateContent></w:r>`,
    ),
    par(
      `<w:r><w:pict><v:shape style="width:9pt;height:9pt" o:spid="${h('Spid')}"><v:textpath string="${h('TextPath')}"/><v:imagedata r:id="rPicture" o:href="${h('VmlPictureHref')}" src="${h('VmlPictureSource')}"/></v:shape><v:line id="${h('VmlLine')}" o:gfxdata="${h('GfxData')}"/></w:pict></w:r><w:r><w:object><w:control r:id="rActive" w:name="${h('ControlName')}" w:shapeid="x"/></w:object></w:r>`,
    ),
    `<w:sdt><w:sdtPr><w15:webExtensionLinked xmlns:w15="${MICROSOFT}/word/2012/wordml" w15:val="${h('WebExtension')}"/><w:docPartObj><w:docPartGallery w:val="${h('Gallery')}"/><w:docPartCategory w:val="${h('Category')}"/></w:docPartObj><w:date w:fullDate="1950-01-02T00:00:00Z"><w:dateFormat w:val="${h('DateFormat')}"/></w:date><w:comboBox><w:listItem w:displayText="${h('ComboText')}" w:value="${h('ComboValue')}"/></w:comboBox><w:placeholder><w:docPart w:val="${h('DocPart')}"/></w:placeholder></w:sdtPr><w:sdtEndPr><w:rPr><w:rStyle w:val="${h('SdtEndStyle')}"/></w:rPr></w:sdtEndPr><w:sdtContent>${par(run(v('DateControl')))}</w:sdtContent></w:sdt>`,
    par(
      `${run(v('Fit'), `<w:fitText w:val="900" w:id="1"/><w14:glow w14:rad="1"><w14:srgbClr w14:val="${h('Glow')}"/></w14:glow>`)}<w:hyperlink w:anchor="x" w:tgtFrame="${h('Frame')}" w:history="${h('History')}">${run(v('FrameLink'))}</w:hyperlink><w:bdo w:val="ltr">${run(v('Ordered'))}</w:bdo><w:ruby><w:rubyPr><w:lid w:val="${h('RubyLanguage')}"/></w:rubyPr><w:rt>${run(v('RubyText'))}</w:rt><w:rubyBase>${run(v('RubyBase'))}</w:rubyBase></w:ruby>`,
    ),
    par(
      run(v('Numbered')),
      '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:framePr w:anchorLock="1"/><w:divId w:val="1"/>',
    ),
    par(
      run(h('Highlighted'), '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>') +
        run(h('NoFill'), '<w14:textFill><w14:noFill/></w14:textFill>') +
        run(
          v('Filled2'),
          '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="112233"/></w14:solidFill></w14:textFill>',
        ) +
        run(h('SpecialVanish'), '<w:vanish/><w:specVanish/>'),
    ),
    `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>${par(run(v('MergeTop')))}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>${par(run(h('MergeBelow')))}</w:tc></w:tr><w:tr><w:trPr><w:cnfStyle w:val="000000000000"/></w:trPr><w:tc><w:tcPr><w:cellMerge w:author="${h('CellMergeAuthor')}" w:id="9" w:vMerge="rest"/></w:tcPr>${par(run(v('MergedLast')))}</w:tc></w:tr></w:tbl>`,
    par(
      `<w:r><w:pict><v:shape style="width:50pt;height:20pt;visibility:hidden" o:button="t" target="${h('VmlTarget')}"><v:textbox><w:txbxContent>${par(run(h('VmlHidden')))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r><w:r><w:pict><v:shape style="width:50pt;height:20pt" o:allowincell="f" alt="${h('VmlSecondAlt')}"><v:fill src="${h('VmlFillSource')}" o:title="${h('VmlFillTitle')}"/><v:textbox><w:txbxContent>${par(run(v('VmlShown')))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`,
    ),
    `<w:subDoc r:id="rSubDocument"/>`,
    par(
      `<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>${v('Formula')}</m:t></m:r><m:d><m:dPr><m:begChr m:val="${h('Bracket')}"/><m:endChr m:val="${h('EndBracket')}"/></m:dPr><m:e/></m:d><m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e><m:r><m:t>${h('Phantom')}</m:t></m:r></m:e></m:phant></m:oMath>`,
    ),
    par(
      `<w:sdt><w:sdtPr><w15:repeatingSection xmlns:w15="${MICROSOFT}/word/2012/wordml"><w15:sectionTitle w15:val="${h('SectionTitle')}"/></w15:repeatingSection><w14:checkbox><w14:checked w14:val="1"/><w14:checkedState w14:val="2612" w14:font="${h('CheckFont')}"/></w14:checkbox><w:dataBinding w:prefixMappings="xmlns:n='${h('Prefix')}'" w:xpath="/n:x" w:storeItemID="{00000000-0000-0000-0000-000000000000}"/></w:sdtPr><w:sdtContent>${run(v('Checked'))}</w:sdtContent></w:sdt><w:customXmlInsRangeStart w:id="8" w:author="${h('CustomXmlAuthor')}"/><w:customXmlInsRangeEnd w:id="8"/>`,
    ),
    par(
      `<w:r><w:drawing><wp:inline><wp:extent cx="600000" cy="400000"/><wp:docPr id="60" name="x"><a:hlinkClick r:id="rLink" tooltip="${h('DocTip')}" action="${h('DocAction')}"/><a:hlinkHover r:id="rLink" tooltip="${h('HoverTip')}"/><a:extLst><a:ext uri="{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}"><a16:creationId xmlns:a16="http://schemas.microsoft.com/office/drawing/2014/main" id="${h('CreationId')}"/></a:ext></a:extLst></wp:docPr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="60" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rPicture"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="rVector"/></a:ext><a:ext uri="{BEBA8EAE-BF5A-486C-A8C5-ECC9F3942E4B}"><a14:imgProps xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"><a14:imgLayer r:embed="rLayer"><a14:imgEffect name="${h('ImageEffect')}"/></a14:imgLayer></a14:imgProps></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="600000" cy="400000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
    ),
  ];
}

export const furtherRelations: readonly Row[] = [
  ['rChart', 'chart', 'charts/chart1.xml'],
  ['rLayer', 'http://schemas.microsoft.com/office/2007/relationships/hdphoto', 'media/hdphoto1.wdp'],
  ['rSubDocument', 'subDocument', 'sub.docx'],
  ['rArt', 'diagramData', 'diagrams/data1.xml'],
  ['rInk', 'customXml', 'ink/ink1.xml'],
  ['rVector', 'image', 'media/vector.svg'],
  ['rModel', 'http://schemas.microsoft.com/office/2017/06/relationships/model3d', 'media/model3d1.glb'],
  ['rActive', 'control', 'activeX/activeX1.xml'],
  ['rExtended', 'http://schemas.microsoft.com/office/2011/relationships/commentsExtended', 'commentsExtended.xml'],
  ['rIds', 'http://schemas.microsoft.com/office/2016/09/relationships/commentsIds', 'commentsIds.xml'],
  [
    'rExtensible',
    'http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible',
    'commentsExtensible.xml',
  ],
  [
    'rTasks',
    'http://schemas.microsoft.com/office/2019/05/relationships/documenttasks',
    'documenttasks/documenttasks1.xml',
  ],
  ['rEffects', 'http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects', 'stylesWithEffects.xml'],
  ['rKeys', 'http://schemas.microsoft.com/office/2006/relationships/keyMapCustomizations', 'customizations.xml'],
];

/** Parts that such additions bring, and others that Word writes beside a document. */
export async function furtherParts(h: Say, v: Say): Promise<Record<string, string | Uint8Array>> {
  const all = namespacesOf('w', 'r', 'a', 'c');
  const cached = (text: string) =>
    `<c:strRef><c:f>'${h('ChartSheet')}'!$A$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${text}</c:v></c:pt></c:strCache></c:strRef>`;
  return {
    'word/charts/chart1.xml': `${XML}<c:chartSpace ${all}><c:clrMapOvr name="${h('ColourMap')}"/><c:pivotSource><c:name>${h('ChartPivot')}</c:name><c:fmtId val="0"/></c:pivotSource><c:chart><c:plotArea><c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:tx>${cached(v('Series'))}</c:tx><c:dLbls><c:separator>${h('Separator').slice(0, 12)}</c:separator></c:dLbls><c:trendline><c:name>${h('Trend')}</c:name></c:trendline><c:cat>${cached(v('Category'))}</c:cat></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart></c:plotArea></c:chart><c:externalData r:id="rBook"/><c:userShapes r:id="rNone"/></c:chartSpace>`,
    'word/charts/_rels/chart1.xml.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rBook" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package" Target="../embeddings/book.xlsx"/><Relationship Id="rStyle" Type="${MICROSOFT}/2011/relationships/chartStyle" Target="style1.xml"/></Relationships>`,
    'word/charts/style1.xml': `<cs:chartStyle xmlns:cs="urn:x" id="${h('ChartStyle')}"/>`,
    'word/embeddings/book.xlsx': embedded(h('ChartBook')),
    'word/diagrams/data1.xml': `${XML}<dgm:dataModel ${namespacesOf('a', 'dgm')}><dgm:ptLst><dgm:pt modelId="1"><dgm:prSet custT="1" phldrT="${h('ArtPlaceholder')}"/><dgm:t><a:bodyPr/><a:p><a:r><a:t>${v('ArtText')}</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt modelId="2" type="pres"><dgm:t><a:bodyPr/><a:p><a:r><a:t>${h('ArtPresentation')}</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt modelId="3" type="parTrans"><dgm:t><a:bodyPr/><a:p><a:r><a:t>${h('ArtTransition')}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>`,
    'word/ink/ink1.xml': `<inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML"><inkml:annotation type="${h('InkType')}">${h('Ink')}</inkml:annotation></inkml:ink>`,
    'word/media/vector.svg': `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>${h('SvgTitle')}</title><text>${h('SvgText')}</text></svg>`,
    'word/media/hdphoto1.wdp': embedded(h('FormerPicture')),
    'word/sub.docx': embedded(h('SubDocument')),
    'word/media/model3d1.glb': embedded(h('Model')),
    'word/activeX/activeX1.xml': `<ax:ocx xmlns:ax="urn:x" ax:license="${h('ActiveLicense')}"><ax:ocxPr ax:name="Value" ax:value="${h('ActiveValue')}"/></ax:ocx>`,
    'word/activeX/activeX1.bin': embedded(h('ActiveData')),
    'word/commentsExtended.xml': `<x>${h('CommentsExtended')}</x>`,
    'word/commentsIds.xml': `<x>${h('CommentsIds')}</x>`,
    'word/commentsExtensible.xml': `<x>${h('CommentsExtensible')}</x>`,
    'word/documenttasks/documenttasks1.xml': `<x>${h('Task')}</x>`,
    'word/stylesWithEffects.xml': `${XML}<w:styles ${all}><w:style w:styleId="${h('EffectStyle')}"/></w:styles>`,
    'word/customizations.xml': `<x>${h('KeyMap')}</x>`,
    'word/recipientData.xml': `<x>${h('Recipient')}</x>`,
    'word/fonts/font1.odttf': embedded(h('EmbeddedFont')),
    'word/intelligence2.xml': `<x>${h('Intelligence')}</x>`,
    'word/media/unused.jpeg': await picture(h('UnusedPicture')),
    'customXml/itemProps1.xml': `<ds:datastoreItem xmlns:ds="urn:x" ds:itemID="${h('DataStore')}"/>`,
    'docMetadata/LabelInfo.xml': `<clbl:labelList xmlns:clbl="urn:x"><clbl:label id="${h('Label')}"/></clbl:labelList>`,
    '_xmlsignatures/sig1.xml': `<Signature>${h('Signature')}</Signature>`,
    'word/webextensions/webextension1.xml': `<we:webextension xmlns:we="urn:x" id="${h('WebExtensionPart')}"/>`,
  };
}
