import { embedded, type Planted, packed, picture, planter, XML } from './planted.ts';

const oasis = 'urn:oasis:names:tc:opendocument:xmlns';
const NS = [
  ...['office', 'style', 'text', 'table', 'chart', 'presentation', 'form', 'script', 'meta', 'config', 'manifest'].map(
    (name) => `xmlns:${name}="${oasis}:${name}:1.0"`,
  ),
  `xmlns:draw="${oasis}:drawing:1.0"`,
  `xmlns:number="${oasis}:datastyle:1.0"`,
  `xmlns:svg="${oasis}:svg-compatible:1.0"`,
  `xmlns:fo="${oasis}:xsl-fo-compatible:1.0"`,
  `xmlns:anim="${oasis}:animation:1.0"`,
  `xmlns:smil="${oasis}:smil-compatible:1.0"`,
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
].join(' ');

interface Parts {
  readonly automatic: string;
  readonly body: string;
  readonly masters?: string;
  readonly more?: Readonly<Record<string, string | Uint8Array>>;
}

/** What all three kinds have around their content. */
async function document(
  type: string,
  h: (place: string) => string,
  { automatic, body, masters = '', more = {} }: Parts,
): Promise<Uint8Array> {
  return packed({
    mimetype: `application/vnd.oasis.opendocument.${type}`,
    'content.xml': `${XML}<office:document-content ${NS} office:version="1.3"><office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:href="${h('Script')}"/></office:event-listeners></office:scripts><office:font-face-decls><style:font-face style:name="${h('FontFace')}" svg:font-family="${h('FontFamily')}"/></office:font-face-decls><office:automatic-styles>${automatic}</office:automatic-styles><office:body>${body}</office:body></office:document-content>`,
    'styles.xml': `${XML}<office:document-styles ${NS} office:version="1.3"><office:styles><text:linenumbering-configuration text:number-lines="true" text:increment="5"><text:linenumbering-separator text:increment="3">${h('LineSeparator')}</text:linenumbering-separator></text:linenumbering-configuration><draw:gradient draw:name="${h('GradientName')}" draw:display-name="${h('GradientDisplay')}" draw:style="linear"/><draw:marker draw:name="${h('MarkerName')}" svg:viewBox="0 0 9 9" svg:d="M0 0"/><style:style style:name="${h('StyleName')}" style:display-name="${h('StyleDisplay')}" style:family="paragraph"/></office:styles><office:automatic-styles/><office:master-styles>${masters}</office:master-styles></office:document-styles>`,
    'meta.xml': `${XML}<office:document-meta ${NS}><office:meta><meta:initial-creator>${h('Creator')}</meta:initial-creator><dc:title>${h('Title')}</dc:title><meta:user-defined meta:name="${h('UserName')}">${h('UserValue')}</meta:user-defined><meta:template xlink:href="${h('Template')}"/></office:meta></office:document-meta>`,
    'settings.xml': `${XML}<office:document-settings ${NS}><office:settings><config:config-item config:name="${h('Setting')}">${h('SettingValue')}</config:config-item></office:settings></office:document-settings>`,
    'manifest.rdf': `<rdf>${h('Rdf')}</rdf>`,
    'Thumbnails/thumbnail.png': embedded(h('Thumbnail')),
    'Configurations2/accelerator/current.xml': h('Configuration'),
    [`Pictures/${h('PictureName')}.jpg`]: await picture(h('Exif')),
    'Object 1/content.xml': `${XML}<office:document-content ${NS}><office:body><office:text><text:p>${h('ObjectText')}</text:p></office:text></office:body></office:document-content>`,
    'ObjectReplacements/Object 1': embedded(h('Replacement')),
    'Object 3/content.xml': `<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>x</mi><mphantom><mi>${h('Phantom')}</mi></mphantom></mrow><annotation encoding="StarMath 5.0">${h('MathAnnotation')}</annotation></semantics></math>`,
    'META-INF/macrosignatures.xml': `<x>${h('MacroSignature')}</x>`,
    'Versions/Version1': embedded(h('Version')),
    'META-INF/documentsignatures.xml': `<x>${h('Signature')}</x>`,
    'layout-cache': embedded(h('LayoutCache')),
    'Basic/script-lc.xml': `<x>${h('Libraries')}</x>`,
    'Basic/Standard/script-lb.xml': `<x>${h('Library')}</x>`,
    'Dialogs/dialog.xml': `<x>${h('Dialog')}</x>`,
    'Fonts/font1.ttf': embedded(h('EmbeddedFont')),
    'Media/film.mp4': embedded(h('Film')),
    'VersionList.xml': `<x>${h('VersionList')}</x>`,
    'current.xml': `<x>${h('Loose')}</x>`,
    'Object 2/meta.xml': `<x>${h('ChartMeta')}</x>`,
    'Object 2/content.xml': `${XML}<office:document-content ${NS}><office:body><office:chart><chart:chart chart:class="chart:bar" xml:id="${h('ChartId')}"><chart:title><text:p>Chart</text:p></chart:title><chart:plot-area table:cell-range-address="'${h('ChartRange')}'.A1:'${h('ChartRange')}'.B2"><chart:series chart:values-cell-range-address="${h('ChartValues')}.$B$1:.$B$2" chart:label-cell-address="${h('ChartLabel')}.$B$1"/></chart:plot-area><table:table table:name="local-table"><table:table-row><table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell></table:table-row></table:table></chart:chart></office:chart></office:body></office:document-content>`,
    'META-INF/manifest.xml': `${XML}<manifest:manifest ${NS}> <manifest:file-entry manifest:full-path="${h('ManifestPath')}" manifest:media-type="x"/><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.${type}"/></manifest:manifest>`,
    ...more,
  });
}

