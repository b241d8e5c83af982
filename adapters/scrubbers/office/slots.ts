import type { Piece, Slot } from './texts.ts';
import { type Element, isElement } from './xml.ts';

/** The text of an element that holds nothing else. */
export function textSlot(one: Element): Slot {
  return {
    of: one,
    text: one.children.filter((node) => typeof node === 'string').join(''),
    write: (text) => {
      one.children = [text];
    },
  };
}

/** The pieces of text among an element's children, by their place. */
export function stringSlots(one: Element): Map<number, Slot> {
  const slots = new Map<number, Slot>();
  for (const [index, node] of one.children.entries())
    if (typeof node === 'string')
      slots.set(index, {
        of: one,
        text: node,
        write: (text) => {
          one.children[index] = text;
        },
      });
  return slots;
}

export function attributeSlot(one: Element, name: string): Slot {
  return {
    text: one.attributes[name] ?? '',
    write: (text) => {
      one.attributes[name] = text;
    },
  };
}

/** What an element is among the words: a slot, several with what stands between them, or signs; 'line', 'cell', 'part' (a space) and 'tab' stand after its content; 'aside' is told after the paragraph that it stands in. */
export type Reading = (
  one: Element,
) => Slot | Piece[] | 'line' | 'cell' | 'part' | 'tab' | 'break' | 'aside' | 'skip' | undefined;

/** Reads a tree in the order in which a reader does. */
export function piecesOf(root: Element, reading: Reading): Piece[] {
  const out: Piece[] = [];
  const visit = (one: Element, asides: Element[]): void => {
    const kind = reading(one);
    if (kind === 'skip') return;
    if (kind === 'break') out.push('\n');
    else if (kind === 'tab') out.push('\t');
    else if (kind === 'aside') asides.push(one);
    else if (Array.isArray(kind)) out.push(...kind);
    else if (typeof kind === 'object') out.push(kind);
    else {
      const own = kind === 'line' ? [] : asides;
      for (const node of one.children) if (isElement(node)) visit(node, own);
      if (kind === 'line' && out.at(-1) !== '\n') out.push('\n');
      if (kind === 'part') out.push(' ');
      if (kind === 'cell') {
        if (out.at(-1) === '\n') out.pop();
        out.push('\t');
      }
      if (kind === 'line')
        for (const aside of own) for (const node of aside.children) if (isElement(node)) visit(node, []);
    }
  };
  visit(root, []);
  return out;
}
