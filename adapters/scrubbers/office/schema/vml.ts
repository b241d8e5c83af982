import type { Element } from '../xml.ts';
import { measure, type Value } from './values.ts';

/** Elements of VML that draw (ECMA-376-4, 14); a title, a link, a script, an embedded object's description are none of them. */
const DRAWING = new Set(
  'group shape shapetype rect roundrect oval line polyline arc curve image imagedata textbox fill stroke path formulas f shadow handles h'
    .split(' ')
    .map((name) => `v:${name}`),
);
const PROPERTIES =
  /^(?:position|left|top|width|height|margin-(?:left|top|right|bottom)|z-index|rotation|flip|visibility|text-align|v-text-anchor|layout-flow|mso-(?:position|wrap|width|height|left|top|fit|layout|direction)[a-z-]*)$/;
const WORDS =
  /^(?:absolute|relative|static|visible|inherit|x|y|xy|yx|left|right|center|top|bottom|middle|inside|outside|page|margin|text|char|line|column|square|none|auto|through|tight|t|f|true|false|vertical|horizontal|vertical-ideographic|bottom-to-top|top-to-bottom|(?:left|right|top|bottom|inner|outer)-margin(?:-area)?|solid|gradient|gradientradial|tile|pattern|frame|single|thinThin|miter|round|bevel|flat|dash|dashdot|shortdash|longdash|dot|block|classic|diamond|open|oval|custom|segments|rect|any|tx|black|white|red|green|blue|yellow|gray|grey|silver|maroon|navy|olive|purple|teal|lime|aqua|fuchsia|window|windowText|this|background|lighten|darken|shape|topAndBottom|both|largest|behind)$/;
const LENGTH = /^-?\d{0,8}(?:\.\d{0,8})?(?:pt|px|in|cm|mm|em|f|fd|%)?$/;
const COLOUR = /^#?[0-9a-fA-F]{3,6}(?: \[\d{1,8}\])?$|^(?:black|white|window|windowText|red|gray) \[\d{1,8}\]$/;
/** Functions and values of a formula, where they are longer than a command of a path. */
const FUNCTIONS = new Set(
  'sum prod mid abs min max sqrt mod atan sin cos cosatan sinatan sumangle ellipse tan val width height pixelWidth pixelHeight pixelLineWidth emuWidth emuHeight lineDrawn nfe nsx'.split(
    ' ',
  ),
);
/** Commands and numbers: no letters that could be a word. */
const isGeometry = (value: string) =>
  /^[\w ,.@#-]*$/.test(value) && (value.match(/[A-Za-z]{3,}/g) ?? []).every((word) => FUNCTIONS.has(word));
const IDENTIFIER = /^#?_x0000_[a-z]\d{1,6}$/;

const style: Value = (value) =>
  value
    .split(';')
    .map((one) => one.split(':').map((part) => part.trim()))
    .filter(([name = '', given = '']) => PROPERTIES.test(name) && (LENGTH.test(given) || WORDS.test(given)))
    .map((parts) => parts.join(':'))
    .join(';');

const simple: Value = (value) => {
  const isPlain = WORDS.test(value) || COLOUR.test(value) || measure(value) !== undefined || isGeometry(value);
  return isPlain ? value : undefined;
};

const ATTRIBUTES: Readonly<Record<string, Value>> = {
  style,
  id: (value) => (IDENTIFIER.test(value) ? value : undefined),
  type: (value) => (IDENTIFIER.test(value) || WORDS.test(value) ? value : undefined),
};
/** These have no place in what is seen. */
const GONE =
  /^(?:alt|title|href|target|class|print|spid|hrhref|o:.*(?:title|href|spid|oleid|gfxdata|button|userdrawn|master|bullet|ole|relid).*)$/;

/** Leaves of an element of VML what draws; false where the element goes. */
export function vml(
  element: Element,
  relation: (element: Element, attribute: string, id: string) => string | undefined,
): boolean {
  if (!DRAWING.has(element.name)) return false;
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(element.attributes)) {
    const written =
      name === 'r:id'
        ? relation(element, name, value)
        : GONE.test(name)
          ? undefined
          : (ATTRIBUTES[name] ?? simple)(value);
    if (written !== undefined && written !== '') kept[name] = written;
  }
  element.attributes = kept;
  return element.name !== 'v:imagedata' || kept['r:id'] !== undefined;
}
