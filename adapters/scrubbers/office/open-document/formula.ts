import { Refusal } from '../../refusal.ts';
import { type Element, elements, parseXml, textOf } from '../xml.ts';

const namespaces = { math: ['http://www.w3.org/1998/Math/MathML'] };
/** What a formula writes (MathML 3, 3.2). */
const TOKENS = /^math:(?:mi|mn|mo|mtext|ms)$/;
/** Other writings of the same in a program's words, what is left blank, and what shows on a press alone. */
const UNSEEN = /^math:(?:annotation|annotation-xml|mphantom|maction)$/;

/**
 * An embedded formula in a line of signs, 'm c^2' for m·c², or undefined where the part is none: a program that has no module for formulas shows nothing of the object itself.
 */
export function formulaOf(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes || !Buffer.from(bytes.subarray(0, 2000)).includes('http://www.w3.org/1998/Math/MathML')) return undefined;
  let root: Element;
  try {
    ({ root } = parseXml(withoutDoctype(bytes), namespaces, { count: 0 }));
  } catch (error) {
    // Of a document that only mentions formulas the root is another's.
    if (error instanceof Refusal && error.code === 'corrupt') return undefined;
    throw error;
  }
  return root.name === 'math:math' ? line(root).replace(/ {2,}/g, ' ').trim() : undefined;
}

/** The document type that OpenOffice.org wrote before a formula; one that declares something itself is none of it. */
const DOCTYPE = /<!DOCTYPE math:math PUBLIC "[^"<>[]{0,200}" "[^"<>[]{0,200}">/;

function withoutDoctype(bytes: Uint8Array): Uint8Array {
  const [written] = DOCTYPE.exec(Buffer.from(bytes.subarray(0, 2000)).toString('latin1')) ?? [];
  return written === undefined ? bytes : Buffer.from(Buffer.from(bytes).toString('utf8').replace(written, ''));
}

function line(one: Element): string {
  if (UNSEEN.test(one.name)) return '';
  if (TOKENS.test(one.name)) {
    const sign = textOf(one).trim();
    return one.name === 'math:mo' ? ` ${sign} ` : sign;
  }
  const parts = elements(one)
    .filter(({ name }) => !UNSEEN.test(name))
    .map((each) => line(each).trim());
  const [first = '', second = '', third = ''] = parts;
  switch (one.name) {
    case 'math:mfrac':
      return ` ${grouped(first)} / ${grouped(second)} `;
    case 'math:msup':
    case 'math:mover':
      return ` ${first}^${grouped(second)} `;
    case 'math:msub':
    case 'math:munder':
      return ` ${first}_${grouped(second)} `;
    case 'math:msubsup':
    case 'math:munderover':
      return ` ${first}_${grouped(second)}^${grouped(third)} `;
    case 'math:msqrt':
      return ` √(${row(parts)}) `;
    case 'math:mroot':
      return ` ${grouped(second)}√(${first}) `;
    case 'math:mfenced':
      return ` ${one.attributes['open'] ?? '('}${parts.join(', ')}${one.attributes['close'] ?? ')'} `;
    case 'math:mtable':
      return ` ${parts.join('; ')} `;
    case 'math:mtr':
    case 'math:mmultiscripts':
      return parts.join(' ');
    case 'math:mspace':
      return ' ';
    default:
      return row(parts);
  }
}

/** Letters that follow each other in a row are one word, however they are split; signs and words stand apart. */
const row = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .reduce((before, next) => (before === '' || isOneWord(before, next) ? before + next : `${before} ${next}`), '');

function isOneWord(before: string, next: string): boolean {
  if (!/[\p{Alpha}\p{N}]$/u.test(before) || !/^[\p{Alpha}\p{N}]+$/u.test(next)) return false;
  // 'Anna' and 'Berg' are two; 'A', 'nna' and 'B', 'E', 'R' are none.
  return !/^\p{Uppercase}/u.test(next) || !/\p{Ll}$/u.test(before);
}

const grouped = (part: string) => (/\s/.test(part.trim()) ? `(${part.trim()})` : part.trim());
