import { SaxesParser } from 'saxes';
import { Refusal } from '../refusal.ts';

/** An element under its canonical name ('w:p'), whatever prefix the file gave it. Trees are changed in place. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
}

export type Node = Element | string;

/** Namespaces that are known, by canonical prefix: the first name is written, the others are read as the same. */
export type Namespaces = Readonly<Record<string, readonly string[]>>;

/** A part that was read: its tree, and which of its namespace's names it used (0 is the first). */
export interface Parsed {
  readonly root: Element;
  readonly variant: number;
}

const DEEPEST = 200;
const MOST_NODES = 4_000_000;
const XML = 'http://www.w3.org/XML/1998/namespace';

export const element = (name: string, attributes: Record<string, string> = {}, children: Node[] = []): Element => ({
  name,
  attributes,
  children,
});

export const isElement = (node: Node): node is Element => typeof node !== 'string';

/** The children that are elements, of one name where it is given. */
export const elements = (parent: Element, name?: string): Element[] =>
  parent.children.filter((node): node is Element => isElement(node) && (name === undefined || node.name === name));

export const child = (parent: Element | undefined, name: string): Element | undefined =>
  parent?.children.find((node): node is Element => isElement(node) && node.name === name);

/** All text below an element, in order. */
export const textOf = (node: Node): string => (isElement(node) ? node.children.map(textOf).join('') : node);

/** Calls `visit` for the element and all below it, parents first. */
export function walk(root: Element, visit: (element: Element) => void): void {
  visit(root);
  for (const node of root.children) if (isElement(node)) walk(node, visit);
}

/** Replaces each element below `parent`, children first, by what `change` gives for it. */
export function rewrite(parent: Element, change: (element: Element) => readonly Node[]): void {
  parent.children = parent.children.flatMap((node): readonly Node[] => {
    if (!isElement(node)) return [node];
    rewrite(node, change);
    return change(node);
  });
}

/**
 * Reads a part (XML 1.0, Namespaces 1.0) into a tree of the elements and attributes whose namespaces are known; comments, processing instructions and everything of other namespaces are left
 * out and counted in `dropped`. Refuses with 'corrupt' (not well-formed, too deep), 'dtd' (a document type: entities are never expanded), 'too-large'.
 */
export function parseXml(bytes: Uint8Array, namespaces: Namespaces, dropped: { count: number }): Parsed {
  const prefixes = new Map<string, readonly [prefix: string, variant: number]>();
  for (const [prefix, names] of Object.entries(namespaces))
    for (const [variant, name] of names.entries()) prefixes.set(name, [prefix, variant]);
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: Element[] = [];
  let root: Parsed | undefined;
  let unknown = 0;
  let nodes = 0;
  const count = () => {
    if (++nodes > MOST_NODES) throw new Refusal('too-large', { limit: MOST_NODES });
  };
  parser.on('error', () => {
    throw new Refusal('corrupt');
  });
  parser.on('doctype', () => {
    throw new Refusal('dtd');
  });
  parser.on('comment', () => dropped.count++);
  parser.on('processinginstruction', () => dropped.count++);
  parser.on('opentag', (tag) => {
    const [prefix, variant] = prefixes.get(tag.uri) ?? [];
    if (unknown > 0 || prefix === undefined || variant === undefined) {
      if (unknown++ === 0) dropped.count++;
      return;
    }
    count();
    const attributes: Record<string, string> = {};
    for (const { uri, local, prefix: written, value } of Object.values(tag.attributes)) {
      if (written === 'xmlns' || (written === '' && local === 'xmlns')) continue;
      const known = uri === '' ? '' : uri === XML ? 'xml' : prefixes.get(uri)?.[0];
      if (known === undefined) dropped.count++;
      else attributes[known === '' ? local : `${known}:${local}`] = value;
    }
    const made = element(`${prefix}:${tag.local}`, attributes);
    const parent = open.at(-1);
    if (open.length >= DEEPEST) throw new Refusal('corrupt');
    if (parent) parent.children.push(made);
    else root = { root: made, variant };
    open.push(made);
  });
  parser.on('closetag', () => {
    if (unknown > 0) unknown--;
    else open.pop();
  });
  const text = (given: string) => {
    const parent = open.at(-1);
    if (unknown > 0 || !parent) return;
    count();
    const last = parent.children.at(-1);
    if (typeof last === 'string') parent.children[parent.children.length - 1] = last + given;
    else parent.children.push(given);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(characters(bytes)).close();
  if (!root) throw new Refusal('corrupt');
  return root;
}

/** A part is UTF-8 or UTF-16 (ECMA-376-2, 8.1.4); another encoding that the declaration names is tried. */
function characters(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const named = /^<\?xml[^>]*\sencoding=["']([\w.-]+)["']/.exec(head)?.[1];
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : first === 0xef || !named || /^utf-?16/i.test(named)
          ? 'utf-8'
          : named;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('corrupt');
  }
}

/** Writes a tree as UTF-8, with the namespaces that it uses declared at its root; `plain` is the prefix that is left out, for readers that look at names as they are written. */
export function writeXml({ root, variant }: Parsed, namespaces: Namespaces, plain?: string): Uint8Array {
  const used = new Set<string>();
  walk(root, ({ name, attributes }) => {
    for (const one of [name, ...Object.keys(attributes)])
      if (one.includes(':')) used.add(one.slice(0, one.indexOf(':')));
  });
  used.delete('xml');
  const declared = [...used]
    .toSorted()
    .map((prefix) => {
      const name = namespaces[prefix]?.[variant] ?? namespaces[prefix]?.[0] ?? '';
      return ` xmlns${prefix === plain ? '' : `:${prefix}`}="${name}"`;
    })
    .join('');
  const pieces = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'];
  write(root, declared, plain === undefined ? 0 : plain.length + 1, pieces);
  return new TextEncoder().encode(pieces.join(''));
}

function write({ name: full, attributes, children }: Element, declared: string, cut: number, pieces: string[]): void {
  const name = full.slice(cut);
  pieces.push('<', name, declared);
  for (const [key, value] of Object.entries(attributes)) pieces.push(' ', key, '="', escaped(value), '"');
  if (children.length === 0) {
    pieces.push('/>');
    return;
  }
  pieces.push('>');
  for (const node of children)
    if (isElement(node)) write(node, '', cut, pieces);
    else pieces.push(escaped(node));
  pieces.push('</', name, '>');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};
const escaped = (text: string) => text.replace(/[&<>"\n\r\t]/g, (one) => ESCAPES[one] ?? one);
