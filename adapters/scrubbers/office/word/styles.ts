import { child, type Element, elements } from '../xml.ts';

/** How letters of a style look, as far as it says so. */
export interface Look {
  readonly vanish?: boolean;
  /** Six hexadecimal digits, 'auto', or a theme's colour as 'theme:background1'. */
  readonly color?: string;
  /** In half points. */
  readonly size?: number;
  /** What is behind the letters, as `color`. */
  readonly fill?: string;
}

export interface Styles {
  /** What a style's id becomes. */
  readonly ids: ReadonlyMap<string, string>;
  /** What becomes of a style's id in this part. */
  readonly lookOf: (id: string | undefined) => Look;
  readonly defaults: Look;
  /** Whether a style of tables paints behind some of its cells. */
  readonly paints: (id: string | undefined) => boolean;
  readonly defaultParagraph: string | undefined;
}

/** Names of Word's own styles (17.7.4.9, annex L.1.6): a program knows them by these. Any other name is somebody's own. */
const BUILT_IN = new Set(
  [
    'normal|title|subtitle|caption|header|footer|toc heading|hyperlink|followedhyperlink|strong|emphasis|quote|intense quote|list paragraph|no spacing|normal (web)|plain text|balloon text|page number|line number',
    'table of figures|table of authorities|toa heading|footnote text|footnote reference|endnote text|endnote reference|default paragraph font|normal table|table normal|no list|table grid|table grid light|list bullet|list number|list',
    'body text|body text indent|body text first indent|body text 2|body text 3|body text indent 2|body text indent 3|block text|date|closing|signature|salutation|message header|document map|macro|envelope address|envelope return',
    'subtle emphasis|intense emphasis|subtle reference|intense reference|book title|bibliography|html preformatted|html code|html keyboard|html sample|html typewriter|html variable|html acronym|html address|html cite|html definition|placeholder text|note heading|outline list 1|index heading|normal indent|light shading|light list|light grid|medium shading 1|medium shading 2|medium list 1|medium list 2|medium grid 1|medium grid 2|medium grid 3|dark list|colorful shading|colorful list|colorful grid|table simple 1|table professional|table theme|table elegant|revision',
  ]
    .join('|')
    .split('|')
    .concat(
      Array.from({ length: 9 }, (_, index) => [
        `heading ${index + 1}`,
        `toc ${index + 1}`,
        `index ${index + 1}`,
      ]).flat(),
      [2, 3, 4, 5].flatMap((level) => [
        `list bullet ${level}`,
        `list number ${level}`,
        `list ${level}`,
        `list continue ${level}`,
      ]),
    ),
);

/** The name under which a style goes on: its own where it is Word's, else its number. */
export const styleName = (name: string, number: number): string =>
  BUILT_IN.has(name.toLowerCase()) ? name.toLowerCase() : `Style ${number}`;
export const isStyleName = (name: string): boolean => BUILT_IN.has(name) || /^Style \d{1,5}$/.test(name);

const isOn = (toggle: Element | undefined): boolean | undefined =>
  toggle && !['0', 'false', 'off', 'none'].includes(toggle.attributes['w:val'] ?? '1');

/** The colour of a shading, where it paints anything. */
export function fillOf(properties: Element | undefined): string | undefined {
  const shading = child(properties, 'w:shd');
  const fill = shading?.attributes['w:themeFill'];
  if (fill) return `theme:${fill}`;
  const plain = shading?.attributes['w:fill']?.toUpperCase();
  return plain && plain !== 'AUTO' ? plain : undefined;
}

/** The colours of a text marker (17.18.40). */
const HIGHLIGHTS: Readonly<Record<string, string>> = {
  black: '000000',
  blue: '0000FF',
  cyan: '00FFFF',
  green: '00FF00',
  magenta: 'FF00FF',
  red: 'FF0000',
  yellow: 'FFFF00',
  white: 'FFFFFF',
  darkBlue: '000080',
  darkCyan: '008080',
  darkGreen: '008000',
  darkMagenta: '800080',
  darkRed: '800000',
  darkYellow: '808000',
  darkGray: '808080',
  lightGray: 'C0C0C0',
};

/** Letters that are filled with nothing, and have no outline (MS-DOCX 2.6.1.13). */
function isClear(properties: Element | undefined): boolean {
  const fill = child(properties, 'w14:textFill');
  const line = child(properties, 'w14:textOutline');
  return child(fill, 'w14:noFill') !== undefined && (line === undefined || child(line, 'w14:noFill') !== undefined);
}

/** What run properties say of how letters look. */
export function lookOf(properties: Element | undefined): Look {
  const vanish =
    isOn(child(properties, 'w:vanish')) ??
    isOn(child(properties, 'w:specVanish')) ??
    (isClear(properties) || undefined);
  const color = child(properties, 'w:color')?.attributes;
  const size = child(properties, 'w:sz')?.attributes['w:val'];
  const theme = color?.['w:themeColor'];
  const written = theme ? (color['w:themeShade'] ? undefined : `theme:${theme}`) : color?.['w:val']?.toUpperCase();
  const highlight = child(properties, 'w:highlight')?.attributes['w:val'];
  const fill = highlight && highlight !== 'none' ? (HIGHLIGHTS[highlight] ?? highlight) : fillOf(properties);
  return {
    ...(vanish === undefined ? {} : { vanish }),
    ...(written === undefined ? {} : { color: written }),
    ...(size === undefined ? {} : { size: Number.parseFloat(size) }),
    ...(fill === undefined ? {} : { fill }),
  };
}

/** Reads the styles of a document; without a part of styles there are none. */
export function stylesOf(root: Element | undefined): Styles {
  const all = root ? elements(root, 'w:style') : [];
  const byId = new Map(all.map((style) => [style.attributes['w:styleId'] ?? '', style]));
  const ids = new Map([...byId.keys()].map((id, index) => [id, `S${index + 1}`]));
  const chain = (id: string | undefined): Element[] => {
    const found: Element[] = [];
    const styled = (one: string | undefined) => (one ? byId.get(one) : undefined);
    for (let at = styled(id); at && !found.includes(at); at = styled(child(at, 'w:basedOn')?.attributes['w:val']))
      found.push(at);
    return found;
  };
  const known = new Map<string, Look>();
  const styleLook = (id: string | undefined): Look => {
    const key = id ?? '';
    const before = known.get(key);
    if (before) return before;
    const look = chain(id)
      .toReversed()
      .reduce<Look>((all, style) => {
        const behind = fillOf(child(style, 'w:pPr'));
        return { ...all, ...(behind ? { fill: behind } : {}), ...lookOf(child(style, 'w:rPr')) };
      }, {});
    known.set(key, look);
    return look;
  };
  return {
    ids,
    lookOf: styleLook,
    defaults: lookOf(child(child(child(root, 'w:docDefaults'), 'w:rPrDefault'), 'w:rPr')),
    paints: (id) =>
      chain(id).some((style) =>
        [style, ...elements(style, 'w:tblStylePr')].some(
          (one) => fillOf(child(one, 'w:tcPr')) ?? fillOf(child(one, 'w:tblPr')) ?? fillOf(child(one, 'w:pPr')),
        ),
      ),
    defaultParagraph: all.find(
      ({ attributes }) => attributes['w:type'] === 'paragraph' && ['1', 'true'].includes(attributes['w:default'] ?? ''),
    )?.attributes['w:styleId'],
  };
}
