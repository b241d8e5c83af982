import { each, gone } from '../drawing/rules.ts';
import written from '../schema/ooxml.json' with { type: 'json' };
import type { Rules } from '../schema/schema.ts';
import * as values from '../schema/values.ts';
import type { Namespaces } from '../xml.ts';

const oasis = 'urn:oasis:names:tc:opendocument:xmlns';
const compatible = `${oasis}:`;

/** Namespaces of OpenDocument 1.2 and 1.3; those of programs' own extensions are not among them. */
export const namespaces: Namespaces = {
  ...Object.fromEntries(
    [
      'office',
      'style',
      'text',
      'table',
      'chart',
      'presentation',
      'dr3d',
      'form',
      'script',
      'meta',
      'config',
      'manifest',
    ].map((name) => [name, [`${oasis}:${name}:1.0`]]),
  ),
  draw: [`${oasis}:drawing:1.0`],
  number: [`${oasis}:datastyle:1.0`],
  anim: [`${oasis}:animation:1.0`],
  svg: [`${compatible}svg-compatible:1.0`],
  fo: [`${compatible}xsl-fo-compatible:1.0`],
  smil: [`${compatible}smil-compatible:1.0`],
  xlink: ['http://www.w3.org/1999/xlink'],
  // LibreOffice's own: of its elements, one holds text that is seen.
  loext: ['urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0'],
};

/** Shapes of OpenDocument's own (1.3-3, 19.228). */
const SHAPES = new Set(
  'non-primitive rectangle round-rectangle ellipse circle diamond isosceles-triangle right-triangle parallelogram trapezoid pentagon hexagon octagon cross can cube paper frame ring block-arc forbidden smiley heart sun moon lightning cloud star4 star5 star6 star8 star12 star24 bang puzzle flower concave-star6 concave-star8 brace-pair bracket-pair left-bracket right-bracket left-brace right-brace left-arrow right-arrow up-arrow down-arrow left-right-arrow up-down-arrow up-right-arrow up-right-down-arrow quad-arrow corner-right-arrow split-arrow split-round-arrow circular-arrow s-sharped-arrow notched-right-arrow striped-right-arrow pentagon-right chevron left-arrow-callout right-arrow-callout up-arrow-callout down-arrow-callout left-right-arrow-callout up-down-arrow-callout quad-arrow-callout rectangular-callout round-rectangular-callout round-callout cloud-callout line-callout-1 line-callout-2 line-callout-3 vertical-scroll horizontal-scroll quad-bevel col-60da8460 col-502ad400 flowchart-process flowchart-alternate-process flowchart-decision flowchart-data flowchart-predefined-process flowchart-internal-storage flowchart-document flowchart-multidocument flowchart-terminator flowchart-preparation flowchart-manual-input flowchart-manual-operation flowchart-connector flowchart-off-page-connector flowchart-card flowchart-punched-tape flowchart-summing-junction flowchart-or flowchart-collate flowchart-sort flowchart-extract flowchart-merge flowchart-stored-data flowchart-delay flowchart-sequential-access flowchart-magnetic-disk flowchart-direct-access-storage flowchart-display'.split(
    ' ',
  ),
);
/** Shapes of Office Open XML keep their names (ECMA-376-1, 20.1.10.56). */
const presets = new Set(written.tokens.split(' '));

/** Fonts are named with a number behind them where one family has several entries. */
const font: values.Value = (value) => {
  const plain = value.replace(/^'(.*)'$/, '$1');
  const [, base = '', number = ''] = /^(.*?)(\d{0,2})$/.exec(plain) ?? [];
  const known =
    values.font(plain) === plain ? plain : `${values.font(base)}${values.font(base) === base ? number : ''}`;
  return /[ ,]/.test(known) && value.startsWith("'") ? `'${known}'` : known;
};

/** Lengths, colours, commands of a path, and the words of the standard's own lists: no word of anybody's. */
const geometry: values.Value = (value) => {
  const words = value.match(/[A-Za-z]{3,}/g) ?? [];
  return words.every((word) => GEOMETRY.has(word) || /^[0-9a-fA-F]{3,6}$/.test(word)) && !/["'<>]/.test(value)
    ? value
    : undefined;
};
const GEOMETRY = new Set(
  'rotate translate scale skewX skewY matrix solid double dotted dashed groove ridge inset outset none left right top bottom width height hasstroke hasfill logwidth logheight xstretch ystretch abs sqrt sin cos tan atan atan2 min max transparent rect auto'.split(
    ' ',
  ),
);
const reference: values.Value = (value) =>
  /^(?:(?:\$?'[^']{0,200}'|\$?[^'.: ]{1,200})?\.\$?[A-Z]{0,3}\$?\d{0,7}(?::(?:\$?'[^']{0,200}'|\$?[^'.: ]{0,200})?\.\$?[A-Z]{0,3}\$?\d{0,7})? ?)+$/.test(
    value,
  ) && value.length < 2000
    ? value
    : undefined;