const style = (name: string, family: string, properties: string) =>
  `<style:style style:name="${name}" style:family="${family}">${properties}</style:style>`;
const frame = (h: (place: string) => string, content: string, attributes = '') =>
  `<draw:frame draw:name="${h('FrameName')}" ${attributes} svg:width="2cm" svg:height="2cm">${content}<svg:title>${h('FrameTitle')}</svg:title><svg:desc>${h('FrameDescr')}</svg:desc></draw:frame>`;

/** An OpenDocument text with a string in every place that we know of where one may stand unseen. */
export async function plantedOdt(): Promise<Planted> {
  const { hidden, visible, h, v } = planter();
  const p = (content: string, look = 'Standard') => `<text:p text:style-name="${look}">${content}</text:p>`;
  const span = (look: string, text: string) => `<text:span text:style-name="${look}">${text}</text:span>`;
  const body = [
    `<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>${h('ChangeAuthor')}</dc:creator></office:change-info>${p(h('Deleted'))}</text:deletion></text:changed-region></text:tracked-changes><text:variable-decls><text:variable-decl text:name="${h('Variable')}" office:value-type="string"/></text:variable-decls><text:user-field-decls><text:user-field-decl office:value-type="string" office:string-value="${h('UserField')}" text:name="x"/></text:user-field-decls>`,
    p(
      `${v('Plain')}<text:change text:change-id="c1"/>${span('Hidden', h('HiddenSpan'))}${span('White', h('White'))}${span('Tiny', h('Tiny'))}${span('Marked', v('WhiteOnBlue'))}`,
    ),
    p(h('HiddenParagraph'), 'HiddenParagraph'),
    p(frame(h, '<draw:object xlink:href="./Object 3"/><draw:image xlink:href="./ObjectReplacements/Object 3"/>')),
    p(h('HiddenByParent'), 'HiddenChild'),
    p(
      `<draw:frame draw:display="none" svg:width="2cm" svg:height="2cm"><draw:text-box>${p(h('NoDisplay'))}</draw:text-box></draw:frame><text:note text:note-class="footnote"><text:note-citation text:label="${h('NoteLabel')}">1</text:note-citation><text:note-body>${p(v('NoteBody'))}</text:note-body></text:note>`,
    ),
    p(
      `<draw:frame svg:width="2cm" svg:height="2cm"><draw:image><office:binary-data>${Buffer.from(h('BinaryData').repeat(3)).toString('base64')}</office:binary-data></draw:image></draw:frame>`,
    ),
    p(
      `${v('Noted')}<office:annotation office:name="${h('NoteName')}"><dc:creator>${h('NoteAuthor')}</dc:creator>${p(h('Annotation'))}</office:annotation><text:bookmark text:name="${h('Bookmark')}"/><text:reference-mark text:name="${h('ReferenceMark')}"/><text:alphabetical-index-mark text:string-value="${h('IndexMark')}"/>`,
    ),
    p(
      `<text:a xlink:href="mailto:${h('Link')}" office:title="${h('LinkTitle')}" office:name="${h('LinkName')}">${v('LinkText')}</text:a>`,
    ),
    p(
      `<text:author-name>${h('AuthorName')}</text:author-name><text:sender-lastname>${h('Sender')}</text:sender-lastname><text:file-name>${h('FileName')}</text:file-name><text:user-defined text:name="${h('DefinedName')}">${h('Defined')}</text:user-defined><text:hidden-text text:condition="${h('Condition')}" text:string-value="${h('HiddenValue')}">${h('HiddenText')}</text:hidden-text><text:conditional-text text:string-value-if-true="${h('IfTrue')}">x</text:conditional-text><text:date text:date-value="2024-01-01">${v('Date')}</text:date><text:placeholder text:placeholder-type="text" text:description="${h('PlaceholderHint')}">${v('Placeholder')}</text:placeholder><text:script script:language="x">${h('InlineScript')}</text:script>`,
    ),
    `<text:section text:name="${h('SectionName')}" text:display="none">${p(h('HiddenSection'))}</text:section><text:section text:name="x" text:protection-key="${h('ProtectionKey')}">${p(v('Section'))}</text:section>`,
    p(frame(h, `<draw:image xlink:href="Pictures/${h('PictureName')}.jpg"/>`, 'draw:style-name="Clipped"')),
    p(frame(h, '<draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/>')),
    p(frame(h, `<draw:text-box>${p(v('Box'))}</draw:text-box>`)),
    p(frame(h, '<draw:object xlink:href="./Object 2"/>')),
    p(
      `<draw:custom-shape draw:name="${h('ShapeName')}" draw:data="${h('ShapeData')}" xml:id="${h('ShapeId')}" svg:width="2cm" svg:height="2cm">${p(v('Shape'))}<draw:enhanced-geometry draw:type="ooxml-${h('Geometry')}" svg:viewBox="0 0 9 9"/></draw:custom-shape>`,
    ),
    p(
      `<text:bibliography-mark text:identifier="${h('BibIdentifier')}" text:author="${h('BibAuthor')}">${v('Bibliography')}</text:bibliography-mark><text:sequence text:name="${h('Sequence')}" text:formula="${h('SequenceFormula')}" text:ref-name="${h('SequenceRef')}">${v('SequenceShown')}</text:sequence><text:user-field-get text:name="${h('FieldName')}">${v('FieldShown')}</text:user-field-get><text:meta xmlns:xhtml="http://www.w3.org/1999/xhtml" xhtml:about="${h('About')}" xhtml:content="${h('AboutContent')}">${v('Meta')}</text:meta><text:database-display text:database-name="${h('DatabaseName')}" text:table-name="${h('DatabaseTable')}">${v('DatabaseShown')}</text:database-display>`,
    ),
    `<table:table table:name="${h('ValueTable')}"><table:table-row><table:table-cell office:value-type="float" office:value="${h('9047110067', '')}"><text:p>7</text:p></table:table-cell></table:table-row></table:table>`,
    `<text:table-of-content text:name="${h('TocName')}"><text:table-of-content-source><text:index-title-template>${h('TocTemplate')}</text:index-title-template></text:table-of-content-source><text:index-body>${p(v('Toc'))}</text:index-body></text:table-of-content>`,
    `<table:table table:name="${h('TableName')}" table:style-name="T1"><table:table-row><table:table-cell table:formula="${h('Formula')}" office:value-type="string" office:string-value="${h('StringValue')}">${p(v('Cell'))}</table:table-cell></table:table-row></table:table>`,
    `<text:list xml:id="${h('ListId')}"><text:list-item>${p(v('FirstItem'))}</text:list-item></text:list><text:list xml:id="${h('OtherListId')}" text:continue-list="${h('ListId')}"><text:list-item>${p(v('SecondItem'))}</text:list-item></text:list><text:list text:continue-list="${h('NoList')}"><text:list-item>${p(v('ThirdItem'))}</text:list-item></text:list>`,
    ...forms(h, v, p),
    `<text:section text:name="x" text:display="condition" text:condition="ooow:book eq 1">${p(v('ShownSection'))}</text:section><text:section text:name="x" text:display="condition" text:is-hidden="true" text:condition="${h('SectionCondition')} eq 0">${p(h('LeftOutSection'))}</text:section>`,
    p(`${h('LeftOut')}<text:hidden-paragraph text:condition="ooow:1 eq 1" text:is-hidden="true"/>`),
    p(`${v('NotLeftOut')}<text:hidden-paragraph text:condition="ooow:${h('Variable')} eq 1" text:is-hidden="false"/>`),
    `<office:forms><form:form form:name="${h('Form')}" xlink:href="${h('FormTarget')}"><form:text form:name="${h('Control')}" form:current-value="${h('ControlValue')}"/></form:form></office:forms>`,
    p(
      `<text:ruby><text:ruby-base>${v('Base')}</text:ruby-base><text:ruby-text>${v('Ruby')}</text:ruby-text></text:ruby><x:y xmlns:x="urn:${h('Foreign')}">${h('ForeignText')}</x:y><!-- ${h('Comment')} -->`,
    ),
  ].join('');
  const automatic = [
    style('Hidden', 'text', '<style:text-properties text:display="none"/>'),
    style('HiddenParagraph', 'paragraph', '<style:text-properties text:display="none"/>'),
    `<style:style style:name="HiddenChild" style:family="paragraph" style:parent-style-name="HiddenParagraph"><style:paragraph-properties fo:margin-left="1cm"/></style:style>`,
    style('White', 'text', '<style:text-properties fo:color="#ffffff"/>'),
    style('Marked', 'text', '<style:text-properties fo:color="#ffffff" fo:background-color="#0000ff"/>'),
    style('Tiny', 'text', '<style:text-properties fo:font-size="1pt"/>'),
    style('Clipped', 'graphic', '<style:graphic-properties fo:clip="rect(0cm, 0.5cm, 0cm, 0cm)"/>'),
  ].join('');
  const masters = `<style:master-page style:name="Standard" style:page-layout-name="x"><style:header>${p(v('Header'))}</style:header><style:header-left style:display="false">${p(h('LeftHeader'))}</style:header-left><style:header-first>${p(v('FirstHeader'))}</style:header-first><style:footer-first style:display="false">${p(h('FirstFooter'))}</style:footer-first></style:master-page><style:master-page style:name="${h('UnusedMaster')}" style:page-layout-name="x"><style:header>${p(h('UnusedHeader'))}</style:header></style:master-page>`;
  return {
    file: await document('text', h, { automatic, body: `<office:text>${body}</office:text>`, masters }),
    hidden,
    visible,
  };
}

