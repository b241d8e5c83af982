import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHeader,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFStreamWriter,
} from 'pdf-lib';
import type { PagePicture } from '../redaction/page-picture.ts';
import { type Build, name, newBuild, set } from './build.ts';
import { copyGroup } from './drawings.ts';
import { drawingOf } from './resources.ts';
import { dictOf, entry, itemsOf, numberOf, resolve, type SourcePage } from './source.ts';

export interface Rebuilt {
  readonly file: Uint8Array;
  /** The objects of that file. */
  readonly context: PDFContext;
  /** Pages (1-based) on which pictures stand. */
  readonly pictures: readonly number[];
}

/** Gives the picture that stands for a page (counted from 0), or undefined where its content is to be copied. */
export type PictureFor = (page: number) => Promise<PagePicture> | undefined;

/**
 * Writes a new document from allow-listed parts of `source` (PDF 32000-1, 7.7.3): a catalogue with a page tree and nothing else, pages with boxes, rotation, unit,
 * transparency group, resources and content. No information dictionary, no identifier, no date: the same input gives the same bytes.
 * `removed` is told what content streams and pictures lost.
 */
export async function rebuild(
  source: PDFContext,
  pages: readonly (SourcePage | undefined)[],
  pictureFor: PictureFor,
  removed: Build['removed'],
): Promise<Rebuilt> {
  const build = newBuild(source, removed);
  const { target } = build;
  target.header = PDFHeader.forVersion(1, 7);
  const tree = PDFDict.withContext(target);
  const treeRef = target.register(tree);
  const kids = PDFArray.withContext(target);
  const pictures: number[] = [];
  for (const [index, page] of pages.entries()) {
    const picture = await pictureFor(index);
    const copy = picture ? picturePage(target, picture) : page ? copyPage(build, page) : undefined;
    if (!copy) throw new Error('a page is neither copied nor drawn');
    copy.dict.set(PDFName.of('Parent'), treeRef);
    kids.push(target.register(copy.dict));
    if (copy.pictures) pictures.push(index + 1);
  }
  set(tree, 'Type', PDFName.of('Pages'));
  set(tree, 'Kids', kids);
  set(tree, 'Count', PDFNumber.of(pages.length));
  target.trailerInfo = { Root: target.register(target.obj({ Type: 'Catalog', Pages: treeRef })) };
  sweep(target);
  const file = await PDFStreamWriter.forContext(target, Number.POSITIVE_INFINITY).serializeToBuffer();
  return { file, context: target, pictures };
}

/**
 * Writes a document that `rebuild` wrote, as it was parsed again, with `pictures` (from 0) as pictures: its other pages were cleaned when they were written, and stay as they are. Changes the objects of `context`.
 * Gives undefined for a page tree that no rebuild writes; the objects are unchanged then.
 */
export async function withPictures(
  context: PDFContext,
  pictures: ReadonlySet<number>,
  pictureOf: (page: number) => Promise<PagePicture>,
): Promise<Uint8Array | undefined> {
  const root = context.trailerInfo.Root;
  const treeRef = dictOf(resolve(context, root))?.get(name('Pages'));
  const kids = entry(context, resolve(context, treeRef), 'Kids');
  const isFlat =
    kids instanceof PDFArray &&
    [...pictures].every((page) => page < kids.size()) &&
    kids.asArray().every((kid) => !entry(context, resolve(context, kid), 'Kids'));
  if (!root || !treeRef || !isFlat) return undefined;
  for (const page of pictures) {
    const { dict } = picturePage(context, await pictureOf(page));
    dict.set(PDFName.of('Parent'), treeRef);
    kids.set(page, context.register(dict));
  }
  context.header = PDFHeader.forVersion(1, 7);
  context.trailerInfo = { Root: root };
  sweep(context);
  return PDFStreamWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
}

function copyPage(build: Build, page: SourcePage): { dict: PDFDict; pictures: boolean } {
  const { source, target } = build;
  const dict = target.obj({ Type: 'Page' });
  const media = box(build, page.inherited.get('MediaBox')) ?? target.obj([0, 0, 612, 792]);
  set(dict, 'MediaBox', media);
  set(dict, 'CropBox', box(build, page.inherited.get('CropBox')));
  const rotate = numberOf(page.inherited.get('Rotate')) ?? 0;
  if (rotate % 90 === 0 && rotate % 360 !== 0) set(dict, 'Rotate', PDFNumber.of(rotate));
  const unit = numberOf(entry(source, page.dict, 'UserUnit'));
  if (unit !== undefined && unit > 0) set(dict, 'UserUnit', PDFNumber.of(unit));
  set(dict, 'Group', copyGroup(build, entry(source, page.dict, 'Group')));
  const resources = dictOf(page.inherited.get('Resources')) ?? PDFDict.withContext(source);
  const drawing = drawingOf(build, resources, { own: resources, page: resources });
  const contents = entry(source, page.dict, 'Contents');
  const streams = contents instanceof PDFStream ? [contents] : itemsOf(source, contents);
  const content = drawing.content(streams, PDFDict.withContext(target));
  dict.set(name('Contents'), target.register(content));
  dict.set(name('Resources'), drawing.resources());
  return { dict, pictures: drawing.pictures() };
}

/** Four finite numbers, or nothing. */
function box(build: Build, value: PDFObject | undefined): PDFArray | undefined {
  const numbers = itemsOf(build.source, value).map(numberOf);
  if (numbers.length < 4 || numbers.slice(0, 4).some((number) => number === undefined || !Number.isFinite(number)))
    return undefined;
  return build.target.obj(numbers.slice(0, 4));
}

function picturePage(target: PDFContext, picture: PagePicture): { dict: PDFDict; pictures: boolean } {
  const { width, height } = picture.points;
  const image = PDFRawStream.of(
    target.obj({
      Type: 'XObject',
      Subtype: 'Image',
      Width: picture.width,
      Height: picture.height,
      ColorSpace: picture.components === 1 ? 'DeviceGray' : 'DeviceRGB',
      BitsPerComponent: 8,
      Filter: picture.filter,
    }),
    picture.data,
  );
  const content = target.stream(`q\n${width} 0 0 ${height} 0 0 cm\n/X1 Do\nQ\n`);
  const dict = target.obj({
    Type: 'Page',
    MediaBox: [0, 0, width, height],
    Contents: target.register(content),
    Resources: { XObject: { X1: target.register(image) } },
  });
  return { dict, pictures: true };
}

/** Everything that can be reached from an object, by default the catalogue. */
export function reachable(context: PDFContext, from = context.trailerInfo.Root): Set<PDFObject> {
  const seen = new Set<PDFObject>();
  const open: PDFObject[] = from ? [from] : [];
  while (open.length > 0) {
    const next = open.pop() as PDFObject;
    if (seen.has(next)) continue;
    seen.add(next);
    if (next instanceof PDFRef) {
      const found = resolve(context, next);
      if (found) open.push(found);
    } else if (next instanceof PDFArray) open.push(...next.asArray());
    else for (const value of dictOf(next)?.values() ?? []) open.push(value);
  }
  return seen;
}

/** Takes away what the copying made and then did not use. */
function sweep(context: PDFContext): void {
  const used = reachable(context);
  for (const [ref] of context.enumerateIndirectObjects()) if (!used.has(ref)) context.delete(ref);
}
