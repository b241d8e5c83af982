import { type PDFContext, PDFDict, PDFName, type PDFObject, PDFRawStream, type PDFRef, PDFStream } from 'pdf-lib';
import { deflated } from '../rebuild/build.ts';
import { readInlineImage } from '../rebuild/inline-image.ts';
import { lexer, type Token, writeName } from '../rebuild/lexer.ts';
import { firstKerning, numberOf, numberText, shownBytes, showsSomething } from '../rebuild/operands.ts';
import { dictOf, entry, itemsOf, keyOf, nameOf, openStream, type SourcePage } from '../rebuild/source.ts';
import { codesOf, isDrawn } from './codes.ts';
import { type Box, type Matrix, type ObjectKind, overlap, type PageObject } from './objects.ts';
import { along, type Thinned, thinText } from './thin.ts';

/** What is to be done to the objects of a page. */
export interface Operation {
  readonly dropped: ReadonlySet<PageObject>;
  /** Pictures that are drawn from another stream from now on. */
  readonly replaced: ReadonlyMap<PageObject, PDFRef>;
  /** Texts that lose some of their letters. */
  readonly thinned: ReadonlyMap<PageObject, Thinned>;
  /** What is painted over all else. */
  readonly over?: Over;
}

/** Content in the page's own space, and where it stands on the page as shown, in points. No text whose glyphs are drawings may stand there: they can show more than the letters that their codes say. */
export interface Over {
  readonly content: string;
  readonly boxes: readonly Box[];
}

const SHOW = new Set(['Tj', 'TJ', "'", '"']);
const POINTS: ReadonlyMap<string, number> = new Map([
  ['m', 1],
  ['l', 1],
  ['c', 3],
  ['v', 3],
  ['y', 3],
  ['re', 5],
]);
const CLOSES = new Set(['h', 's', 'b', 'b*']);
const ROUND = 1;
const PAINT = new Set(['b', 'B', 'b*', 'B*', 'f', 'F', 'f*', 'S', 's', 'n']);
const COLOUR = new Set(['sc', 'scn', 'SC', 'SCN', 'g', 'G', 'rg', 'RG', 'k', 'K', 'cs', 'CS']);
const MOVES = new Set(['Td', 'TD', 'Tm', 'T*', 'BT', 'ET', "'", '"']);

/**
 * Cuts objects out of a page's content and of the forms it draws; everything else stays as it was written. A form of which one drawing loses something is copied for that drawing
 * alone. Gives what the texts that were cut said, in their fonts' codes; undefined, with nothing changed, when the operators of a content stream (PDF 32000-1, 8.2) are not in step with the objects that PDFium read from it,
 * or when drawn glyphs stand where something is painted over.
 */
export function cutPage(
  context: PDFContext,
  page: SourcePage,
  objects: readonly PageObject[],
  operation: Operation,
): readonly Uint8Array[] | undefined {
  const walked = walkPage(context, page, objects, operation, undefined);
  if (!walked) return undefined;
  const { cut, said } = walked;
  const { over } = operation;
  const content =
    over === undefined ? cut.content : Buffer.concat([SAVE, cut.content, restore(cut.open), Buffer.from(over.content)]);
  page.dict.set(PDFName.of('Contents'), context.register(deflated(PDFDict.withContext(context), content)));
  page.dict.set(PDFName.of('Resources'), cut.resources);
  return said;
}

const SAVE = Buffer.from('q\n');
const restore = (open: number) => Buffer.from(`\n${'Q\n'.repeat(open + 1)}`);

/** The stream of each picture that a page draws, an inline one's without its data. Undefined where content and objects are not in step. */
export function pictureStreams(
  context: PDFContext,
  page: SourcePage,
  objects: readonly PageObject[],
): ReadonlyMap<PageObject, PDFRawStream> | undefined {
  const pictures = new Map<PageObject, PDFRawStream>();
  return walkPage(context, page, objects, NOTHING, pictures) && pictures;
}

const NOTHING: Operation = { dropped: new Set(), replaced: new Map(), thinned: new Map() };

