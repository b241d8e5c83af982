import { PDFArray, PDFDict, PDFName, type PDFObject, type PDFRef, PDFStream } from 'pdf-lib';
import { type Build, type Drawn, deflated, once, plain, plainDict, set } from './build.ts';
import { copyColorSpace, copyFunction } from './colors.ts';
import { copyFont } from './fonts.ts';
import { copyImage } from './images.ts';
import { drawingOf, type Resources } from './resources.ts';
import { dictOf, entry, itemsOf, nameOf, openStream, resolve } from './source.ts';

type Named = (name: string) => PDFObject | undefined;

/** Copies an external object (PDF 32000-1, 8.8): an image or a form. Gives undefined for a switched-off layer, PostScript, and what is broken. */
export function copyXObject(build: Build, source: PDFObject, around: Resources, named: Named): Drawn | undefined {
  if (!(source instanceof PDFStream)) return undefined;
  if (build.hidden(entry(build.source, source, 'OC'))) {
    build.removed('hidden-content', 1);
    return undefined;
  }
  const subtype = nameOf(entry(build.source, source, 'Subtype'));
  if (subtype === 'Image') {
    const ref = copyImage(build, source, named);
    return ref && { ref, picture: true };
  }
  return subtype === 'Form' ? copyForm(build, source, around) : undefined;
}

function copyForm(build: Build, source: PDFStream, around: Resources): Drawn {
  return drawnOnce(build, source, around, (own) => {
    const dict = plainDict(build, source, 'form');
    set(dict, 'Group', copyGroup(build, entry(build.source, source, 'Group')));
    const drawing = drawingOf(build, own, around);
    dict.set(PDFName.of('Resources'), drawing.resources());
    return { object: drawing.content(source, dict), picture: drawing.pictures() };
  });
}

/** Copies a pattern (8.7): a tile is a content stream, a shading pattern is not. */
export function copyPattern(build: Build, source: PDFObject, around: Resources, named: Named): Drawn | undefined {
  if (source instanceof PDFStream)
    return drawnOnce(build, source, around, (own) => {
      const dict = plainDict(build, source, 'tiling');
      const drawing = drawingOf(build, own, around);
      dict.set(PDFName.of('Resources'), drawing.resources());
      return { object: drawing.content(source, dict), picture: drawing.pictures() };
    });
  if (!(source instanceof PDFDict)) return undefined;
  const ref = once(build, source, () => {
    const dict = plainDict(build, source, 'shaded');
    set(dict, 'Shading', copyShading(build, entry(build.source, source, 'Shading'), named));
    const state = entry(build.source, source, 'ExtGState');
    if (state) set(dict, 'ExtGState', copyState(build, state, around));
    return dict;
  });
  return { ref, picture: false };
}

/**
 * Copies content once for all pages, or, where it looked outside its own resources, once for each set of resources around it. The copy is known
 * before it is made: content that draws itself ends there.
 */
function drawnOnce(
  build: Build,
  source: PDFStream,
  around: Resources,
  make: (own: PDFDict | undefined) => { object: PDFObject; picture: boolean },
): Drawn {
  const copies = build.drawn.get(source) ?? new Map<PDFObject | undefined, Drawn>();
  build.drawn.set(source, copies);
  const own = dictOf(entry(build.source, source, 'Resources'));
  const shared = copies.get(undefined);
  if (shared) return shared;
  const key = own ? around.page : around.own;
  const known = copies.get(key);
  if (known) {
    build.borrowed++;
    return known;
  }
  const drawn: Drawn = { ref: build.target.nextRef(), picture: false };
  copies.set(key, drawn);
  const before = build.borrowed;
  const { object, picture } = make(own);
  build.target.assign(drawn.ref, object);
  drawn.picture = picture;
  if (build.borrowed === before) copies.set(undefined, drawn);
  return drawn;
}

/** Copies a transparency group's attributes (11.6.6). */
export function copyGroup(build: Build, value: PDFObject | undefined): PDFDict | undefined {
  if (!(value instanceof PDFDict)) return undefined;
  const dict = plainDict(build, value, 'group');
  set(
    dict,
    'CS',
    copyColorSpace(build, entry(build.source, value, 'CS'), () => undefined),
  );
  return dict;
}

/** Copies a graphics state parameter dictionary (8.4.5). Halftones and other marks of a press are left out. */
export function copyState(build: Build, source: PDFObject, around: Resources): PDFRef | undefined {
  if (!(source instanceof PDFDict)) return undefined;
  return once(build, source, () => {
    const dict = plainDict(build, source, 'state');
    for (const key of ['TR', 'TR2']) set(dict, key, copyFunction(build, entry(build.source, source, key)));
    const font = entry(build.source, source, 'Font');
    if (font instanceof PDFArray) {
      const [face, size] = itemsOf(build.source, font);
      const copy = PDFArray.withContext(build.target);
      copy.push(copyFont(build, face, around));
      copy.push(plain(build, size) ?? build.target.obj(1));
      dict.set(PDFName.of('Font'), copy);
    }
    const mask = entry(build.source, source, 'SMask');
    if (mask instanceof PDFName) set(dict, 'SMask', plain(build, mask));
    else if (mask instanceof PDFDict) set(dict, 'SMask', copySoftMask(build, mask, around));
    return dict;
  });
}

function copySoftMask(build: Build, source: PDFDict, around: Resources): PDFDict {
  const dict = plainDict(build, source, 'mask');
  set(dict, 'TR', copyFunction(build, entry(build.source, source, 'TR')));
  const group = entry(build.source, source, 'G');
  if (group instanceof PDFStream) dict.set(PDFName.of('G'), copyForm(build, group, around).ref);
  return dict;
}

/** Copies a shading (8.7.4.5); a mesh's data is decoded and deflated anew. */
export function copyShading(build: Build, value: PDFObject | undefined, named: Named): PDFRef | undefined {
  const source = resolve(build.source, value);
  if (!source || !dictOf(source)) return undefined;
  return once(build, source, () => {
    const dict = plainDict(build, source, 'shading');
    set(dict, 'ColorSpace', copyColorSpace(build, entry(build.source, source, 'ColorSpace'), named));
    set(dict, 'Function', copyFunction(build, entry(build.source, source, 'Function')));
    return source instanceof PDFDict ? dict : deflated(dict, openStream(build.source, source).data);
  });
}