type Say = (place: string) => string;

/** A form with what its controls show, and what they do not. */
function forms(h: Say, v: Say, p: (content: string) => string): string[] {
  const own = (place: string) => `form:name="${h(`${place}Name`)}" form:title="${h(`${place}Title`)}"`;
  const controls = [
    `<form:fixed-text form:id="c1" ${own('Fixed')} form:label="${v('FieldLabel')}"/>`,
    `<form:text form:id="c2" ${own('Text')} form:current-value="${v('FieldValue')}" form:value="${h('FirstValue')}" form:data-field="${h('DataField')}" form:linked-cell="${h('LinkedCell')}"><office:event-listeners><script:event-listener xlink:href="${h('ControlEvent')}"/></office:event-listeners></form:text>`,
    `<form:listbox form:id="c3" form:dropdown="true" form:list-source="${h('ListSource')}"><form:option form:label="${h('OtherEntry')}" form:value="${h('EntryValue')}"/><form:option form:label="${v('ChosenEntry')}" form:current-selected="true"/></form:listbox>`,
    `<form:password form:id="c4" form:current-value="${h('Password')}"/>`,
    `<form:file form:id="c5" form:current-value="${h('FilePath')}"/>`,
    `<form:checkbox form:id="c6" form:label="${v('BoxLabel')}" form:value="${h('BoxValue')}"/>`,
    `<form:text form:id="c7" form:current-value="${h('UndrawnValue')}"><form:properties><form:property form:property-name="EnableVisible" office:value-type="boolean" office:boolean-value="false"/><form:property form:property-name="Tag" office:string-value="${h('Tag')}"/></form:properties></form:text>`,
    `<form:hidden form:id="c8" form:name="x" form:value="${h('HiddenControl')}"/>`,
  ];
  return [
    `<office:forms><form:form form:name="x" form:datasource="${h('DataSource')}" form:command="${h('Command')}" form:filter="${h('Filter')}">${controls.join('')}</form:form></office:forms>`,
    p(
      controls
        .map(
          (_, index) =>
            `<draw:control draw:name="${h('DrawnControl')}" draw:control="c${index + 1}" text:anchor-type="as-char" svg:width="2cm" svg:height="1cm"/>`,
        )
        .join(''),
    ),
  ];
}

