import { isRun } from '../drawing/drawing.ts';
import type { Step } from '../rebuild.ts';
import { child, type Element, elements, rewrite } from '../xml.ts';
import { meet, placeOf } from './places.ts';

const WHITE_SCHEME = new Set(['bg1', 'lt1']);

/** Takes out white letters that have nothing but a white slide behind them: no fill of their own, and nothing else where they stand. */
export function dropWhite(tree: Element, step: Step): void {
  if (!isWhitePaper(step)) return;
  const objects = elements(tree).filter(({ name }) => /^p:(?:sp|pic|graphicFrame|grpSp|cxnSp)$/.test(name));
  const painted = objects.filter((one) => one.name !== 'p:sp' || isPainted(one));
  for (const shape of objects) {
    const place = shape.name === 'p:sp' && !painted.includes(shape) ? placeOf(shape) : undefined;
    if (!place) continue;
    // What has no place of its own may stand anywhere.
    const isOver = painted.some((one) => {
      const other = placeOf(one);
      return !other || meet(place, other);
    });
    if (isOver) continue;
    rewrite(shape, (one) => {
      if (!isRun(one) || !isWhite(child(child(one, 'a:rPr'), 'a:solidFill'))) return [one];
      step.build.count('hidden-text');
      return [];
    });
  }
}

function isWhite(fill: Element | undefined): boolean {
  const [colour] = fill ? elements(fill) : [];
  if (!colour || elements(colour).some(({ name }) => name !== 'a:alpha')) return false;
  const value = colour.attributes['val'] ?? '';
  return colour.name === 'a:srgbClr' ? /^f[6-9a-f]f[6-9a-f]f[6-9a-f]$/i.test(value) : WHITE_SCHEME.has(value);
}

/** A shape with a fill, or with a style that gives it one. */
function isPainted(shape: Element): boolean {
  const properties = child(shape, 'p:spPr');
  if (child(properties, 'a:noFill')) return false;
  if (['a:solidFill', 'a:gradFill', 'a:blipFill', 'a:pattFill', 'a:grpFill'].some((name) => child(properties, name)))
    return true;
  return Number(child(child(shape, 'p:style'), 'a:fillRef')?.attributes['idx'] ?? 0) > 0;
}

/** The nearest background of the slide, its layout and its master is white, or there is none. */
function isWhitePaper({ root, name, build }: Step): boolean {
  let part: Element | undefined = root;
  let at = name;
  for (const type of ['slideLayout', 'slideMaster', undefined]) {
    const background: Element | undefined = child(child(part, 'p:cSld'), 'p:bg');
    if (background) return isWhiteBackground(background);
    const target: string | undefined = build.source.relations(at).find((one) => one.type === type)?.target;
    if (target === undefined) return true;
    part = build.read(target)?.root;
    at = target;
  }
  return true;
}

function isWhiteBackground(background: Element): boolean {
  const reference = child(background, 'p:bgRef');
  if (reference) {
    const scheme = child(reference, 'a:schemeClr')?.attributes['val'] ?? '';
    return Number(reference.attributes['idx'] ?? 0) <= 1001 && WHITE_SCHEME.has(scheme);
  }
  return isWhite(child(child(background, 'p:bgPr'), 'a:solidFill'));
}
