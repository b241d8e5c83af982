import { type Element, isElement, type Node } from '../xml.ts';
import * as values from './values.ts';

/** An attribute's kind: closed (a number or one of the standard's own words), a string, cells, a relation, a GUID, a style's name, a moment. */
type AttributeKind = '' | 's' | 'r' | 'i' | 'g' | 'n' | 'd';
type Attributes = ReadonlyMap<string, AttributeKind>;

/** Elements and attributes of a standard, and the words that its attributes may say. */
export interface Schema {
  readonly tables: ReadonlyMap<string, Attributes>;
  readonly tokens: ReadonlySet<string>;
  /** Elements that hold text among others. */
  readonly texts?: ReadonlySet<string>;
  /** Elements that have rules of their own: it changes the element, and is false where that goes. */
  readonly other?: (element: Element, relation: Cleaning['relation']) => boolean;
}

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
  readonly schema: Schema;
  readonly rules: Rules;
  /** The new id of a relation, or undefined where its target goes. */
  readonly relation: (element: Element, attribute: string, id: string) => string | undefined;
  readonly count: (kind: string) => void;
  /** What a style's name is written as, where styles are named by attributes of their own kind. */
  readonly rename?: (name: string) => string;
}

/** Whether a value is a number, or a word of the standard. */
const isClosed = (value: string, { tokens }: Schema) =>
  tokens.has(value) || values.measure(value) !== undefined || value.split(' ').every((one) => tokens.has(one));

/** Reads a table of attributes as the schema files have it: 'name' or 'name=kind', with spaces between. */
export function attributesOf(written: string): Attributes {
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

/**
 * Leaves of a tree what is on the lists: elements and attributes of the standard's schemas, numbers, words of the standard, the strings and texts that the rules name. Gives false where the element
 * itself goes.
 */
export function clean(element: Element, cleaning: Cleaning): boolean {
  const { rules, count, schema } = cleaning;
  const table = schema.tables.get(element.name);
  if (table) cleanAttributes(element, table, cleaning);
  else if (!schema.other?.(element, cleaning.relation)) {
    count('unknown');
    return false;
  }
  const names = Object.keys(element.attributes);
  if (
    rules.related.has(element.name) &&
    element.children.length === 0 &&
    !names.some((name) => name.startsWith('r:') || name === 'xlink:href')
  )
    return false;
  element.children = cleanChildren(element, cleaning);
  return true;
}

function cleanChildren(element: Element, cleaning: Cleaning): Node[] {
  const { rules, count, schema } = cleaning;
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
      // Text that an element holds beside others stays where that of its parent does, and where it may hold any.
      if (!rules.texts[element.name] || !schema.texts?.has(node.name)) node.children = node.children.filter(isElement);
      return cleanChildren({ ...element, children: node.children }, cleaning);
    }
    return clean(node, cleaning) ? [node] : [];
  });
}

function cleanAttributes(
  element: Element,
  table: Attributes,
  { rules, relation, count, schema, rename }: Cleaning,
): void {
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
            : kind === 'i' || name === 'xlink:href'
              ? relation(element, name, value)
              : kind === 'n'
                ? value
                    .split(' ')
                    .map((one) => rename?.(one) ?? '')
                    .join(' ')
                : kind === 'r'
                  ? values.cells(value)
                  : kind === 'g'
                    ? values.guid(value)
                    : kind === '' && isClosed(value, schema)
                      ? value
                      : undefined;
    if (written === undefined) count('attribute');
    else kept[name] = written;
  }
  element.attributes = kept;
}
