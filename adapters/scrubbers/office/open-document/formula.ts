import { Refusal } from '../../refusal.ts';
import { type Element, elements, parseXml, textOf } from '../xml.ts';

const namespaces = { math: ['http://www.w3.org/1998/Math/MathML'] };
/** What a formula writes (MathML 3, 3.2); its annotations repeat it in the words of a program. */
const TOKENS = /^math:(?:mi|mn|mo|mtext|ms)$/;

/** The signs of an embedded formula in their order, or undefined where the part is none. */
export function formulaOf(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes || !Buffer.from(bytes.subarray(0, 2000)).includes('http://www.w3.org/1998/Math/MathML')) return undefined;
  let root: Element;
  try {
    ({ root } = parseXml(bytes, namespaces, { count: 0 }));
  } catch (error) {
    // Of a document that only mentions formulas the root is another's.
    if (error instanceof Refusal && error.code === 'corrupt') return undefined;
    throw error;
  }
  if (root.name !== 'math:math') return undefined;
  const signs: string[] = [];
  const visit = (one: Element): void => {
    if (one.name.startsWith('math:annotation')) return;
    if (TOKENS.test(one.name)) signs.push(textOf(one).trim());
    else for (const each of elements(one)) visit(each);
  };
  visit(root);
  return signs.filter((sign) => sign !== '').join(' ');
}
