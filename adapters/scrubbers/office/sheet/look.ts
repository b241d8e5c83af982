import { child, type Element, elements } from '../xml.ts';

/** How the cells of one format look, as far as it hides them. */
export interface CellLook {
  /** Letters in the colour of an empty cell, with nothing behind them, or too small to read. */
  readonly isUnseen: boolean;
  /** The sections of its number format: positive, negative, zero, text (18.8.31). */
  readonly sections: readonly string[];
}

/** Reads the formats of a workbook's cells: by their number. */
export function looksOf(styles: Element | undefined): (format: number) => CellLook {
  const list = (name: string, each: string) => {
    const parent = child(styles, name);
    return parent ? elements(parent, each) : [];
  };
  const fonts = list('x:fonts', 'x:font').map(isUnseenFont);
  const fills = list('x:fills', 'x:fill').map(isPainted);
  const codes = new Map(
    list('x:numFmts', 'x:numFmt').map((one) => [one.attributes['numFmtId'] ?? '', one.attributes['formatCode'] ?? '']),
  );
  const looks = list('x:cellXfs', 'x:xf').map(({ attributes }): CellLook => {
    const font = fonts[Number(attributes['fontId'] ?? 0)];
    const painted = fills[Number(attributes['fillId'] ?? 0)] ?? false;
    const code = codes.get(attributes['numFmtId'] ?? '');
    return {
      isUnseen: font === 'tiny' || (font === 'white' && !painted),
      sections: code === undefined ? ['General'] : sectionsOf(code),
    };
  });
  const plain: CellLook = { isUnseen: false, sections: ['General'] };
  return (format) => looks[format] ?? plain;
}

/** Whether letters of a font are white, or smaller than two points. */
export function isUnseenFont(font: Element): 'white' | 'tiny' | undefined {
  const size = child(font, 'x:sz')?.attributes['val'];
  if (size !== undefined && Number(size) < 2) return 'tiny';
  const { rgb, theme, indexed, tint } = child(font, 'x:color')?.attributes ?? {};
  const isWhite =
    /^(?:[0-9a-f]{2})?f[6-9a-f]f[6-9a-f]f[6-9a-f]$/i.test(rgb ?? '') ||
    (theme === '0' && !(Number(tint) < 0)) ||
    indexed === '9' ||
    indexed === '1';
  return isWhite ? 'white' : undefined;
}

const isPainted = (fill: Element) => {
  const pattern = child(fill, 'x:patternFill');
  return pattern === undefined || !['none', undefined].includes(pattern.attributes['patternType']);
};

/** A format's sections; a semicolon within quotes or behind a backslash is none of their ends. */
function sectionsOf(code: string): string[] {
  return code
    .replace(/"[^"]*"|\\./g, (one) => one.replaceAll(';', ' '))
    .split(';')
    .map((one) => one.trim());
}

/** Whether a format shows nothing of a value. */
export function hides({ sections }: CellLook, value: string, isText: boolean): boolean {
  // Where it does not name the text, it shows words of its own in its place.
  if (isText) return sections.length >= 4 && !/@|general/i.test((sections[3] ?? '').replace(/"[^"]*"|\\./g, ''));
  if (sections.length < 2) return false;
  const number = Number(value);
  if (number < 0) return sections[1] === '';
  return sections[number === 0 && sections.length > 2 ? 2 : 0] === '';
}
