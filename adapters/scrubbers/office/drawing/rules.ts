import { graphicData } from '../schema/namespaces.ts';
import type { Rules } from '../schema/schema.ts';
import * as values from '../schema/values.ts';

const each = (names: string, value: values.Value) => Object.fromEntries(names.split(' ').map((name) => [name, value]));
const gone = (kind: string, names: string) => Object.fromEntries(names.split(' ').map((name) => [name, kind]));

/** The signs of formulas: brackets, what stands between them, accents, sums (22.1.2). */
export const formulaSigns: readonly string[] = ['m:begChr', 'm:chr', 'm:endChr', 'm:sepChr'];

/** Fields in a label of a chart: a program puts there what the chart itself holds. */
export const chartFields = ['VALUE', 'PERCENTAGE', 'CATEGORYNAME', 'SERIESNAME', 'XVALUE', 'YVALUE', 'BUBBLESIZE'];

/** What DrawingML (ECMA-376-1, 20 and 21) shows: shapes, their texts, charts, themes. The names and descriptions of objects, links, sounds, films and extensions go. */
export const drawingRules: Rules = {
  texts: {
    'a:t': values.shown,
    'a:tableStyleId': values.guid,
    'm:t': values.shown,
    'c:v': values.shown,
    'c:f': (value) => (/^(?:'[^'[\]]*'|[^'![\]]*)![$A-Z0-9:]+$/.test(value) ? value : undefined),
    'c:formatCode': values.numberFormat(false),
    'c:separator': (value) => (/^[^\p{Alpha}\p{N}]{1,3}$/u.test(value) ? value : undefined),
    ...each('wp:posOffset xdr:col xdr:row xdr:colOff xdr:rowOff', values.integer),
    ...each('cdr:x cdr:y', values.decimal),
    'wp:align': values.word('left', 'right', 'center', 'inside', 'outside', 'top', 'bottom'),
  },
  strings: {
    ...each(
      'wp:docPr@name pic:cNvPr@name p:cNvPr@name a:cNvPr@name xdr:cNvPr@name cdr:cNvPr@name',
      values.fixed('Object'),
    ),
    'a:theme@name': values.fixed('Theme'),
    ...each('a:clrScheme@name a:fontScheme@name a:fmtScheme@name a:custClr@name', values.fixed('Theme')),
    ...each(
      'a:latin@typeface a:ea@typeface a:cs@typeface a:sym@typeface a:buFont@typeface a:font@typeface p:font@typeface',
      values.font,
    ),
    'a:font@script': values.script,
    ...each(
      'a:rPr@lang a:defRPr@lang a:endParaRPr@lang a:rPr@altLang a:defRPr@altLang a:endParaRPr@altLang',
      values.language,
    ),
    'a:buChar@char': values.sign,
    'a:fld@type': values.word('slidenum', ...chartFields),
    'a:graphicData@uri': (value) => (graphicData.has(value) ? value : undefined),
    'a:gd@name': values.guide,
    'a:gd@fmla': values.formula,
    ...each(
      'a:pt@x a:pt@y a:pos@x a:pos@y a:rect@l a:rect@t a:rect@r a:rect@b a:arcTo@wR a:arcTo@hR a:arcTo@stAng a:arcTo@swAng a:cxn@ang',
      values.coordinate,
    ),
    ...each(
      'a:ahXY@gdRefX a:ahXY@gdRefY a:ahXY@minX a:ahXY@maxX a:ahXY@minY a:ahXY@maxY a:ahPolar@gdRefAng a:ahPolar@gdRefR a:ahPolar@minAng a:ahPolar@maxAng a:ahPolar@minR a:ahPolar@maxR',
      values.coordinate,
    ),
    'a:tableStyle@styleName': values.fixed('Table style'),
    'a:tblStyle@styleName': values.fixed('Table style'),
    ...each(formulaSigns.map((name) => `${name}@m:val`).join(' '), values.character),
    'c:numFmt@formatCode': values.numberFormat(false),
  },
  gone: {
    ...gone('link', 'a:hlinkClick a:hlinkHover a:hlinkMouseOver c:externalData'),
    ...gone('extension', 'a:extLst p:extLst c:extLst x:extLst wp:extLst pic:extLst dgm:extLst'),
    ...gone('media', 'a:snd a:audioFile a:videoFile a:wavAudioFile a:audioCd a:quickTimeFile'),
    ...gone('chart-setting', 'c:printSettings c:pivotSource c:pivotFmts c:protection'),
    ...gone('custom-data', 'a:custClrLst'),
    ...gone('guide-line', 'a:ahLst a:cxnLst'),
  },
  unwrapped: new Set(),
  related: new Set(['c:chart', 'c:userShapes']),
};

/** Rules of two kinds together. */
export const joined = (one: Rules, other: Rules): Rules => ({
  texts: { ...one.texts, ...other.texts },
  strings: { ...one.strings, ...other.strings },
  gone: { ...one.gone, ...other.gone },
  unwrapped: new Set([...one.unwrapped, ...other.unwrapped]),
  related: new Set([...one.related, ...other.related]),
});
export { each, gone };
