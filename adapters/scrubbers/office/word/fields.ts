import { child, type Element, element, elements, isElement, type Node } from '../xml.ts';

/** Fields that a program fills in when it lays out the pages: they stay, and say nothing else. */
const LAYOUT = new Set(['PAGE', 'NUMPAGES', 'SECTIONPAGES']);
/** Fields whose result is not shown, or is what the file says of itself and its author. */
const UNSHOWN = new Set(['XE', 'TC', 'TA', 'RD', 'SET', 'PRIVATE', 'DATA', 'ASK']);
const OF_THE_AUTHOR = new Set([
  'AUTHOR',
  'LASTSAVEDBY',
  'USERNAME',
  'USERINITIALS',
  'USERADDRESS',
  'FILENAME',
  'TEMPLATE',
  'COMMENTS',
  'KEYWORDS',
  'SUBJECT',
  'TITLE',
  'DOCPROPERTY',
  'DOCVARIABLE',
  'INFO',
]);

interface Field {
  code: string;
  isResult: boolean;
  readonly form: Element | undefined;
}

const typeOf = (code: string) =>
  code
    .trim()
    .split(/[\s\\]/)[0]
    ?.toUpperCase() ?? '';
const isShown = ({ code, isResult }: Field) => isResult && !isLost(typeOf(code)) && !LAYOUT.has(typeOf(code));
const isLost = (type: string) => UNSHOWN.has(type) || OF_THE_AUTHOR.has(type);

/**
 * Leaves of fields (ECMA-376-1, 17.16) what is seen of them: their result as plain text. Page numbers stay fields; boxes and lists of a form become the character or the entry that they show; results that repeat
 * the file's own properties go. A field may begin in one paragraph and end in another.
 */
export function flattenFields(story: Element, count: (kind: string) => void): void {
  const open: Field[] = [];
  const shown = () => open.every(isShown);

  const inRun = (run: Element): Node[] => {
    const out: Node[] = [];
    const properties = elements(run, 'w:rPr');
    let kept: Node[] = [];
    const flush = () => {
      if (kept.some(isElement)) out.push(element('w:r', run.attributes, [...properties, ...kept]));
      kept = [];
    };
    for (const node of run.children) {
      if (!isElement(node) || node.name === 'w:rPr') continue;
      const field = open.at(-1);
      if (node.name === 'w:instrText') {
        if (field && !field.isResult) field.code += node.children.filter((one) => typeof one === 'string').join('');
      } else if (node.name === 'w:fldChar') {
        const step = node.attributes['w:fldCharType'];
        if (step === 'begin') {
          open.push({ code: '', isResult: false, form: child(node, 'w:ffData') });
          count('field');
        } else if (step === 'separate' && field) field.isResult = true;
        else if (step === 'end' && field) {
          open.pop();
          if (shown()) {
            flush();
            out.push(...stands(field, properties));
          }
        }
      } else if (shown()) kept.push(node);
    }
    flush();
    return out;
  };

  const inside = (parent: Element): void => {
    parent.children = parent.children.flatMap((node): readonly Node[] => {
      if (!isElement(node)) return [node];
      if (node.name === 'w:r') {
        // Drawings within a run hold stories of their own, which end with them.
        for (const one of elements(node)) if (one.name !== 'w:rPr') inside(one);
        return inRun(node);
      }
      if (node.name === 'w:fldSimple') return simple(node);
      inside(node);
      return [node];
    });
  };

  const simple = (field: Element): readonly Node[] => {
    const type = typeOf(field.attributes['w:instr'] ?? '');
    const properties = elements(elements(field, 'w:r')[0] ?? element('none'), 'w:rPr');
    if (!shown() || isLost(type)) {
      count('field');
      return [];
    }
    if (LAYOUT.has(type)) return [layout(type, properties)];
    count('field');
    inside(field);
    return field.children;
  };

  inside(story);
}

/** What stands in the place of a field that is not its result. */
function stands({ code, form }: Field, properties: readonly Element[]): readonly Node[] {
  const type = typeOf(code);
  if (LAYOUT.has(type)) return [layout(type, properties)];
  const text =
    type === 'FORMCHECKBOX'
      ? checkBox(form)
      : type === 'FORMDROPDOWN'
        ? dropDown(form)
        : type === 'MACROBUTTON'
          ? pressed(code)
          : '';
  return text === '' ? [] : [runOf(text, properties)];
}

/** A button shows the words behind its macro's name (17.16.5.34): '[Click here]'. */
const pressed = (code: string): string => /^\s*\S+\s+\S+\s+(.*\S)/s.exec(code)?.[1] ?? '';

const runOf = (text: string, properties: readonly Element[]) =>
  element('w:r', {}, [...properties, element('w:t', { 'xml:space': 'preserve' }, [text])]);

const layout = (type: string, properties: readonly Element[]) =>
  element('w:fldSimple', { 'w:instr': type }, [runOf('1', properties)]);

function checkBox(form: Element | undefined): string {
  const box = child(form, 'w:checkBox');
  const state = child(box, 'w:checked') ?? child(box, 'w:default');
  return state && !['0', 'false', 'off'].includes(state.attributes['w:val'] ?? '1') ? '☒' : '☐';
}

function dropDown(form: Element | undefined): string {
  const list = child(form, 'w:ddList');
  const chosen = child(list, 'w:result') ?? child(list, 'w:default');
  const entries = list ? elements(list, 'w:listEntry') : [];
  return entries[Number(chosen?.attributes['w:val'] ?? 0)]?.attributes['w:val'] ?? '';
}