/** An OpenDocument spreadsheet with a string in every place that we know of where one may stand unseen. */
export async function plantedOds(): Promise<Planted> {
  const { hidden, visible, h, v } = planter();
  const cell = (text: string, attributes = '') =>
    `<table:table-cell office:value-type="string" ${attributes}><text:p>${text}</text:p></table:table-cell>`;
  const body = [
    `<table:content-validations><table:content-validation table:name="${h('Validation')}" table:condition="${h('ValidationCondition')}"><table:help-message table:title="${h('HelpTitle')}"><text:p>${h('Help')}</text:p></table:help-message></table:content-validation></table:content-validations>`,
    `<table:table table:name="${v('Sheet')}" table:print-ranges="'${h('PrintRange')}'.A1:'${h('PrintRange')}'.B2" table:protection-key="${h('Key')}"><table:title>${h('TableTitle')}</table:title><table:desc>${h('TableDesc')}</table:desc><table:scenario table:comment="${h('Scenario')}" table:scenario-ranges="A1"/><office:forms><form:form form:name="${h('Form')}"/></office:forms><table:shapes>${frame(h, '<draw:object xlink:href="./Object 2"/>', `table:end-cell-address="'${h('EndCell')}'.B2"`)}${frame(h, `<draw:text-box><text:p>${v('Box')}</text:p></draw:text-box>`)}</table:shapes><table:table-column/><table:table-column table:visibility="collapse"/><table:table-row>${cell(v('One'), `table:formula="of:=&quot;${h('Formula')}&quot;" table:content-validation-name="${h('Validation')}"`)}${cell(h('HiddenColumn'))}${cell(`${v('Commented')}`)}</table:table-row><table:table-row table:visibility="collapse">${cell(h('HiddenRow'))}</table:table-row><table:table-row table:visibility="filter">${cell(h('FilteredRow'))}</table:table-row><table:table-row><table:table-cell><office:annotation><dc:creator>${h('NoteAuthor')}</dc:creator><text:p>${h('Note')}</text:p></office:annotation><text:p>${v('Noted')}</text:p></table:table-cell><table:covered-table-cell><text:p>${h('Covered')}</text:p></table:covered-table-cell><table:table-cell office:value-type="string" office:string-value="${h('NotShown')}"/></table:table-row><table:table-row><table:table-cell table:style-name="Silent" office:value-type="float" office:value="${h('5514', '9047110')}"><text:p/></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="float" office:value="${v('5515', '70471')}"><text:p/></table:table-cell></table:table-row><table:table-row table:default-cell-style-name="Pale"><table:table-cell office:value-type="float" office:value="${h('5516', '9047110')}"/></table:table-row></table:table>`,
    `<table:table table:name="${h('HiddenSheet')}" table:style-name="HiddenTable"><table:table-row>${cell(h('HiddenSheetCell'))}</table:table-row></table:table>`,
    `<table:named-expressions><table:named-expression table:name="${h('Named')}" table:expression="${h('Expression')}"/></table:named-expressions><table:database-ranges><table:database-range table:name="${h('Database')}"/></table:database-ranges><table:data-pilot-tables><table:data-pilot-table table:name="${h('Pilot')}"/></table:data-pilot-tables><table:tracked-changes><table:cell-content-change><office:change-info><dc:creator>${h('ChangeAuthor')}</dc:creator></office:change-info><table:previous><table:change-track-table-cell><text:p>${h('Previous')}</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>`,
  ].join('');
  const automatic = `${style('HiddenTable', 'table', '<style:table-properties table:display="false"/>')}${style('Pale', 'table-cell', '<style:text-properties fo:color="#ffffff"/>')}<style:style style:name="Silent" style:family="table-cell" style:data-style-name="N901"/><number:number-style style:name="N901"><number:text>-</number:text></number:number-style><number:number-style style:name="N900"><number:text>${h('UnusedFormat')}</number:text></number:number-style>`;
  return {
    file: await document('spreadsheet', h, { automatic, body: `<office:spreadsheet>${body}</office:spreadsheet>` }),
    hidden,
    visible,
  };
}

