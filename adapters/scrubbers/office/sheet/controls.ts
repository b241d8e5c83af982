import { captionOf } from '../controls/captions.ts';
import { CHECKED, OFF, ON, UNCHECKED, UNKNOWN } from '../controls/signs.ts';
import { isUnseenShape } from '../controls/unseen.ts';
import type { Relation } from '../opc.ts';
import type { Step } from '../rebuild.ts';
import { child, type Element, element, elements, textOf, walk } from '../xml.ts';
import { type Area, type Book, isHiddenArea } from './cells.ts';

/** What a control of a sheet shows: a sign before the label that its shape has, where that is this one, or lines of its own. */
interface Shown {
  readonly sign: string;
  readonly label: string;
  readonly lines: readonly string[];
}
/** What the controls of a sheet show, by the numbers of their shapes. */
export type Controls = ReadonlyMap<string, Shown>;

/**
 * Reads what the controls of a sheet (ECMA-376-1, 18.3.1.19) show: those alone that say where they stand, in rows and columns that are seen, and whose drawing for older programs says that they are. Takes the sheet's step
 * before it is cleaned.
 */
export function controlsOf({ root, build, target }: Step, book: Book): Controls {
  const shown = new Map<string, Shown>();
  const controls = elements(child(root, 'x:controls') ?? element('none'), 'x:control');
  if (controls.length === 0) return shown;
  const labels = labelsOf(
    textIn(build.source.part(target(child(root, 'x:legacyDrawing')?.attributes['r:id'])?.target ?? '')),
  );
  for (const control of controls) {
    const id = control.attributes['shapeId'] ?? '';
    const [label, found, area] = [labels.get(id), target(control.attributes['r:id']), areaOf(control)];
    if (label === undefined || !found || !area || isHiddenArea(root, book, area)) continue;
    const lines = found.type === 'control' ? captionOf(build, found.target) : [];
    shown.set(id, { label, lines, sign: signOf(found, build) });
  }
  return shown;
}

/** The cells over which a control stands; it ends before the one in which it takes no place. */
function areaOf(control: Element): Area | undefined {
  const anchor = child(child(control, 'x:controlPr'), 'x:anchor');
  const [from, to] = [child(anchor, 'x:from'), child(anchor, 'x:to')];
  if (!from || !to) return undefined;
  const first = (name: string) => Number(textOf(child(from, `xdr:${name}`) ?? '')) + 1;
  const last = (name: string) =>
    Number(textOf(child(to, `xdr:${name}`) ?? '')) + (Number(textOf(child(to, `xdr:${name}Off`) ?? '')) > 0 ? 1 : 0);
  return {
    left: first('col'),
    top: first('row'),
    right: Math.max(first('col'), last('col')),
    bottom: Math.max(first('row'), last('row')),
  };
}

const textIn = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

/** The labels of shapes that are seen, by their numbers. This old drawing need not be XML: it is looked at as text. */
function labelsOf(drawing: string): Map<string, string> {
  const labels = new Map<string, string>();
  for (const shape of drawing.split(/(?=<v:shape\s)/).slice(1)) {
    const tag = /^<v:shape\s[^>]*>/.exec(shape)?.[0] ?? '';
    const id = /\sid="_x0000_s(\d{1,9})"/.exec(tag)?.[1];
    const style = /\sstyle=(?:'([^']*)'|"([^"]*)")/.exec(tag);
    if (id === undefined || !style || isUnseenShape(style[1] ?? style[2] ?? '')) continue;
    labels.set(id, lettersOf(/<v:textbox\b[^>]*>(.*?)<\/v:textbox>/s.exec(shape)?.[1]?.replace(/<[^>]*>/g, '') ?? ''));
  }
  return labels;
}

/** Letters and digits alone: the two drawings of a control differ in their signs and spaces. */
const lettersOf = (text: string) => text.replace(/&#?\w+;/g, '').replace(/[^\p{Alpha}\p{N}]/gu, '');

/** The box or the circle of a control of Excel's own ([MS-XLSX] 2.6.81), checked or not. */
function signOf({ type, target }: Relation, { source }: Step['build']): string {
  const properties = type === 'ctrlProp' && target !== undefined ? textIn(source.part(target)) : '';
  const [kind, checked] = [/\sobjectType="(\w+)"/.exec(properties)?.[1], /\schecked="(\w+)"/.exec(properties)?.[1]];
  if (kind === 'CheckBox')
    return (checked === 'Checked' ? CHECKED : checked === 'Mixed' ? UNKNOWN : UNCHECKED) as string;
  return (kind === 'Radio' ? (checked === 'Checked' ? ON : OFF) : '') as string;
}

/** Shows on a sheet's drawing what its controls show: their shapes stand there as hidden ones, for programs that know no controls. */
export function showControls({ root }: Step, controls: Controls | undefined): void {
  if (!controls || controls.size === 0) return;
  walk(root, (shape) => {
    if (shape.name !== 'xdr:sp') return;
    const properties = child(child(shape, 'xdr:nvSpPr'), 'xdr:cNvPr');
    const control = controls.get(properties?.attributes['id'] ?? '');
    const body = child(shape, 'xdr:txBody');
    const label = body ? textOf(body) : '';
    if (!properties || !control || isPale(shape)) return;
    if (
      control.lines.length === 0 &&
      (lettersOf(label) !== control.label || (label.trim() === '' && control.sign === ''))
    )
      return;
    delete properties.attributes['hidden'];
    if (control.lines.length > 0) say(shape, body, control.lines);
    else if (control.sign !== '') begin(shape, body, `${control.sign} `);
  });
}

/** Whether letters have a colour as light as paper, or none. */
function isPale(shape: Element): boolean {
  let found = false;
  walk(shape, (one) => {
    if (one.name !== 'a:rPr') return;
    const colour = child(child(one, 'a:solidFill'), 'a:srgbClr')?.attributes['val'] ?? '';
    found ||=
      /^(?:f[\da-f]){3}$/i.test(colour) ||
      child(one, 'a:noFill') !== undefined ||
      child(child(one, 'a:solidFill'), 'a:schemeClr') !== undefined;
  });
  return found;
}

const run = (text: string) => element('a:r', {}, [element('a:t', {}, [text])]);

function say(shape: Element, body: Element | undefined, lines: readonly string[]): void {
  shape.children = shape.children.filter((node) => node !== body);
  const paragraphs = lines.map((line) => element('a:p', {}, [run(line)]));
  shape.children.push(element('xdr:txBody', {}, [element('a:bodyPr'), element('a:lstStyle'), ...paragraphs]));
}

function begin(shape: Element, body: Element | undefined, sign: string): void {
  const first = child(body, 'a:p');
  if (!first) return say(shape, body, [sign]);
  const at = first.children.findIndex((node) => typeof node !== 'string' && node.name === 'a:r');
  first.children.splice(at < 0 ? first.children.length : at, 0, run(sign));
}
