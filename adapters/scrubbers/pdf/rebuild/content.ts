import { byteWriter } from './bytes.ts';
import { readInlineImage } from './inline-image.ts';
import { lexer, type Token, writeName, writeString } from './lexer.ts';
import { numberOf, shownBytes } from './operands.ts';

export type ResourceKind = 'Font' | 'XObject' | 'ExtGState' | 'ColorSpace' | 'Pattern' | 'Shading';

/** What a content stream may ask of the resources around it. */
export interface ContentScope {
  /** Copies the resource and gives its new name; undefined when it is missing or not to be seen. */
  resource(kind: ResourceKind, name: string): string | undefined;
  /** True when the property list of this name is a layer that is switched off. */
  hides(name: string): boolean;
  /** Tells that something was taken out; `text` is what it said. */
  readonly removed: (kind: string, count: number, text?: Uint8Array) => void;
  /** Tells that a picture stands here. */
  picture(): void;
}

/** Operators with what they take: n number, s string, f dash or show array. Everything else is handled by name or dropped. */
const OPERANDS: ReadonlyMap<string, string> = new Map(
  [
    ['', 'b B b* B* f F f* S s n W W* h q Q BT ET T*'],
    ['n', 'w J j M i g G Tc Tw Tz TL Tr Ts'],
    ['nn', 'm l Td TD d0'],
    ['nnn', 'rg RG'],
    ['nnnn', 'v y re k K'],
    ['nnnnnn', 'c cm Tm d1'],
    ['an', 'd'],
    ['s', "Tj '"],
    ['a', 'TJ'],
    ['nns', '"'],
  ].flatMap(([operands, operators]) =>
    (operators ?? '').split(' ').map((operator) => [operator, operands ?? ''] as const),
  ),
);
const PATH = new Set(['m', 'l', 'c', 'v', 'y', 're', 'h']);
const PAINT = new Set(['b', 'B', 'b*', 'B*', 'f', 'F', 'f*', 'S', 's', 'n']);
const SHOW = new Set(['Tj', 'TJ', "'", '"']);
const INTENTS = new Set(['AbsoluteColorimetric', 'RelativeColorimetric', 'Saturation', 'Perceptual']);
const DEVICE = new Set(['DeviceGray', 'DeviceRGB', 'DeviceCMYK', 'Pattern', 'G', 'RGB', 'CMYK']);
const VALUES = new Set(['true', 'false', 'null']);
const INVISIBLE = 3;

/**
 * Takes a decoded content stream and writes it anew, operator by operator (PDF 32000-1, 7.8.2 and annex A). Only known operators with operands of the
 * right type pass; comments, all marked-content operators with their property lists, the painting inside switched-off layers (8.11.3), text
 * in rendering mode 3 (9.3.6) and paths that are never painted do not. Every resource gets the name that `scope` gives it. Where dropped text
 * would have moved what follows it on its line, the caller sees that by comparing pictures.
 */
