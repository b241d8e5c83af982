import { child, type Element, element, elements, isElement, type Node, walk } from '../xml.ts';

/** Elements whose children stand in a line of words. */
const IN_LINE = new Set(['text:p', 'text:h', 'text:span', 'text:a']);

/**
 * A frame shows its chart, the signs of its formula, or the picture of anything else that is embedded. `read` gives of an object the signs of a formula or the root of its content, or neither. A formula in a line
 * becomes words of it.
 */
export function replaceObjects(
  parent: Element,
  read: (target: string) => Element | string | undefined,
  count: (kind: string) => void,
): void {
  parent.children = parent.children.map((node): Node => {
    if (!isElement(node)) return node;
    const object = node.name === 'draw:frame' ? child(node, 'draw:object') : undefined;
    const content = object && read(object.attributes['xlink:href'] ?? '');
    if (typeof content === 'string') {
      count('embedded');
      return IN_LINE.has(parent.name) && node.attributes['text:anchor-type'] === 'as-char'
        ? element('text:span', {}, [content])
        : frameOf(node.attributes, [content]);
    }
    if (object) keepShown(node, content, count);
    replaceObjects(node, read, count);
    return node;
  });
}

/** A chart is drawn from its data, and of anything else the picture is shown. */
function keepShown(frame: Element, content: Element | undefined, count: (kind: string) => void): void {
  const isChart = child(child(content, 'office:body'), 'office:chart') !== undefined;
  if (!isChart) count('embedded');
  const goes = isChart ? 'draw:image' : 'draw:object';
  frame.children = frame.children.filter((node) => !isElement(node) || node.name !== goes);
}

/** Of the pictures that a frame has for the same (10.4.2), programs show one: the first that can be opened stays, or the first. `opens` says it of the picture at an address. */
export function onePicture(root: Element, opens: (target: string) => boolean, count: (kind: string) => void): void {
  walk(root, (frame) => {
    const pictures = frame.name === 'draw:frame' ? elements(frame, 'draw:image') : [];
    if (pictures.length < 2) return;
    const stays = pictures.find(({ attributes }) => opens(attributes['xlink:href'] ?? '')) ?? pictures[0];
    count('alternate-picture');
    frame.children = frame.children.filter((node) => !isElement(node) || node.name !== 'draw:image' || node === stays);
  });
}

/** A frame in the place of another, with lines of words; it grows with them. */
export function frameOf(attributes: Readonly<Record<string, string>>, lines: readonly string[]): Element {
  const { 'svg:height': height, ...place } = attributes;
  const least: Record<string, string> = height === undefined ? {} : { 'fo:min-height': height };
  const paragraphs = lines.map((line) => element('text:p', {}, line === '' ? [] : [line]));
  return element('draw:frame', place, [element('draw:text-box', least, paragraphs)]);
}