function walkPage(
  context: PDFContext,
  page: SourcePage,
  objects: readonly PageObject[],
  operation: Operation,
  pictures: Map<PageObject, PDFRawStream> | undefined,
): { readonly cut: CutStream; readonly said: readonly Uint8Array[] } | undefined {
  const children = new Map<PageObject | undefined, PageObject[]>();
  for (const object of objects) {
    const list = children.get(object.parent);
    if (list) list.push(object);
    else children.set(object.parent, [object]);
  }
  const contents = entry(context, page.dict, 'Contents');
  const streams = contents instanceof PDFStream ? [contents] : itemsOf(context, contents);
  const data = Buffer.concat(streams.flatMap((stream) => [openStream(context, stream).data, Buffer.from('\n')]));
  const surgery: Surgery = { context, children, operation, said: [], pictures };
  const cut = cutStream(surgery, data, dictOf(page.inherited.get('Resources')), undefined);
  return cut && { cut, said: surgery.said };
}

interface Surgery {
  readonly context: PDFContext;
  readonly children: ReadonlyMap<PageObject | undefined, readonly PageObject[]>;
  readonly operation: Operation;
  readonly said: Uint8Array[];
  readonly pictures: Map<PageObject, PDFRawStream> | undefined;
}

interface CutStream {
  readonly content: Uint8Array;
  readonly resources: PDFDict;
  /** How many graphics states it leaves saved. */
  readonly open: number;
}

/** A font or a pattern that was chosen, and whether anything was painted with it since. */
interface Need {
  readonly kind: string;
  readonly name: string;
  met: boolean;
}

interface State {
  readonly size?: number;
  readonly font?: Need | undefined;
  readonly fill?: Need | undefined;
  readonly stroke?: Need | undefined;
  /** Lines end in half circles (8.4.3.3): a point alone is a dot then, once it is closed. */
  readonly round?: boolean;
}

interface Chunk {
  bytes: Uint8Array;
  readonly need: Need | undefined;
}

function meet(state: State): void {
  for (const need of [state.font, state.fill, state.stroke]) if (need) need.met = true;
}

/** Leaves out the resources that nothing kept asks for. */
function narrow(context: PDFContext, resources: PDFDict, kind: string, kept: readonly Chunk[]): void {
  const all = dictOf(entry(context, resources, kind));
  if (!all) return;
  const used = new Set(kept.map(({ need }) => (need?.kind === kind ? need.name : undefined)));
  const fewer = PDFDict.withContext(context);
  for (const [key, value] of all.entries()) if (used.has(keyOf(key))) fewer.set(key, value);
  resources.set(PDFName.of(kind), fewer);
}

