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

const SLIDES = 'vnd.openxmlformats-officedocument.presentationml';
const DRAWINGML = 'vnd.openxmlformats-officedocument';

/** A PowerPoint presentation with a string in every place that we know of where one may stand unseen. */
export async function plantedPptx(): Promise<Planted> {
  const { hidden, visible, h, v } = planter();
  const all = namespacesOf('a', 'r', 'p', 'c', 'dgm', 'mc');
  const place = (x: number, y: number, cx = 900_000, cy = 300_000) =>
    `<a:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="${cx}" cy="${cy}"/></a:xfrm>`;
  const run = (text: string, look = '', inner = '') =>
    `<a:r><a:rPr lang="en-GB" ${look}>${inner}</a:rPr><a:t>${text}</a:t></a:r>`;
  const body = (...paragraphs: readonly string[]) =>
    `<p:txBody><a:bodyPr/><a:lstStyle/>${paragraphs.map((one) => `<a:p>${one}</a:p>`).join('')}</p:txBody>`;
  const shape = (text: string, { at = place(0, 0), attributes = '', fill = '', ph = '' } = {}) =>
    `<p:sp><p:nvSpPr><p:cNvPr id="5" name="x" ${attributes}/><p:cNvSpPr/><p:nvPr>${ph}</p:nvPr></p:nvSpPr><p:spPr>${at}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>${fill}</p:spPr>${body(text)}</p:sp>`;
  const solid = (colour: string, alpha = '') =>
    `<a:solidFill><a:srgbClr val="${colour}">${alpha}</a:srgbClr></a:solidFill>`;
  const custom = `<p:sp><p:nvSpPr><p:cNvPr id="6" name="${h('ShapeName')}" descr="${h('ShapeDescr')}" title="${h('ShapeTitle')}"><a:hlinkClick r:id="rLink" tooltip="${h('LinkTip')}" action="${h('LinkAction')}"/></p:cNvPr><p:cNvSpPr/><p:nvPr><p:custDataLst><p:tags r:id="rTags"/></p:custDataLst></p:nvPr></p:nvSpPr><p:spPr>${place(100, 900_000)}<a:custGeom><a:avLst/><a:gdLst><a:gd name="${h('Guide')}" fmla="*/ w 1 2"/></a:gdLst><a:pathLst><a:path w="10" h="10"><a:moveTo><a:pt x="${h('Guide')}" y="0"/></a:moveTo><a:lnTo><a:pt x="9" y="9"/></a:lnTo></a:path></a:pathLst></a:custGeom></p:spPr>${body(run(v('Custom')))}</p:sp>`;
  const graphic = (uri: string, content: string, name: string) =>
    `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="7" name="${h(`${name}Name`)}" descr="${h(`${name}Descr`)}"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="900000"/></p:xfrm><a:graphic><a:graphicData uri="${uri}">${content}</a:graphicData></a:graphic></p:graphicFrame>`;
  const draw = 'http://schemas.openxmlformats.org/drawingml/2006';
  const pic = (rel: string, crop = '') =>
    `<p:pic><p:nvPicPr><p:cNvPr id="8" name="${h('PictureName')}" descr="${h('PictureDescr')}"/><p:cNvPicPr/><p:nvPr><a:videoFile r:link="rVideo"/></p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="${rel}"/>${crop}<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>${place(5000, 5000)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>`;
  const tree = (content: string) =>
    `<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>${content}</p:spTree>`;
  const slide = (content: string, attributes = '', after = '') =>
    `${XML}<p:sld ${all} ${attributes}><p:cSld name="${h('SlideName')}">${tree(content)}</p:cSld>${after}</p:sld>`;
  const first = [
    shape(run(v('Slide')) + run(h('Tiny'), 'sz="100"') + run(h('Clear'), '', solid('000000', '<a:alpha val="0"/>'))),
    shape(run(h('SameColour'), '', solid('4472C4')) + run(v('WhiteOnBlue'), '', solid('FFFFFF')), {
      fill: solid('4472C4'),
    }),
    shape(run(h('White'), '', solid('FFFFFF')), { at: place(7_000_000, 5_000_000) }),
    shape(run(h('Beside')), { at: place(20_000_000, 0) }),
    shape(
      run(h('NoFill'), '', '<a:noFill/>') +
        run(h('Highlighted'), '', `${solid('FFFF00')}<a:highlight><a:srgbClr val="FFFF00"/></a:highlight>`),
    ),
    `<p:grpSp><p:nvGrpSpPr><p:cNvPr id="70" name="${h('GroupName')}" hidden="1"/><p:cNvGrpSpPr/><p:nvPr><p:custDataLst><p:custData r:id="rCustom"/><p:tags r:id="rTags"/></p:custDataLst></p:nvPr></p:nvGrpSpPr><p:grpSpPr/>${shape(run(h('HiddenGroup')))}</p:grpSp>`,
    shape(
      `<a:r><a:rPr><a:hlinkMouseOver r:id="rLink" action="ppaction://hlinkfile?${h('OverAction')}" tooltip="${h('OverTip')}"><a:snd r:embed="rSound" name="${h('OverSound')}"/></a:hlinkMouseOver></a:rPr><a:t>${v('MouseOver')}</a:t></a:r><a:fld id="{00000000-0000-0000-0000-000000000003}" type="${h('FieldType')}"><a:t>${v('OtherField')}</a:t></a:fld>`,
    ),
    shape(run(h('HiddenShape')), { attributes: 'hidden="1"' }),
    shape(
      `<a:fld id="{00000000-0000-0000-0000-000000000001}" type="datetime1"><a:rPr/><a:t>${v('DateField')}</a:t></a:fld><a:fld id="{00000000-0000-0000-0000-000000000002}" type="slidenum"><a:t>${h('NumberField')}</a:t></a:fld>`,
    ),
    custom,
    graphic(`${draw}/chart`, '<c:chart r:id="rChart"/>', 'Chart'),
    graphic(`${draw}/diagram`, '<dgm:relIds r:dm="rData" r:lo="rLayout" r:qs="rStyle" r:cs="rColours"/>', 'Art'),
    graphic(
      'http://schemas.openxmlformats.org/presentationml/2006/ole',
      `<p:oleObj spid="${h('OleSpid')}" name="${h('OleName')}" progId="${h('OleProgram')}" r:id="rOle"><p:embed/>${pic('rPicture')}</p:oleObj>`,
      'Ole',
    ),
    graphic(
      `${draw}/table`,
      `<a:tbl><a:tblPr><a:tableStyleId>{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}</a:tableStyleId></a:tblPr><a:tblGrid><a:gridCol w="100"/></a:tblGrid><a:tr h="100"><a:tc><a:txBody><a:bodyPr/><a:p>${run(v('TableCell'))}</a:p></a:txBody><a:tcPr/></a:tc><a:tc hMerge="1"><a:txBody><a:bodyPr/><a:p>${run(h('MergedCell'))}</a:p></a:txBody><a:tcPr/></a:tc><a:tc vMerge="1"><a:txBody><a:bodyPr/><a:p>${run(h('MergedBelow'))}</a:p></a:txBody><a:tcPr/></a:tc></a:tr></a:tbl>`,
      'Table',
    ),
    pic('rPicture', '<a:srcRect l="40000" r="40000"/>'),
    `<mc:AlternateContent><mc:Choice xmlns:pslz="http://schemas.microsoft.com/office/powerpoint/2016/slidezoom" Requires="pslz"><p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="50" name="${h('ZoomName')}"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr></p:graphicFrame></mc:Choice><mc:Fallback>${shape(run(v('ZoomFallback')))}</mc:Fallback></mc:AlternateContent>`,
    `<p:contentPart r:id="rInk"/>`,
    `<mc:AlternateContent><mc:Choice xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" Requires="a14">${shape(`<a14:m><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>${v('Formula')}</m:t></m:r><m:r><a:rPr><a:noFill/></a:rPr><m:t>${h('FormulaNoFill')}</m:t></m:r><m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e><m:r><m:t>${h('Phantom')}</m:t></m:r></m:e></m:phant></m:oMath></a14:m>`)}</mc:Choice><mc:Fallback>${shape(run(h('FormulaFallback')))}</mc:Fallback></mc:AlternateContent>`,
    `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="51" name="x"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/${h('GraphicUri')}"><p:control spid="x" name="${h('ControlName')}" r:id="rActive"/></a:graphicData></a:graphic></p:graphicFrame>`,
    `<p:sp><p:nvSpPr><p:cNvPr id="52" name="x"/><p:cNvSpPr/><p:nvPr><p:extLst><p:ext uri="{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}"><p14:media xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" r:embed="rMedia" name="${h('MediaName')}"/></p:ext></p:extLst></p:nvPr></p:nvSpPr><p:spPr>${place(10, 2_000_000)}<a:prstGeom prst="${h('Preset')}"><a:avLst><a:gd name="adj" fmla="val ${h('PresetGuide')}"/></a:avLst></a:prstGeom></p:spPr>${body(run(v('Preset')) + `<a:r><a:rPr bmk="${h('RunBookmark')}" altLang="${h('AltLang')}"/><a:t>${v('Bookmarked')}</a:t></a:r>`)}</p:sp>`,
  ].join('');
  const timing = `<p:transition><p:sndAc><p:stSnd><p:snd r:embed="rSound" name="${h('SoundName')}"/></p:stSnd></p:sndAc></p:transition><p:timing><p:tnLst><p:par><p:cTn id="1"><p:childTnLst><p:set><p:cBhvr><p:cTn id="2"/><p:tgtEl><p:spTgt spid="5"/></p:tgtEl></p:cBhvr><p:to><p:strVal val="${h('Animation')}"/></p:to></p:set></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing><p:extLst><p:ext uri="{00000000-0000-0000-0000-000000000004}"><x:y xmlns:x="urn:x">${h('SlideExtension')}</x:y></p:ext></p:extLst>`;
  const artShape = (text: string) =>
    `<dsp:sp modelId="{00000000-0000-0000-0000-000000000009}"><dsp:nvSpPr><dsp:cNvPr id="0" name="${h('ArtShape')}"/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr>${place(0, 0)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></dsp:spPr><dsp:txBody><a:bodyPr/><a:p>${run(text)}</a:p></dsp:txBody></dsp:sp>`;
  const cached = (text: string, sheet: string) =>
    `<c:strRef><c:f>${sheet}!$A$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${text}</c:v></c:pt></c:strCache></c:strRef>`;
  const file = packed({
    '[Content_Types].xml': contentTypes({
      'ppt/presentation.xml': `${SLIDES}.presentation.main+xml`,
      'ppt/slides/slide1.xml': `${SLIDES}.slide+xml`,
      'ppt/charts/chart1.xml': `${DRAWINGML}.drawingml.chart+xml`,
    }),
    '_rels/.rels': relations(['rId1', 'officeDocument', 'ppt/presentation.xml']),
    'ppt/presentation.xml': `${XML}<p:presentation ${all}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rMaster"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rNotesMaster"/></p:notesMasterIdLst><p:handoutMasterIdLst><p:handoutMasterId r:id="rHandout"/></p:handoutMasterIdLst><p:sldIdLst><p:sldId id="256" r:id="rSlide"/><p:sldId id="257" r:id="rHidden"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="1" cy="1"/><p:embeddedFontLst><p:embeddedFont><p:font typeface="${h('EmbeddedFontName')}"/></p:embeddedFont></p:embeddedFontLst><p:kinsoku lang="ja-JP" invalStChars="${h('Kinsoku')}" invalEndChars="x"/><p:custShowLst><p:custShow name="${h('CustomShow')}" id="0"><p:sldLst/></p:custShow></p:custShowLst><p:modifyVerifier algorithmName="${h('Verifier')}" hashValue="${h('VerifierHash')}"/><p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="${h('Section')}" id="{0}"/></p14:sectionLst></p:ext></p:extLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(
      ['rMaster', 'slideMaster', 'slideMasters/slideMaster1.xml'],
      ['rSlide', 'slide', 'slides/slide1.xml'],
      ['rHidden', 'slide', 'slides/slide2.xml'],
      ['rNotesMaster', 'notesMaster', 'notesMasters/notesMaster1.xml'],
      ['rHandout', 'handoutMaster', 'handoutMasters/handoutMaster1.xml'],
      ['rAuthors', 'commentAuthors', 'commentAuthors.xml'],
      ['rProps', 'presProps', 'presProps.xml'],
      ['rView', 'viewProps', 'viewProps.xml'],
      ['rStyles', 'tableStyles', 'tableStyles.xml'],
    ),
    'ppt/slides/slide1.xml': slide(first, '', timing),
    'ppt/slides/_rels/slide1.xml.rels': relations(
      ['rLayoutOfSlide', 'slideLayout', '../slideLayouts/slideLayout1.xml'],
      ['rNotes', 'notesSlide', '../notesSlides/notesSlide1.xml'],
      ['rComments', 'comments', '../comments/comment1.xml'],
      [
        'rModern',
        'http://schemas.microsoft.com/office/2018/10/relationships/comments',
        '../comments/modernComment1.xml',
      ],
      ['rTags', 'tags', '../tags/tag1.xml'],
      ['rChart', 'chart', '../charts/chart1.xml'],
      ['rPicture', 'image', '../media/image1.jpeg'],
      ['rOle', 'oleObject', '../embeddings/oleObject1.bin'],
      ['rSound', 'audio', '../media/sound.wav'],
      ['rInk', 'customXml', '../ink/ink1.xml'],
      ['rActive', 'control', '../activeX/activeX1.xml'],
      ['rMedia', 'http://schemas.microsoft.com/office/2007/relationships/media', '../media/film.mp4'],
      ['rVml', 'vmlDrawing', '../drawings/vmlDrawing1.vml'],
      ['rVideo', 'video', `file:///C:/${h('Video')}.mp4`, 'External'],
      ['rLink', 'hyperlink', `mailto:${h('LinkTarget')}`, 'External'],
      ['rData', 'diagramData', '../diagrams/data1.xml'],
      ['rLayout', 'diagramLayout', '../diagrams/layout1.xml'],
      ['rStyle', 'diagramQuickStyle', '../diagrams/quickStyle1.xml'],
      ['rColours', 'diagramColors', '../diagrams/colors1.xml'],
      ['rDrawn', 'http://schemas.microsoft.com/office/2007/relationships/diagramDrawing', '../diagrams/drawing1.xml'],
    ),
    'ppt/slides/slide2.xml': slide(shape(run(h('HiddenSlide'))), 'show="0"'),
    'ppt/slides/_rels/slide2.xml.rels': relations([
      'rLayoutOfSlide',
      'slideLayout',
      '../slideLayouts/slideLayout2.xml',
    ]),
    'ppt/slideLayouts/slideLayout1.xml': `${XML}<p:sldLayout ${all} matchingName="${h('LayoutMatching')}"><p:cSld name="${h('LayoutName')}">${tree(shape(run(h('LayoutPrompt')), { ph: '<p:ph type="title"/>' }) + shape(run(v('LayoutText'))))}</p:cSld></p:sldLayout>`,
    'ppt/slideLayouts/_rels/slideLayout1.xml.rels': relations([
      'rMaster',
      'slideMaster',
      '../slideMasters/slideMaster1.xml',
    ]),
    'ppt/slideLayouts/slideLayout2.xml': `${XML}<p:sldLayout ${all}><p:cSld>${tree(shape(run(h('UnusedLayout'))))}</p:cSld></p:sldLayout>`,
    'ppt/slideLayouts/_rels/slideLayout2.xml.rels': relations([
      'rMaster',
      'slideMaster',
      '../slideMasters/slideMaster1.xml',
    ]),
    'ppt/slideMasters/slideMaster1.xml': `${XML}<p:sldMaster ${all}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>${tree(shape(run(h('MasterPrompt')), { ph: '<p:ph type="body"/>' }) + shape(run(v('MasterText'))))}</p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rOne"/><p:sldLayoutId id="2147483650" r:id="rTwo"/></p:sldLayoutIdLst></p:sldMaster>`,
    'ppt/slideMasters/_rels/slideMaster1.xml.rels': relations(
      ['rOne', 'slideLayout', '../slideLayouts/slideLayout1.xml'],
      ['rTwo', 'slideLayout', '../slideLayouts/slideLayout2.xml'],
      ['rTheme', 'theme', '../theme/theme1.xml'],
    ),
    'ppt/theme/theme1.xml': `${XML}<a:theme ${all} name="${h('ThemeName')}"><a:themeElements><a:clrScheme name="${h('ColourScheme')}"><a:dk1><a:srgbClr val="000000"/></a:dk1></a:clrScheme><a:fontScheme name="${h('FontScheme')}"><a:majorFont><a:latin typeface="${h('ThemeFont')}"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont></a:fontScheme><a:fmtScheme name="${h('FormatScheme')}"/></a:themeElements><a:custClrLst><a:custClr name="${h('CustomColour')}"><a:srgbClr val="000000"/></a:custClr></a:custClrLst></a:theme>`,
    'ppt/notesSlides/notesSlide1.xml': `${XML}<p:notes ${all}><p:cSld>${tree(shape(run(h('Notes'))))}</p:cSld></p:notes>`,
    'ppt/notesMasters/notesMaster1.xml': `${XML}<p:notesMaster ${all}><p:cSld>${tree(shape(run(h('NotesMaster'))))}</p:cSld></p:notesMaster>`,
    'ppt/handoutMasters/handoutMaster1.xml': `${XML}<p:handoutMaster ${all}><p:cSld>${tree(shape(run(h('Handout'))))}</p:cSld></p:handoutMaster>`,
    'ppt/comments/comment1.xml': `${XML}<p:cmLst ${all}><p:cm authorId="0"><p:text>${h('Comment')}</p:text></p:cm></p:cmLst>`,
    'ppt/comments/modernComment1.xml': `<cm>${h('ModernComment')}</cm>`,
    'ppt/commentAuthors.xml': `${XML}<p:cmAuthorLst ${all}><p:cmAuthor id="0" name="${h('Author')}" initials="${h('Initials')}"/></p:cmAuthorLst>`,
    'ppt/tags/tag1.xml': `${XML}<p:tagLst ${all}><p:tag name="${h('TagName')}" val="${h('TagValue')}"/></p:tagLst>`,
    'ppt/presProps.xml': `${XML}<p:presentationPr ${all}><p:htmlPubPr title="${h('HtmlTitle')}"/></p:presentationPr>`,
    'ppt/viewProps.xml': `${XML}<p:viewPr ${all} lastView="${h('View')}"/>`,
    'ppt/tableStyles.xml': `${XML}<a:tblStyleLst ${all} def="{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"><a:tblStyle styleId="{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}" styleName="${h('TableStyle')}"/></a:tblStyleLst>`,
    'ppt/charts/chart1.xml': `${XML}<c:chartSpace ${all}><c:chart><c:plotArea><c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:tx>${cached(v('Series'), h('ChartSheet'))}</c:tx><c:cat>${cached(v('Category'), `'${h('ChartOther')}'`)}</c:cat><c:val><c:numRef><c:f>${h('ChartSheet')}!$B$1</c:f><c:numCache><c:ptCount val="1"/><c:pt idx="0" formatCode="${h('PointFormat')}"><c:v>${h('NoNumber')}</c:v></c:pt></c:numCache></c:numRef></c:val><c:extLst><c:ext uri="{02D57815-91ED-43cb-92C2-25804820EDAC}"><c15:datalabelsRange xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:f>${h('LabelsRange')}</c15:f></c15:datalabelsRange></c:ext></c:extLst></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart></c:plotArea></c:chart><c:externalData r:id="rBook"/></c:chartSpace>`,
    'ppt/charts/_rels/chart1.xml.rels': relations(['rBook', 'package', '../embeddings/book.xlsx']),
    'ppt/diagrams/data1.xml': `${XML}<dgm:dataModel ${all}><dgm:ptLst><dgm:pt modelId="1"><dgm:t><a:bodyPr/><a:p>${run(h('ArtData'))}</a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:extLst><a:ext uri="http://schemas.microsoft.com/office/drawing/2008/diagram"><dsp:dataModelExt xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" relId="rDrawn"/></a:ext></dgm:extLst></dgm:dataModel>`,
    'ppt/diagrams/layout1.xml': `${XML}<dgm:layoutDef ${all} uniqueId="${h('ArtLayout')}"/>`,
    'ppt/diagrams/quickStyle1.xml': `${XML}<dgm:styleDef ${all} uniqueId="${h('ArtStyle')}"/>`,
    'ppt/diagrams/colors1.xml': `${XML}<dgm:colorsDef ${all} uniqueId="${h('ArtColours')}"/>`,
    'ppt/diagrams/drawing1.xml': `${XML}<dsp:drawing ${namespacesOf('a', 'dsp')}><dsp:spTree><dsp:nvGrpSpPr/><dsp:grpSpPr/>${artShape(v('ArtText'))}</dsp:spTree></dsp:drawing>`,
    'ppt/ink/ink1.xml': `<inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML">${h('Ink')}</inkml:ink>`,
    'ppt/activeX/activeX1.xml': `<ax:ocx xmlns:ax="urn:x" ax:license="${h('ActiveLicense')}"/>`,
    'ppt/media/film.mp4': embedded(h('Film')),
    'ppt/drawings/vmlDrawing1.vml': `<xml>${h('Vml')}</xml>`,
    'ppt/notesSlides/notesSlide2.xml': `${XML}<p:notes ${all}><p:cSld>${tree(shape(run(h('NotesOfHidden'))))}</p:cSld></p:notes>`,
    'ppt/revisionInfo.xml': `<x>${h('RevisionInfo')}</x>`,
    'ppt/changesInfos/changesInfo1.xml': `<x>${h('ChangesInfo')}</x>`,
    'ppt/authors.xml': `<x>${h('ModernAuthor')}</x>`,
    'ppt/fonts/font1.fntdata': embedded(h('EmbeddedFont')),
    'ppt/printerSettings/printerSettings1.bin': embedded(h('Printer')),
    'ppt/media/unused.svg': `<svg xmlns="http://www.w3.org/2000/svg"><desc>${h('Vector')}</desc></svg>`,
    'ppt/tags/tag2.xml': `<x>${h('PresentationTag')}</x>`,
    'ppt/customXml/item1.xml': `<x>${h('InnerCustomXml')}</x>`,
    'ppt/embeddings/book.xlsx': embedded(h('ChartBook')),
    'ppt/embeddings/oleObject1.bin': embedded(h('OleData')),
    'ppt/media/sound.wav': embedded(h('Sound')),
    'ppt/media/image1.jpeg': await picture(h('Exif')),
    'docProps/thumbnail.jpeg': await picture(h('Thumbnail')),
    ...properties(h),
  });
  return { file, hidden, visible };
}
