import { captionOf } from '../controls/captions.ts';
import { isUnseenShape } from '../controls/unseen.ts';
import { canOpen } from '../pictures.ts';
import type { Step } from '../rebuild.ts';
import { child, type Element, element, type Node, rewrite, walk } from '../xml.ts';

/**
 * Puts in the place of each control of a text (ECMA-376-1, 17.3.3.3) the words that it shows, where the picture that its program drew of it cannot be opened. The control itself goes.
 */
export function showControls({ root, build, target }: Step): void {
  rewrite(root, (one) => {
    const control = one.name === 'w:object' ? child(one, 'w:control') : undefined;
    if (!control || isShown(one)) return [one];
    const lines = captionOf(build, target(control.attributes['r:id'])?.target);
    return lines.length === 0 ? [one] : lines.flatMap(written);
  });

  /** Whether it has a picture that can be opened, or is not to be seen at all. */
  function isShown(object: Element): boolean {
    let found = false;
    walk(object, ({ name, attributes }) => {
      const picture = name === 'v:imagedata' ? target(attributes['r:id'])?.target : undefined;
      found ||= picture !== undefined && canOpen(build.source.part(picture));
      found ||= name.startsWith('v:') && isUnseenShape(attributes['style'] ?? '');
    });
    return found;
  }
}

const written = (line: string, index: number): Node[] => [
  ...(index > 0 ? [element('w:br')] : []),
  element('w:t', { 'xml:space': 'preserve' }, [line]),
];
