import { captionOf } from '../controls/captions.ts';
import { canOpen } from '../pictures.ts';
import type { Step } from '../rebuild.ts';
import { child, type Element, element, elements } from '../xml.ts';
import { placeOf } from './places.ts';

/** In English Metric Units: two points. */
const LEAST = 25_400;

/**
 * Puts in the place of each control of a slide (ECMA-376-1, 19.3.2.1) what is seen of it: the picture that its program drew, or, where that cannot be opened, the words that it shows, on a field of grey. The control goes.
 */
export function showControls(step: Step): void {
  const slide = child(step.root, 'p:cSld');
  const [tree, controls] = [child(slide, 'p:spTree'), child(slide, 'p:controls')];
  if (!tree || !controls) return;
  for (const [index, control] of elements(controls, 'p:control').entries()) {
    const picture = child(control, 'p:pic');
    const place = picture && placeOf(picture);
    if (!place || place.width < LEAST || place.height < LEAST) continue;
    const drawn = step.target(child(child(picture, 'p:blipFill'), 'a:blip')?.attributes['r:embed'])?.target;
    if (canOpen(drawn === undefined ? undefined : step.build.source.part(drawn))) tree.children.push(picture);
    else {
      const lines = captionOf(step.build, step.target(control.attributes['r:id'])?.target);
      if (lines.length > 0) tree.children.push(field(picture, lines, FIRST_ID + index));
    }
  }
}

const FIRST_ID = 9500;

/** The words where the picture stood, hidden where it is. */
function field(picture: Element, lines: readonly string[], id: number): Element {
  const colour = (val: string) => element('a:solidFill', {}, [element('a:srgbClr', { val })]);
  const place = child(child(picture, 'p:spPr'), 'a:xfrm');
  const hidden = child(child(picture, 'p:nvPicPr'), 'p:cNvPr')?.attributes['hidden'];
  return element('p:sp', {}, [
    element('p:nvSpPr', {}, [
      element('p:cNvPr', { id: String(id), name: 'Object', ...(hidden === undefined ? {} : { hidden }) }),
      element('p:cNvSpPr'),
      element('p:nvPr'),
    ]),
    element('p:spPr', {}, [
      ...(place ? [place] : []),
      element('a:prstGeom', { prst: 'rect' }, [element('a:avLst')]),
      colour('F0F0F0'),
    ]),
    element('p:txBody', {}, [
      element('a:bodyPr', { lIns: '0', tIns: '0', rIns: '0', bIns: '0', anchor: 'ctr' }),
      element('a:lstStyle'),
      ...lines.map((line) =>
        element('a:p', {}, [
          element('a:pPr', { algn: 'ctr' }),
          element('a:r', {}, [element('a:rPr', { sz: '1000' }, [colour('000000')]), element('a:t', {}, [line])]),
        ]),
      ),
    ]),
  ]);
}
