import { PDFDict, PDFName, type PDFObject, PDFRawStream, PDFStream } from 'pdf-lib';
import { type Build, deflated, name, set } from './build.ts';
import { copyColorSpace } from './colors.ts';
import { cleanContent, type ResourceKind } from './content.ts';
import { copyPattern, copyShading, copyState, copyXObject } from './drawings.ts';
import { copyFont } from './fonts.ts';
import { entry, openStream } from './source.ts';

/** Where names are looked up: a content stream's own resources, else those of its page. */
export interface Resources {
  readonly own: PDFDict | undefined;
  readonly page: PDFDict | undefined;
}

/** A new resource dictionary that grows with what content streams ask for: what nothing uses is never copied. */
export interface Drawing {
  /** The stream's content, cleaned, as a stream with `dict`; an array of streams is taken as one (PDF 32000-1, 7.8.2). */
  content(streams: PDFObject | readonly PDFObject[], dict: PDFDict): PDFRawStream;
  resources(): PDFDict;
  pictures(): boolean;
}

const PREFIX: Readonly<Record<ResourceKind, string>> = {
  Font: 'F',
  XObject: 'X',
  ExtGState: 'G',
  ColorSpace: 'C',
  Pattern: 'P',
  Shading: 'S',
};
const DEFAULTS = ['DefaultGray', 'DefaultRGB', 'DefaultCMYK'];

/** Gives a drawing whose names are looked up in `own`, and where that is missing or lacks them, in what is around it. */
export function drawingOf(build: Build, own: PDFDict | undefined, around: Resources): Drawing {
  const here: Resources = { own: own ?? around.own, page: around.page };
  if (!own) build.borrowed++;
  const target = PDFDict.withContext(build.target);
  const given = new Map<string, string | undefined>();
  let pictures = false;

  const find = (kind: string, key: string): PDFObject | undefined => {
    const found = entry(build.source, entry(build.source, here.own, kind), writeKey(key));
    if (found || here.own === here.page) return found;
    build.borrowed++;
    return entry(build.source, entry(build.source, here.page, kind), writeKey(key));
  };
  const colorSpace = (key: string) => find('ColorSpace', key);

  const category = (kind: string) => {
    const known = target.get(PDFName.of(kind));
    if (known instanceof PDFDict) return known;
    const made = PDFDict.withContext(build.target);
    target.set(PDFName.of(kind), made);
    return made;
  };

  const copy = (kind: ResourceKind, found: PDFObject | undefined): PDFObject | undefined => {
    if (kind === 'Font') return copyFont(build, found, here);
    if (!found) return undefined;
    if (kind === 'ExtGState') return copyState(build, found, here);
    if (kind === 'ColorSpace') return copyColorSpace(build, found, colorSpace);
    if (kind === 'Shading') return copyShading(build, found, colorSpace);
    const drawn =
      kind === 'Pattern' ? copyPattern(build, found, here, colorSpace) : copyXObject(build, found, here, colorSpace);
    if (drawn?.picture) pictures = true;
    return drawn?.ref;
  };

  const resource = (kind: ResourceKind, key: string): string | undefined => {
    const id = `${kind}/${key}`;
    if (given.has(id)) return given.get(id);
    const copied = copy(kind, find(kind, key));
    const fresh = copied && `${PREFIX[kind]}${category(kind).keys().length + 1}`;
    if (copied && fresh) category(kind).set(PDFName.of(fresh), copied);
    given.set(id, fresh);
    return fresh;
  };

  // These three act without being named (8.6.5.6).
  for (const key of DEFAULTS) {
    const found = entry(build.source, entry(build.source, here.own, 'ColorSpace'), key);
    if (found)
      set(
        category('ColorSpace'),
        key,
        copyColorSpace(build, found, () => undefined),
      );
  }

  return {
    content: (streams, dict) => {
      const list: readonly PDFObject[] = Array.isArray(streams) ? streams : [streams as PDFObject];
      const parts = list.flatMap((stream) =>
        stream instanceof PDFStream ? [openStream(build.source, stream).data, Buffer.from('\n')] : [],
      );
      const clean = cleanContent(Buffer.concat(parts), {
        resource,
        hides: (key) => build.hidden(find('Properties', key)),
        removed: build.removed,
        picture: () => {
          pictures = true;
        },
      });
      return deflated(dict, clean);
    },
    resources: () => target,
    pictures: () => pictures,
  };
}

function writeKey(key: string): string {
  return name(key).asString().slice(1);
}