export function cleanContent(data: Uint8Array, scope: ContentScope): Uint8Array {
  const out = byteWriter(data.length);
  const tokens = lexer(data);
  const operands: Token[] = [];
  const marks: boolean[] = [];
  const modes: number[] = [];
  let mode = 0;
  let hidden = 0;
  let path: { readonly start: number; clips: boolean; mixed: boolean } | undefined;

  // A clip may be asked for before its path begins.
  let clipping = false;

  const emit = (operator: string, signature: string) => {
    const taken = Math.min(operands.length, signature.length);
    let text = '';
    for (let left = taken; left > 0; left--)
      text += `${writeOperand(operands[operands.length - left], signature[signature.length - left] as string)} `;
    out.text(`${text}${operator}\n`);
  };

  const paint = (operator: string) => {
    const shows = hidden === 0 && operator !== 'n';
    if (hidden > 0 && operator !== 'n') scope.removed('hidden-content', 1);
    if (shows || path === undefined || path.clips || path.mixed) emit(shows ? operator : 'n', '');
    else out.cut(path.start);
    path = undefined;
    clipping = false;
  };

  const show = (operator: string) => {
    if (hidden === 0 && mode !== INVISIBLE) return emit(operator, OPERANDS.get(operator) ?? '');
    scope.removed(hidden > 0 ? 'hidden-content' : 'invisible-text', 1, shownBytes(operands.at(-1)));
    // These two also move to the next line, and one sets the spacing.
    if (operator === '"') {
      const [word, character] = operands.slice(-3);
      out.text(`${writeOperand(word, 'n')} Tw ${writeOperand(character, 'n')} Tc\n`);
    }
    if (operator !== 'Tj' && operator !== 'TJ') out.text('T*\n');
  };

  const plain = (operator: string, signature: string) => {
    if (operator === 'q') modes.push(mode);
    else if (operator === 'Q') mode = modes.pop() ?? mode;
    else if (operator === 'Tr') mode = Math.trunc(numberOf(operands.at(-1)));
    if (PATH.has(operator)) path ??= { start: out.length(), clips: clipping, mixed: false };
    else if (operator === 'W' || operator === 'W*') {
      clipping = true;
      if (path) path.clips = true;
    } else if (path) path.mixed = true;
    emit(operator, signature);
  };

  const begin = (operator: string) => {
    const list = operands.at(-1);
    const tag = operands.at(-2);
    let off = false;
    if (operator === 'BDC' && list?.kind === 'name' && tag?.kind === 'name' && tag.name === 'OC')
      off = scope.hides(list.name);
    if (off) hidden++;
    marks.push(off);
    reportMark(list, scope);
  };

  for (let token = tokens.next(); token; token = tokens.next()) {
    if (token.kind !== 'word' || VALUES.has(token.word)) {
      operands.push(token);
      // Readers keep the last few operands; a longer list is only there to fill memory.
      if (operands.length > 64) operands.shift();
      continue;
    }
    const operator = token.word;
    const signature = OPERANDS.get(operator);
    if (PAINT.has(operator)) paint(operator);
    else if (SHOW.has(operator)) show(operator);
    else if (signature !== undefined) plain(operator, signature);
    else if (operator === 'BMC' || operator === 'BDC') begin(operator);
    else if (operator === 'EMC') {
      if (marks.pop()) hidden--;
    } else if (operator === 'MP' || operator === 'DP') reportMark(operands.at(-1), scope);
    else if (operator === 'BI') {
      const image = readInlineImage(data, tokens, (name) => scope.resource('ColorSpace', name));
      if (image && hidden === 0) {
        if (path) path.mixed = true;
        scope.picture();
        scope.removed('picture-metadata', image.dropped);
        out.text(image.text);
        out.bytes(image.data);
        out.text('\nEI\n');
      } else if (image) scope.removed('hidden-content', 1);
    } else {
      const text = named(operator, operands, scope, hidden > 0);
      if (text !== undefined) {
        if (path) path.mixed = true;
        out.text(text);
      }
    }
    operands.length = 0;
  }
  scope.removed('comment', tokens.comments());
  return out.done();
}

/** Operators whose last operand names a resource. */
function named(operator: string, operands: readonly Token[], scope: ContentScope, hidden: boolean): string | undefined {
  const last = operands.at(-1);
  const nameAt = operator === 'Tf' ? operands.at(-2) : last;
  const name = nameAt?.kind === 'name' ? nameAt.name : undefined;
  if (operator === 'sc' || operator === 'SC' || operator === 'scn' || operator === 'SCN') {
    const numbers = operands.filter((token) => token.kind === 'number').map((token) => writeOperand(token, 'n'));
    if (name === undefined) return `${[...numbers, operator].join(' ')}\n`;
    const pattern = scope.resource('Pattern', name);
    return pattern && `${[...numbers, writeName(pattern), operator].join(' ')}\n`;
  }
  if (name === undefined) return undefined;
  switch (operator) {
    case 'Tf': {
      const font = scope.resource('Font', name);
      return font && `${writeName(font)} ${writeOperand(last, 'n')} Tf\n`;
    }
    case 'ri':
      return INTENTS.has(name) ? `/${name} ri\n` : undefined;
    case 'cs':
    case 'CS': {
      const space = DEVICE.has(name) ? name : scope.resource('ColorSpace', name);
      return space && `${writeName(space)} ${operator}\n`;
    }
    case 'gs': {
      const state = scope.resource('ExtGState', name);
      return state && `${writeName(state)} gs\n`;
    }
    case 'Do':
    case 'sh': {
      if (hidden) scope.removed('hidden-content', 1);
      const drawn = hidden ? undefined : scope.resource(operator === 'Do' ? 'XObject' : 'Shading', name);
      return drawn && `${writeName(drawn)} ${operator}\n`;
    }
    default:
      return undefined;
  }
}

function writeOperand(token: Token | undefined, type: string): string {
  if (type === 'n') return token?.kind === 'number' ? numberText(token.text) : '0';
  if (type === 's') return token?.kind === 'string' ? writeString(token.bytes) : '()';
  if (token?.kind !== 'array') return '[]';
  const items = token.items.flatMap((item) => {
    if (item.kind === 'number') return [numberText(item.text)];
    return item.kind === 'string' ? [writeString(item.bytes)] : [];
  });
  return `[${items.join(' ')}]`;
}

/** Digits that no picture needs could carry a message. */
function numberText(text: string): string {
  if (text.length <= 20) return text;
  const value = Number.parseFloat(text);
  return Number.isFinite(value) ? value.toFixed(8) : '0';
}

function reportMark(list: Token | undefined, scope: ContentScope): void {
  scope.removed('marked-content', 1);
  if (list?.kind !== 'dict') return;
  for (const value of list.entries.values())
    if (value.kind === 'string') scope.removed('marked-content', 0, value.bytes);
}