function cutStream(
  surgery: Surgery,
  data: Uint8Array,
  own: PDFDict | undefined,
  parent: PageObject | undefined,
): CutStream | undefined {
  const { context, operation } = surgery;
  const objects = surgery.children.get(parent) ?? [];
  const resources = own ? own.clone(context) : PDFDict.withContext(context);
  const xObjects = dictOf(entry(context, resources, 'XObject'))?.clone(context) ?? PDFDict.withContext(context);
  resources.set(PDFName.of('XObject'), xObjects);
  const chunks: Chunk[] = [];
  const tokens = lexer(data);
  const saved: State[] = [];
  let state: State = {};
  let operands: Token[] = [];
  let start = 0;
  let count = 0;
  let points = 0;
  let moved = false;
  /** Where the texts that were just cut out on this line began, and what kerning stood before them. */
  let gap: { readonly from: readonly [number, number]; readonly kerning: number } | undefined;

  const nextObject = (kind: ObjectKind): PageObject | undefined => {
    const object = objects[count++];
    return object?.kind === kind ? object : undefined;
  };
  /** Where the last chunk ends in the data; what is kept behind it, and needs nothing, is a part of it. */
  let joined: { readonly from: number; readonly chunk: Chunk } | undefined;
  const keep = (need?: Need) => {
    const end = tokens.position();
    if (joined && !need && joined.from + joined.chunk.bytes.length === start && chunks.at(-1) === joined.chunk)
      joined.chunk.bytes = data.subarray(joined.from, end);
    else {
      const chunk = { bytes: data.subarray(start, end), need };
      chunks.push(chunk);
      joined = need ? undefined : { from: start, chunk };
    }
  };
  const write = (text: string, need?: Need) => chunks.push({ bytes: Buffer.from(text, 'latin1'), need });
  const redraw = (ref: PDFObject) => {
    let number = xObjects.keys().length + 1;
    while (xObjects.has(PDFName.of(`X${number}`))) number++;
    xObjects.set(PDFName.of(`X${number}`), ref);
    write(`\n/X${number} Do\n`, { kind: 'XObject', name: `X${number}`, met: true });
  };
  const needs = (kind: string, token: Token | undefined): Need | undefined =>
    token?.kind === 'name' ? { kind, name: token.name, met: false } : undefined;

  const isOver = ({ box }: PageObject) => operation.over?.boxes.some((over) => overlap(box, over)) ?? false;

  const show = (operator: string): boolean => {
    const last = operands.at(-1);
    if (!showsSomething(last)) {
      keep();
      return true;
    }
    const object = nextObject('text');
    if (!object || (isOver(object) && isDrawn(context, resources, state.font?.name))) return false;
    const nextLine = operator === "'" || operator === '"';
    if (operation.dropped.has(object)) {
      surgery.said.push(shownBytes(last));
      if (nextLine) moveToNextLine(operator);
      gap ??= { from: placeOf(object.matrix), kerning: firstKerning(last) };
      return true;
    }
    if (gap && !nextLine) {
      const far = along(object.matrix, gap.from, placeOf(object.matrix)) * 1000;
      const kerning = -far / (state.size || 1) - firstKerning(last) + gap.kerning;
      write(`\n[${kerning.toFixed(3)}] TJ`);
    }
    gap = undefined;
    meet(state);
    const thinned = operation.thinned.get(object);
    if (!thinned) {
      keep();
      return true;
    }
    const thin = thinText(last, codesOf(context, resources, state.font?.name), thinned, object.matrix, state.size ?? 0);
    if (!thin) return false;
    surgery.said.push(thin.said);
    if (nextLine) moveToNextLine(operator);
    write(`\n[${thin.items}] TJ\n`);
    if (thin.end) gap = { from: thin.end, kerning: 0 };
    return true;
  };

  const moveToNextLine = (operator: string) => {
    if (operator === '"') {
      const [word, character] = operands.slice(-3);
      write(`\n${numberText(word)} Tw ${numberText(character)} Tc`);
    }
    write('\nT*\n');
  };

  const paint = (operator: string): boolean => {
    const paints = operator !== 'n' && points > 1;
    points = 0;
    moved = false;
    if (!paints) {
      keep();
      return true;
    }
    const object = nextObject('path');
    if (!object) return false;
    if (operation.dropped.has(object)) {
      write('\nn\n');
      return true;
    }
    meet(state);
    keep();
    return true;
  };

  const drawn = (): boolean => {
    const name = operands.at(-1);
    const found = name?.kind === 'name' ? entry(context, xObjects, writeName(name.name).slice(1)) : undefined;
    const need = needs('XObject', name);
    if (need) need.met = true;
    const kind = nameOf(entry(context, found, 'Subtype')) === 'Form' ? 'form' : 'image';
    if (!(found instanceof PDFRawStream)) {
      keep(need);
      return true;
    }
    const object = nextObject(kind);
    if (!object) return false;
    if (kind === 'image') surgery.pictures?.set(object, found);
    if (operation.dropped.has(object)) return true;
    meet(state);
    const replacement = operation.replaced.get(object);
    if (replacement) redraw(replacement);
    else if (kind === 'form' && (surgery.pictures || touched(surgery, object))) {
      const form = cutStream(
        surgery,
        openStream(context, found).data,
        dictOf(entry(context, found, 'Resources')),
        object,
      );
      if (!form) return false;
      const dict = found.dict.clone(context);
      for (const key of ['Filter', 'DecodeParms', 'Length']) dict.delete(PDFName.of(key));
      dict.set(PDFName.of('Resources'), form.resources);
      redraw(context.register(deflated(dict, form.content)));
    } else keep(need);
    return true;
  };

  const inline = (): boolean => {
    const image = readInlineImage(data, tokens, (name) => name);
    const object = nextObject('image');
    if (!object) return false;
    if (image) surgery.pictures?.set(object, inlineStream(context, image.text));
    meet(state);
    const replacement = operation.replaced.get(object);
    if (replacement) redraw(replacement);
    else if (!operation.dropped.has(object)) keep();
    return true;
  };

  const capOf = (token: Token | undefined): Token | undefined => {
    const states = dictOf(entry(context, resources, 'ExtGState'));
    const cap =
      token?.kind === 'name' ? entry(context, entry(context, states, writeName(token.name).slice(1)), 'LC') : undefined;
    return cap ? { kind: 'number', text: String(cap) } : undefined;
  };

  for (let token = tokens.next(); token; token = tokens.next()) {
    if (token.kind !== 'word' || ['true', 'false', 'null'].includes(token.word)) {
      operands.push(token);
      continue;
    }
    const operator = token.word;
    if (MOVES.has(operator)) gap = undefined;
    if (CLOSES.has(operator) && moved && state.round) points++;
    if (SHOW.has(operator)) {
      if (!show(operator)) return undefined;
    } else if (PAINT.has(operator)) {
      if (!paint(operator)) return undefined;
    } else if (operator === 'Do') {
      if (!drawn()) return undefined;
    } else if (operator === 'BI') {
      if (!inline()) return undefined;
    } else if (operator === 'sh') {
      if (!nextObject('shading')) return undefined;
      keep();
    } else if (operator === 'Tf') {
      state = { ...state, font: needs('Font', operands.at(-2)), size: numberOf(operands.at(-1)) };
      keep(state.font);
    } else if (COLOUR.has(operator)) {
      const need = operator === 'cs' || operator === 'CS' ? undefined : needs('Pattern', operands.at(-1));
      state = /^[a-z]/.test(operator) ? { ...state, fill: need } : { ...state, stroke: need };
      keep(need);
    } else {
      if (operator === 'q') saved.push(state);
      if (operator === 'Q') state = saved.pop() ?? state;
      const cap = operator === 'J' ? operands.at(-1) : operator === 'gs' ? capOf(operands.at(-1)) : undefined;
      if (cap) state = { ...state, round: numberOf(cap) === ROUND };
      // One move after another counts once.
      if (operator !== 'm' || !moved) points += POINTS.get(operator) ?? 0;
      if (operator === 'h' || POINTS.has(operator)) moved = operator === 'm';
      keep();
    }
    operands = [];
    start = tokens.position();
  }
  if (count !== objects.length) return undefined;
  const kept = chunks.filter(({ need }) => !need || need.met);
  narrow(context, resources, 'Font', kept);
  narrow(context, resources, 'Pattern', kept);
  narrow(context, resources, 'XObject', kept);
  return { content: Buffer.concat(kept.map(({ bytes }) => bytes)), resources, open: saved.length };
}

/** What matters of an inline picture's dictionary for a look at its samples. */
function inlineStream(context: PDFContext, text: string): PDFRawStream {
  const filter = /\/(?:DCT|DCTDecode)\b/.test(text) ? { Filter: 'DCTDecode' } : {};
  return PDFRawStream.of(context.obj({ ImageMask: /\/IM true\b/.test(text), ...filter }), new Uint8Array(0));
}

/** Whether anything that a form paints, at any depth, is to be cut. */
function touched(surgery: Surgery, form: PageObject): boolean {
  const { dropped, replaced, thinned } = surgery.operation;
  return (surgery.children.get(form) ?? []).some(
    (object) =>
      dropped.has(object) ||
      replaced.has(object) ||
      thinned.has(object) ||
      (object.kind === 'form' && touched(surgery, object)),
  );
}

function placeOf([, , , , x, y]: Matrix): readonly [number, number] {
  return [x, y];
}