const moment: values.Value = (value) =>
  /^-?[\dTZ:.,+-]{1,40}$|^-?P[\dYMDTHS.]{1,30}$/.test(value) ? value : undefined;

const SHOWN =
  'text:p text:h text:span text:ruby-base text:ruby-text text:note-citation text:page-number text:page-continuation text:sheet-name text:sequence text:sequence-ref text:note-ref text:chapter text:measure number:text number:currency-symbol number:embedded-text presentation:footer-decl presentation:header-decl presentation:date-time-decl text:index-entry-span';

/** What OpenDocument shows: text, tables, drawings, charts. */
export const openDocumentRules: Rules = {
  texts: {
    ...each(SHOWN, values.shown),
    ...each(
      'text:page-count text:paragraph-count text:word-count text:character-count text:table-count text:image-count',
      values.integer,
    ),
  },
  strings: {
    ...each('style:font-face@style:name style:font-face@svg:font-family', font),
    ...each(
      '*@style:font-name *@style:font-name-asian *@style:font-name-complex *@fo:font-family *@style:font-family-asian *@style:font-family-complex',
      font,
    ),
    ...each(
      '*@fo:border *@fo:border-top *@fo:border-bottom *@fo:border-left *@fo:border-right *@style:shadow *@fo:text-shadow *@draw:transform *@svg:d *@svg:viewBox *@draw:points *@draw:enhanced-path *@draw:text-areas *@draw:glue-points *@draw:glue-point-leaving-directions *@draw:modifiers *@draw:formula *@draw:text-rotate-angle *@draw:angle *@draw:rotation *@draw:start-angle *@draw:end-angle *@draw:caption-angle *@svg:gradientTransform *@style:rotation-angle *@style:text-rotation-angle *@chart:angle-offset *@style:diagonal-tl-br *@style:diagonal-bl-tr',
      geometry,
    ),
    'draw:equation@draw:name': (value) => (/^f\d{1,4}$/.test(value) ? value : undefined),
    'draw:enhanced-geometry@draw:type': (value) =>
      SHAPES.has(value) || /^mso-spt\d{1,3}$/.test(value) || presets.has(value.replace(/^ooxml-/, ''))
        ? value
        : undefined,
    '*@draw:layer': values.word('layout', 'background', 'backgroundobjects', 'controls', 'measurelines'),
    'chart:chart@chart:class': values.word(
      ...[
        'bar',
        'line',
        'area',
        'circle',
        'ring',
        'scatter',
        'radar',
        'filled-radar',
        'stock',
        'bubble',
        'surface',
        'gantt',
        'column',
      ].map((name) => `chart:${name}`),
    ),
    'chart:series@chart:class': values.word(
      ...['bar', 'line', 'area', 'circle', 'ring', 'scatter', 'radar', 'filled-radar', 'stock', 'bubble'].map(
        (name) => `chart:${name}`,
      ),
    ),
    'chart:series@chart:attached-axis': values.word('primary-x', 'primary-y', 'secondary-x', 'secondary-y'),
    'chart:axis@chart:name': values.word('primary-x', 'primary-y', 'primary-z', 'secondary-x', 'secondary-y'),
    ...each(
      '*@chart:values-cell-range-address *@chart:label-cell-address *@table:cell-range-address *@chart:error-lower-range *@chart:error-upper-range',
      reference,
    ),
    // Lists that go on with the numbers of others, under the names that they were given.
    ...each('text:list@xml:id text:list@text:continue-list text:numbered-paragraph@text:list-id', (value) =>
      /^list\d{1,6}$/.test(value) ? value : undefined,
    ),
    'table:table@table:name': values.shown,
    'table:table@table:print-ranges': reference,
    ...each('*@style:num-prefix *@style:num-suffix *@text:prefix *@text:suffix', values.shown),
    // A number or a sign of one's own in the place of the count; words could be anything.
    'text:note-citation@text:label': (value) =>
      /^\d{1,3}$|^[^\p{Alpha}\p{N}]{1,3}$|^\p{Alpha}$/u.test(value) ? value : undefined,
    '*@style:num-format': values.sign,
    '*@text:bullet-char': values.sign,
    // What pages put in the places of their masters' headers, under the names that LibreOffice gives.
    ...each(
      'presentation:footer-decl@presentation:name presentation:header-decl@presentation:name presentation:date-time-decl@presentation:name draw:page@presentation:use-footer-name draw:page@presentation:use-header-name draw:page@presentation:use-date-time-name',
      (value) => (/^(?:ftr|hdr|dtd)\d{1,4}$/.test(value) ? value : undefined),
    ),
    'office:body@office:version': values.decimal,
    ...each('*@office:date-value *@office:time-value', moment),
    ...each(
      '*@fo:language *@style:language-asian *@style:language-complex',
      (value) => values.language(value) ?? (value === 'none' || value === 'zxx' ? value : undefined),
    ),
    ...each('*@fo:country *@style:country-asian *@style:country-complex', (value) =>
      /^[A-Z]{2}$|^none$/.test(value) ? value : undefined,
    ),
    'number:language@number:transliteration-format': () => undefined,
    'style:style@style:class': () => undefined,
    'style:map@style:condition': (value) =>
      /^value\(\) ?[<>=!]{1,2} ?-?[\d.]{1,30}(?:[eE][-+]?\d{1,3})?$/.test(value) ? value : undefined,
  },
  gone: {
    ...gone(
      'comment',
      'office:annotation office:annotation-end text:bookmark text:bookmark-start text:bookmark-end text:reference-mark text:reference-mark-start text:reference-mark-end text:alphabetical-index-mark text:alphabetical-index-mark-start text:alphabetical-index-mark-end text:toc-mark text:toc-mark-start text:toc-mark-end text:user-index-mark text:user-index-mark-start text:user-index-mark-end',
    ),
    ...gone(
      'tracked-change',
      'text:tracked-changes table:tracked-changes text:change text:change-start text:change-end',
    ),
    ...gone(
      'hidden-text',
      'text:hidden-text text:hidden-paragraph text:conditional-text text:script text:page-variable-set text:page-variable-get',
    ),
    ...gone(
      'field',
      'text:author-name text:author-initials text:creator text:initial-creator text:printed-by text:file-name text:title text:subject text:keywords text:description text:user-defined text:template-name text:editing-cycles text:editing-duration text:sender-firstname text:sender-lastname text:sender-initials text:sender-title text:sender-position text:sender-email text:sender-phone-private text:sender-fax text:sender-company text:sender-phone-work text:sender-street text:sender-city text:sender-postal-code text:sender-country text:sender-state-or-province text:database-name text:database-next text:database-row-select text:execute-macro text:dde-connection text:object-count',
    ),
    ...gone(
      'custom-data',
      'office:meta office:settings office:scripts office:forms office:dde-source text:variable-decls text:sequence-decls text:user-field-decls text:dde-connection-decls text:alphabetical-index-auto-mark-file office:event-listeners presentation:event-listener script:event-listener table:dde-links table:named-expressions table:database-ranges table:data-pilot-tables table:content-validations table:label-ranges table:consolidation table:calculation-settings table:detective table:scenario table:cell-range-source table:table-source presentation:settings office:change-info form:form',
    ),
    ...gone('notes-page', 'presentation:notes style:handout-master'),
    ...gone(
      'animation',
      'anim:par anim:seq anim:iterate anim:transitionFilter anim:command anim:set anim:animate presentation:animations presentation:sound',
    ),
    ...gone('description', 'svg:title svg:desc table:title table:desc draw:image-map draw:glue-point draw:layer-set'),
    ...gone(
      'embedded',
      'draw:object-ole draw:applet draw:plugin draw:floating-frame draw:param draw:control draw:contour-polygon draw:contour-path',
    ),
    ...gone(
      'setting',
      'text:table-of-content-source text:illustration-index-source text:table-index-source text:object-index-source text:user-index-source text:alphabetical-index-source text:bibliography-source text:linenumbering-separator text:bibliography-configuration',
    ),
  },
  unwrapped: new Set(
    'loext:content-control text:a draw:a text:meta text:meta-field text:date text:time text:creation-date text:creation-time text:modification-date text:modification-time text:print-date text:print-time text:variable-set text:variable-get text:variable-input text:user-field-get text:user-field-input text:expression text:text-input text:placeholder text:drop-down text:database-display text:database-row-number text:bookmark-ref text:reference-ref text:bibliography-mark text:table-formula'.split(
      ' ',
    ),
  ),
  related: new Set(['draw:image', 'draw:object', 'draw:fill-image', 'style:background-image']),
};
/** Elements that are unwrapped keep their own text, which is what they show. */
export const textual = openDocumentRules.unwrapped;
