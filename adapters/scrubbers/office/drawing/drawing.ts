import type { Step } from '../rebuild.ts';
import { character } from '../schema/values.ts';
import { child, type Element, element, elements, isElement, rewrite, textOf, walk } from '../xml.ts';
import { chartStep } from './charts.ts';
import { cropOf, vmlCropOf } from './crops.ts';
import { renameGuides } from './guides.ts';
import { chartFields, formulaSigns } from './rules.ts';
import { flattenSmartArt } from './smart-art.ts';

/** Where an object says of itself that it is hidden. */
const PROPERTIES = /^(?:p|pic|xdr|wps|wpg|cdr|a):cNvPr$|^wp:docPr$/;
/** Objects as a whole: what is hidden goes with its frame. */
const OBJECTS =
  /^(?:p:(?:sp|pic|graphicFrame|grpSp|cxnSp|contentPart)|xdr:(?:twoCellAnchor|oneCellAnchor|absoluteAnchor)|wps:wsp|wpg:(?:wgp|grpSp)|pic:pic|cdr:(?:sp|pic|graphicFrame|grpSp|cxnSp)|w:drawing)$/;
/** Letters below this, in hundredths of a point, are read by nobody. */
const TINY = 200;

/** Prepares what a part draws: hidden objects and letters go, pictures lose what their frame cuts off, SmartArt becomes the shapes that it is seen as. */
export function prepareDrawing(step: Step): void {
  const { root, build, crop } = step;
  flattenSmartArt(step);
  const isChart = root.name === 'c:chartSpace';
  rewrite(root, (one) => {
    if (OBJECTS.test(one.name) && (isHidden(one) || isOffPage(one))) {
      build.count('hidden-object');
      return [];
    }
    if (
      one.name.startsWith('v:') &&
      /(?:visibility\s*:\s*hidden|display\s*:\s*none)/i.test(one.attributes['style'] ?? '')
    ) {
      build.count('hidden-object');
      return [];
    }
    // A formula's part that only takes its place (22.1.2.81).
    if (one.name === 'm:phant' && isOff(child(child(one, 'm:phantPr'), 'm:show'))) {
      build.count('hidden-text');
      return [];
    }
    // Without its value it would stand for no sign; without the element the usual one is shown.
    if (formulaSigns.includes(one.name) && character(one.attributes['m:val'] ?? '') === undefined) {
      build.count('attribute');
      return [];
    }
    // Charts hold none, and stand in no object that could be offered as a choice.
    if (isChart && one.name === 'a14:m') {
      build.count('unknown');
      return [];
    }
    if (one.name === 'a:tc' && ['hMerge', 'vMerge'].some((name) => isOn(one.attributes[name]))) emptyCell(one, step);
    const type = one.attributes['type'] ?? '';
    const shown = type === 'slidenum' ? '‹#›' : isChart && chartFields.includes(type) ? `[${type}]` : undefined;
    if (one.name === 'a:fld' && shown === undefined) {
      build.count('field');
      return [
        element(
          'a:r',
          {},
          elements(one).filter(({ name }) => name === 'a:rPr' || name === 'a:t'),
        ),
      ];
    }
    const told = one.name === 'a:fld' ? child(one, 'a:t') : undefined;
    if (told && shown !== undefined) told.children = [shown];
    if (isRun(one) && isUnseen(one)) {
      build.count('hidden-text');
      return [];
    }
    return [one];
  });
  walk(root, (one) => {
    if (one.name.endsWith(':blipFill')) {
      const cut = cropOf(one);
      const blip = child(one, 'a:blip');
      if (cut && blip) crop(blip, cut);
      if (cut) build.count('cropped-picture');
    }
    if (one.name === 'v:imagedata') {
      const cut = vmlCropOf(one);
      if (cut) crop(one, cut);
      if (cut) build.count('cropped-picture');
    }
    if (one.name === 'a:custGeom') renameGuides(one);
    if (/:(?:sp|wsp)$/.test(one.name)) dropCamouflaged(one, step);
  });
  if (isChart) chartStep(step);
}

/** The properties of an object stand at most two levels below it: deeper ones are another's. */
function propertiesOf(object: Element, depth = 0): Element | undefined {
  for (const one of elements(object)) {
    if (PROPERTIES.test(one.name)) return one;
    const found = depth < 2 && !(depth > 0 && OBJECTS.test(one.name)) ? propertiesOf(one, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

const isOn = (value: string | undefined) => ['1', 'true', 'on'].includes(value ?? '');
const isOff = (one: Element | undefined) => ['0', 'false', 'off'].includes(one?.attributes['m:val'] ?? '1');
const isHidden = (object: Element) => isOn(propertiesOf(object)?.attributes['hidden']);

/** What a merged cell covers is not shown: its paragraphs stay without their words. */
function emptyCell(cell: Element, { build }: Step): void {
  const body = child(cell, 'a:txBody');
  for (const paragraph of body ? elements(body, 'a:p') : []) {
    if (textOf(paragraph).trim() !== '') build.count('hidden-text');
    paragraph.children = elements(paragraph, 'a:endParaRPr');
  }
}

/** Two metres, in English Metric Units: no page, sheet or slide is so large. */
const FAR = 72_000_000;

/** An object that stands where no page is. */
function isOffPage(object: Element): boolean {
  const anchor = object.name === 'w:drawing' ? child(object, 'wp:anchor') : undefined;
  const offsets = anchor
    ? [child(anchor, 'wp:positionH'), child(anchor, 'wp:positionV')].map((one) =>
        one ? textOf(child(one, 'wp:posOffset') ?? '') : '',
      )
    : [];
  return offsets.some((offset) => Math.abs(Number(offset)) > FAR / 4);
}

/** Letters of one look, in a paragraph or in a formula. */
export const isRun = ({ name }: Element) => name === 'a:r' || name === 'm:r';

/** Letters that are tiny or fully transparent, have no filling and no line, or the colour of their marker. */
function isUnseen(run: Element): boolean {
  const properties = child(run, 'a:rPr');
  const size = Number(properties?.attributes['sz'] ?? 1800);
  if (size < TINY) return true;
  const line = child(properties, 'a:ln');
  if (child(properties, 'a:noFill') && (!line || child(line, 'a:noFill'))) return true;
  const marker = child(child(properties, 'a:highlight'), 'a:srgbClr')?.attributes['val']?.toUpperCase();
  if (marker !== undefined && marker === srgbOf(properties)) return true;
  const fill = child(properties, 'a:solidFill');
  const alpha = fill && elements(fill)[0] && child(elements(fill)[0], 'a:alpha');
  return alpha !== undefined && Number.parseFloat(alpha.attributes['val'] ?? '100000') === 0;
}

const srgbOf = (parent: Element | undefined) =>
  child(child(parent, 'a:solidFill'), 'a:srgbClr')?.attributes['val']?.toUpperCase();

/** Letters in the very colour that their shape is filled with. */
function dropCamouflaged(shape: Element, { build }: Step): void {
  const filled = elements(shape).find(({ name }) => name.endsWith(':spPr'));
  const colour = srgbOf(filled);
  if (colour === undefined) return;
  rewrite(shape, (one) => {
    if (!isRun(one) || srgbOf(child(one, 'a:rPr')) !== colour) return [one];
    build.count('hidden-text');
    return [];
  });
}

/** Whether anything is left of an element's content that is an element. */
export const isEmpty = (one: Element) => !one.children.some(isElement);
