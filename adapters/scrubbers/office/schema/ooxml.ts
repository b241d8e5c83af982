import written from './ooxml.json' with { type: 'json' };
import { attributesOf, type Schema } from './schema.ts';
import { vml } from './vml.ts';

/** Extensions that carry what is seen, by hand: their schemas are Microsoft's. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'wps:wsp': '',
  'wps:cNvPr': 'id hidden',
  'wps:cNvSpPr': 'txBox',
  'wps:cNvCnPr': '',
  'wps:spPr': 'bwMode',
  'wps:style': '',
  'wps:txbx': '',
  'wps:bodyPr': written.elements.a.bodyPr,
  'wpg:wgp': '',
  'wpg:grpSp': '',
  'wpg:cNvPr': 'id hidden',
  'wpg:cNvGrpSpPr': '',
  'wpg:grpSpPr': 'bwMode',
  'a14:m': '',
  'w10:wrap': 'type side anchorx anchory',
};

const named = Object.entries(written.elements).flatMap(([prefix, elements]) =>
  Object.entries(elements).map(([name, attributes]): [string, string] => [`${prefix}:${name}`, attributes]),
);

/** Office Open XML: the transitional schemas of ECMA-376 (4th edition), elements of all parts, and VML by its own list. */
export const ooxmlSchema: Schema = {
  tables: new Map(
    [...named, ...Object.entries(EXTENSIONS)].map(([name, attributes]) => [name, attributesOf(attributes)]),
  ),
  tokens: new Set(written.tokens.split(' ')),
  other: vml,
};
