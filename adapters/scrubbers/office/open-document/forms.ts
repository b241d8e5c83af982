import { CHECKED, OFF, ON, UNCHECKED, UNKNOWN } from '../controls/signs.ts';
import { child, type Element, element, elements, isElement, rewrite, textOf, walk } from '../xml.ts';
import { frameOf } from './objects.ts';

/**
 * Puts in the place of each control what a form shows there (OpenDocument 1.3-3, 13): a frame with its label, its current value, the entries of its open list, as words like all others. The forms themselves, with
 * names, targets, sources of data and events, are nobody's to see; nor is what a password's, a file's or a hidden control holds.
 */
export function showControls(root: Element, count: (kind: string) => void): void {
  const controls = new Map<string, Element>();
  walk(root, (one) => {
    const id = one.attributes['form:id'] ?? one.attributes['xml:id'];
    if (one.name.startsWith('form:') && id !== undefined) controls.set(id, one);
  });
  rewrite(root, (one) => {
    if (one.name !== 'draw:control') return [one];
    count('form-field');
    const control = controls.get(one.attributes['draw:control'] ?? '');
    return control && !isHidden(control) ? [shown(one, linesOf(control))] : [];
  });
}

/** A program's own property: the control is drawn nowhere. */
const isHidden = (control: Element): boolean =>
  elements(child(control, 'form:properties') ?? element('none')).some(
    ({ attributes }) =>
      attributes['form:property-name'] === 'EnableVisible' && attributes['office:boolean-value'] === 'false',
  );

/** The frame with these lines where the control stood; letters of controls are often smaller than those of words. */
function shown({ attributes }: Element, lines: readonly string[]): Element {
  const { 'draw:control': _, ...place } = attributes;
  return frameOf(place, lines.length > 0 ? lines : ['']);
}

function linesOf(control: Element): string[] {
  const { attributes } = control;
  const label = attributes['form:label'] ?? '';
  switch (control.name) {
    case 'form:fixed-text':
    case 'form:button':
    case 'form:frame':
      return label.split('\n');
    case 'form:checkbox': {
      const state = attributes['form:current-state'] ?? attributes['form:state'];
      return [`${state === 'checked' ? CHECKED : state === 'unknown' ? UNKNOWN : UNCHECKED} ${label}`];
    }
    case 'form:radio': {
      const isOn = attributes['form:current-selected'] ?? attributes['form:selected'];
      return [`${isOn === 'true' ? ON : OFF} ${label}`];
    }
    case 'form:listbox':
      return entriesOf(control);
    case 'form:grid':
      return elements(control, 'form:column').flatMap((column) => column.attributes['form:label'] ?? []);
    case 'form:text':
    case 'form:textarea':
    case 'form:formatted-text':
    case 'form:number':
    case 'form:date':
    case 'form:time':
    case 'form:combobox':
      return valueOf(control);
    default:
      return [];
  }
}

/** The current value is on show, and the first one only where there is none. */
function valueOf(control: Element): string[] {
  const value = control.attributes['form:current-value'] ?? control.attributes['form:value'];
  if (value !== undefined) return value.split('\n');
  return elements(control, 'text:p').map(textOf);
}

/** The entries that a list shows: all where it stands open, the chosen ones where it drops down. */
function entriesOf(list: Element): string[] {
  const options = elements(list, 'form:option');
  const isChosen = ({ attributes }: Element) =>
    (attributes['form:current-selected'] ?? attributes['form:selected']) === 'true';
  const seen = list.attributes['form:dropdown'] === 'true' ? options.filter(isChosen) : options;
  return seen.flatMap(({ attributes }) => attributes['form:label'] ?? []);
}

/** Whether a frame stands in a line as a letter does, and holds no more than words itself: then it is read where it stands. */
export function isWithinLine(one: Element): boolean {
  if (one.name !== 'draw:frame' || one.attributes['text:anchor-type'] !== 'as-char') return false;
  const lines = elements(child(one, 'draw:text-box') ?? element('none'));
  return lines.length === 1 && lines[0]?.name === 'text:p' && lines[0].children.every((node) => !isElement(node));
}
