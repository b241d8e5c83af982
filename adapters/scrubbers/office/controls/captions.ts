import { Refusal } from '../../refusal.ts';
import type { Build } from '../rebuild.ts';
import { type Element, elements } from '../xml.ts';
import { isCompound, streamOf } from './compound.ts';
import { type Control, controlOf } from './forms.ts';
import { CHECKED, OFF, ON, UNCHECKED, UNKNOWN } from './signs.ts';

type Face = 'button' | 'label' | 'field' | 'check' | 'choice';
/** Controls of Microsoft Forms by their classes. */
const FACES: Readonly<Record<string, Face>> = {
  'D7053240-CE69-11CD-A777-00DD01143C57': 'button',
  '8BD21D60-EC42-11CE-9E0D-00AA006002F3': 'button',
  '978C9E23-D4B0-11CE-BF2D-00AA003F40D0': 'label',
  '8BD21D10-EC42-11CE-9E0D-00AA006002F3': 'field',
  '8BD21D20-EC42-11CE-9E0D-00AA006002F3': 'field',
  '8BD21D30-EC42-11CE-9E0D-00AA006002F3': 'field',
  '8BD21D40-EC42-11CE-9E0D-00AA006002F3': 'check',
  '8BD21D50-EC42-11CE-9E0D-00AA006002F3': 'choice',
};
const STORED: Readonly<Record<string, 'button' | 'label'>> = {
  'D7053240-CE69-11CD-A777-00DD01143C57': 'button',
  '978C9E23-D4B0-11CE-BF2D-00AA003F40D0': 'label',
};
/** Before the control itself stands its class, where it has no storage of its own. */
const CLASS_BYTES = 16;
/** A control takes some hundred bytes. */
const LARGEST = 1_000_000;

/**
 * The lines that an ActiveX control shows on a page ([MS-OE376] 2.1, [MS-OFORMS] 2): its label or its value. Takes the control's part. Gives none for a control that is not known, is damaged, shows a picture, holds a
 * password, or whose letters nobody sees.
 */
export function captionOf(build: Build, part: string | undefined): string[] {
  const root = part === undefined ? undefined : rootOf(build, part);
  const name = /^\{([\dA-F-]{36})\}$/i.exec(root?.attributes['ax:classid'] ?? '')?.[1]?.toUpperCase() ?? '';
  const face = FACES[name];
  if (!root || part === undefined || face === undefined) return [];
  const control =
    root.attributes['ax:persistence'] === 'persistPropertyBag'
      ? inBag(elements(root, 'ax:ocxPr').map(({ attributes }) => attributes))
      : inBytes(build, part, root.attributes['r:id'], STORED[name] ?? 'morph');
  return control === undefined || control.password || isUnseen(control, face) ? [] : linesOf(control, face);
}

/** The root of a control's part; undefined for one that cannot be read, of which nothing stays. */
function rootOf(build: Build, part: string): Element | undefined {
  try {
    return build.read(part)?.root;
  } catch (error) {
    if (error instanceof Refusal && ['corrupt', 'dtd'].includes(error.code)) return undefined;
    throw error;
  }
}

function inBytes(
  build: Build,
  part: string,
  id: string | undefined,
  kind: 'button' | 'label' | 'morph',
): Control | undefined {
  const target = build.source.relations(part).find((one) => one.id === id)?.target;
  const bytes = target === undefined ? undefined : build.source.part(target);
  if (bytes === undefined || bytes.length > LARGEST) return undefined;
  const data = isCompound(bytes) ? streamOf(bytes, 'contents') : Buffer.from(bytes.subarray(CLASS_BYTES));
  return data && controlOf(data, kind);
}

/** The properties by their names ([MS-OFORMS] 2.5); a picture among them is drawn in a way of its own. */
function inBag(properties: readonly Readonly<Record<string, string>>[]): Control | undefined {
  const said = new Map(properties.map((one) => [one['ax:name'] ?? '', one['ax:value'] ?? '']));
  if (said.has('Picture')) return undefined;
  const number = (key: keyof Control, name: string) => {
    const value = Number(said.get(name) ?? Number.NaN);
    return Number.isInteger(value) ? { [key]: value >>> 0 } : {};
  };
  const text = (key: keyof Control, name: string) => (said.has(name) ? { [key]: said.get(name) } : {});
  return {
    ...text('caption', 'Caption'),
    ...text('value', 'Value'),
    ...number('fore', 'ForeColor'),
    ...number('back', 'BackColor'),
    ...number('flags', 'VariousPropertyBits'),
    ...number('height', 'FontHeight'),
    ...(said.has('PasswordChar') ? { password: 1 } : {}),
  };
}

function linesOf({ caption = '', value = '' }: Control, face: Face): string[] {
  const state = { '0': UNCHECKED, '1': CHECKED }[value] ?? UNKNOWN;
  const words =
    face === 'field'
      ? value
      : face === 'check'
        ? `${state} ${caption}`
        : face === 'choice'
          ? `${value === '1' ? ON : OFF} ${caption}`
          : caption;
  return words
    .split(/\r\n|[\r\n\v]/)
    .map((line) => line.replace(/\p{C}/gu, ''))
    .filter((line) => line.trim() !== '');
}

const OPAQUE = 8;
/** In twips: two points. */
const TINY = 40;
/** So little apart, in each of the three colours, letters are not read. */
const APART = 16;
const [WHITE, GREY, BLACK] = [0xffffff, 0xf0f0f0, 0];
/** The system's colours, by their numbers: those of windows and of buttons. */
const SYSTEM: Readonly<Record<number, number>> = { 0x05: WHITE, 0x08: BLACK, 0x0f: GREY, 0x12: BLACK, 0x14: WHITE };

/** Whether letters have the colour of what is behind them, or are tiny; behind what is transparent there is white paper. */
function isUnseen({ fore = BLACK, back, flags = OPAQUE, height }: Control, face: Face): boolean {
  if (height !== undefined && height < TINY) return true;
  const behind = (flags & OPAQUE) === 0 ? WHITE : (back ?? (face === 'field' ? WHITE : GREY));
  const [letters, paper] = [plain(fore), plain(behind)];
  if (letters === undefined || paper === undefined) return true;
  return [0, 8, 16].every((shift) => Math.abs(((letters >> shift) & 0xff) - ((paper >> shift) & 0xff)) < APART);
}

/** A colour as its three bytes; undefined for one that depends on the system. */
const plain = (colour: number): number | undefined => (colour > 0x7fffffff ? SYSTEM[colour & 0xff] : colour & 0xffffff);