/** An OpenDocument presentation with a string in every place that we know of where one may stand unseen. */
export async function plantedOdp(): Promise<Planted> {
  const { hidden, visible, h, v } = planter();
  const box = (text: string, attributes = '') =>
    frame(h, `<draw:text-box><text:p>${text}</text:p></draw:text-box>`, attributes);
  const body = `<draw:page draw:name="${h('PageName')}" draw:master-page-name="Default">${box(v('Slide'))}${box(h('HiddenLayer'), 'draw:layer="secret"')}${frame(h, '<draw:plugin xlink:href="video.mp4" draw:mime-type="x"/>')}<draw:a xlink:href="${h('Link')}">${box(v('Linked'))}</draw:a><office:annotation><dc:creator>${h('NoteAuthor')}</dc:creator><text:p>${h('Annotation')}</text:p></office:annotation><anim:par smil:begin="${h('Animation')}"/><presentation:notes>${box(h('Notes'))}</presentation:notes></draw:page><draw:page draw:name="x" draw:style-name="HiddenPage" draw:master-page-name="Default">${box(h('HiddenSlide'))}</draw:page><presentation:footer-decl presentation:name="ftr9">${h('UnusedFooter')}</presentation:footer-decl><presentation:footer-decl presentation:name="${h('FooterName')}">${h('NamedFooter')}</presentation:footer-decl><presentation:settings><presentation:show presentation:name="${h('Show')}" presentation:pages="x"/></presentation:settings>`;
  const automatic = style(
    'HiddenPage',
    'drawing-page',
    '<style:drawing-page-properties presentation:visibility="hidden"/>',
  );
  const masters = `<draw:layer-set><draw:layer draw:name="secret" draw:display="none"/><draw:layer draw:name="${h('Layer')}"/></draw:layer-set><style:handout-master style:page-layout-name="x">${box(h('Handout'))}</style:handout-master><style:master-page style:name="Default" style:page-layout-name="x">${box(h('Prompt'), 'presentation:placeholder="true"')}${box(v('Master'))}<presentation:notes>${box(h('MasterNotes'))}</presentation:notes></style:master-page><style:master-page style:name="${h('UnusedMaster')}" style:page-layout-name="x">${box(h('UnusedText'))}</style:master-page>`;
  return {
    file: await document('presentation', h, {
      automatic,
      body: `<office:presentation>${body}</office:presentation>`,
      masters,
    }),
    hidden,
    visible,
  };
}
