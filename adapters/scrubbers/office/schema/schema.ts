import { type Element, isElement, type Node } from '../xml.ts';
import schema from './ooxml.json' with { type: 'json' };
import * as values from './values.ts';
import { vml } from './vml.ts';

/** An attribute's kind: closed (a number or one of the standard's own words), a string, cells, a relation, a GUID. */
type AttributeKind = '' | 's' | 'r' | 'i' | 'g';
type Attributes = ReadonlyMap<string, AttributeKind>;

/** What of a format's strings stays. Whatever is named in none of these goes. */
export interface Rules {
  /** Elements whose text stays, with what it is written as. */
  readonly texts: Readonly<Record<string, values.Value>>;
  /** String attributes that stay, as 'element@attribute' or '*@attribute', with what they are written as. */
  readonly strings: Readonly<Record<string, values.Value>>;
  /** Elements that are known and go with everything in them, with the kind under which they are counted. */
  readonly gone: Readonly<Record<string, string>>;
  /** Elements that go and leave their content. */
  readonly unwrapped: ReadonlySet<string>;
  /** Elements that mean nothing without their relation. */
  readonly related: ReadonlySet<string>;
}

export interface Cleaning {
  readonly rules: Rules;
  /** The new id of a relation, or undefined where its target goes. */
  readonly relation: (element: Element, attribute: string, id: string) => string | undefined;
  readonly count: (kind: string) => void;
}

const tokens = new Set(schema.tokens.split(' '));
const tables = new Map<string, Attributes>();
for (const [prefix, elements] of Object.entries(schema.elements))
  for (const [name, attributes] of Object.entries(elements)) tables.set(`${prefix}:${name}`, attributesOf(attributes));

/** Extensions that carry what is seen, by hand: their schemas are Microsoft's. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'wps:wsp': '',
  'wps:cNvPr': 'id hidden',
  'wps:cNvSpPr': 'txBox',
  'wps:cNvCnPr': '',
  'wps:spPr': 'bwMode',
  'wps:style': '',
  'wps:txbx': '',
  'wpg:wgp': '',
  'wpg:grpSp': '',
  'wpg:cNvPr': 'id hidden',
  'wpg:cNvGrpSpPr': '',
  'wpg:grpSpPr': 'bwMode',
  'w10:wrap': 'type side anchorx anchory',
};
for (const [name, attributes] of Object.entries(EXTENSIONS)) tables.set(name, attributesOf(attributes));
tables.set('wps:bodyPr', tables.get('a:bodyPr') ?? new Map());

function attributesOf(written: string): Attributes {
  return new Map(
    written
      .split(' ')
      .filter((one) => one !== '')
      .map((one): [string, AttributeKind] => {
        const [name = '', kind = ''] = one.split('=');
        return [name, kind as AttributeKind];
      }),
  );
}

/** Whether a value is a number, or a word of the standard. */
const isClosed = (value: string) =>
  tokens.has(value) || values.measure(value) !== undefined || value.split(' ').every((one) => tokens.has(one));

/**
 * Leaves of a tree what is on the lists: elements and attributes of the standard's schemas, numbers, words of the standard, the strings and texts that the rules name. Gives false where the element
 * itself goes.
 */
export function clean(element: Element, cleaning: Cleaning): boolean {
  const { rules, count } = cleaning;
  const table = element.name.startsWith('v:') || element.name.startsWith('o:') ? undefined : tables.get(element.name);
  if (table) cleanAttributes(element, table, cleaning);
  else if (!vml(element, cleaning.relation)) {
    count('unknown');
    return false;
  }
  const names = Object.keys(element.attributes);
  if (rules.related.has(element.name) && element.children.length === 0 && !names.some((name) => name.startsWith('r:')))
    return false;
  element.children = cleanChildren(element, cleaning);
  return true;
}

function cleanChildren(element: Element, cleaning: Cleaning): Node[] {
  const { rules, count } = cleaning;
  return element.children.flatMap((node): readonly Node[] => {
    if (!isElement(node)) {
      const written = rules.texts[element.name]?.(node);
      if (written === undefined && node.trim() !== '') count('unknown');
      return written === undefined || written === '' ? [] : [written];
    }
    const gone = rules.gone[node.name];
    if (gone !== undefined) {
      count(gone);
      return [];
    }
    if (rules.unwrapped.has(node.name)) {
      // Text of an element that may hold none is not shown.
      node.children = node.children.filter(isElement);
      return cleanChildren(node, cleaning);
    }
    return clean(node, cleaning) ? [node] : [];
  });
}

function cleanAttributes(element: Element, table: Attributes, { rules, relation, count }: Cleaning): void {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(element.attributes)) {
    const kind = name === 'xml:space' ? 'space' : table.get(name);
    const string = rules.strings[`${element.name}@${name}`] ?? rules.strings[`*@${name}`];
    const written =
      kind === undefined
        ? undefined
        : string
          ? string(value)
          : kind === 'space'
            ? values.space(value)
            : kind === 'i'
              ? relation(element, name, value)
              : kind === 'r'
                ? values.cells(value)
                : kind === 'g'
                  ? values.guid(value)
                  : kind === '' && isClosed(value)
                    ? value
                    : undefined;
    if (written === undefined) count('attribute');
    else kept[name] = written;
  }
  element.attributes = kept;
}
