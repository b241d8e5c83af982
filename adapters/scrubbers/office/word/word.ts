import type { Package } from '../opc.ts';
import type { Recipe, Step } from '../rebuild.ts';
import { ooxml } from '../schema/namespaces.ts';
import { child, type Element, element, elements, parseXml, rewrite, walk } from '../xml.ts';
import { showControls } from './controls.ts';
import { flattenFields } from './fields.ts';
import { dropHidden } from './hidden.ts';
import { acceptRevisions, withoutEmptyTables } from './revisions.ts';
import { wordRules } from './rules.ts';
import { styleName, stylesOf } from './styles.ts';
import { isSaid } from './texts.ts';

const ON = (one: Element | undefined) =>
  one !== undefined && !['0', 'false', 'off'].includes(one.attributes['w:val'] ?? '1');
/** What of the settings (17.15) has to do with what is seen. */
const SETTINGS = new Set(
  'evenAndOddHeaders mirrorMargins gutterAtTop bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps characterSpacingControl footnotePr endnotePr compat themeFontLang clrSchemeMapping displayBackgroundShape bookFoldPrinting bookFoldRevPrinting bookFoldPrintingSheets noLineBreaksAfter noLineBreaksBefore strictFirstAndLastChars decimalSymbol listSeparator'
    .split(' ')
    .map((name) => `w:${name}`),
);

/** How a Word document is rebuilt. Takes the package and the name of its main part. */
export function wordRecipe(source: Package, main: string): Recipe {
  const implied = (type: string): Element | undefined => {
    const target = source.relations(main).find((one) => one.type === type)?.target;
    const bytes = target === undefined ? undefined : source.part(target);
    return bytes && parseXml(bytes, ooxml, { count: 0 }).root;
  };
  const styles = stylesOf(implied('styles'));
  const isEven = ON(child(implied('settings'), 'w:evenAndOddHeaders'));
  /** Notes that a text refers to, and levels of lists that paragraphs have: others are not shown. */
  const notes = { footnote: new Set<string>(), endnote: new Set<string>() };
  const levels = new Set<string>();

  const story = (step: Step): void => {
    const { root, build } = step;
    const { count } = build;
    acceptRevisions(root, count);
    flattenFields(root, count);
    showControls(step);
    const isPainted = child(root, 'w:background');
    dropHidden(root, styles, isPainted?.attributes['w:color']?.toUpperCase(), count);
    withoutEmptyTables(root);
    let titled = false;
    walk(root, ({ name, attributes, children }) => {
      if (name === 'w:footnoteReference') notes.footnote.add(attributes['w:id'] ?? '');
      if (name === 'w:endnoteReference') notes.endnote.add(attributes['w:id'] ?? '');
      if (name === 'w:numPr') noteLevel({ name, attributes, children });
      if (name === 'w:titlePg') titled ||= ON({ name, attributes, children });
    });
    rewrite(root, (one) => {
      if (/^w:(?:header|footer)Reference$/.test(one.name)) {
        const type = one.attributes['w:type'];
        if ((type === 'first' && !titled) || (type === 'even' && !isEven)) {
          count('hidden-text');
          return [];
        }
      }
      if (one.name === 'w:sym') return [letterOf(one) ?? one];
      // Hidden in Word's web layout alone; LibreOffice prints it in a table of contents that is a field, and hides it elsewhere.
      if (one.name === 'w:webHidden') return [];
      return styleUse(one) ? [one] : [];
    });
  };

  const noteLevel = (properties: Element): void => {
    const id = child(properties, 'w:numId')?.attributes['w:val'];
    if (id !== undefined) levels.add(`${id} ${child(properties, 'w:ilvl')?.attributes['w:val'] ?? '0'}`);
  };

  /** Gives a style's use its new id; false where there is no such style. */
  const styleUse = (one: Element): boolean => {
    if (!/^w:(?:pStyle|rStyle|tblStyle|basedOn|next|link|numStyleLink|styleLink)$/.test(one.name)) return true;
    const id = styles.ids.get(one.attributes['w:val'] ?? '');
    if (id !== undefined) one.attributes['w:val'] = id;
    return id !== undefined;
  };

  const notesOf =
    (kind: 'footnote' | 'endnote') =>
    (step: Step): void => {
      const { root, build } = step;
      const before = root.children.length;
      root.children = elements(root).filter(
        ({ attributes }) =>
          !['normal', undefined].includes(attributes['w:type']) || notes[kind].has(attributes['w:id'] ?? ''),
      );
      if (root.children.length < before) build.count('hidden-text', before - root.children.length);
      story(step);
    };

  return {
    rules: () => wordRules,
    kinds: new Set([
      'styles',
      'settings',
      'numbering',
      'header',
      'footer',
      'footnotes',
      'endnotes',
      'theme',
      'chart',
      'chartUserShapes',
    ]),
    implied: { document: ['styles', 'settings', 'theme', 'footnotes', 'endnotes', 'numbering'] },
    steps: {
      document: story,
      header: story,
      footer: story,
      footnotes: notesOf('footnote'),
      endnotes: notesOf('endnote'),
      styles: ({ root }) => {
        for (const [index, style] of elements(root, 'w:style').entries()) {
          style.attributes['w:styleId'] = styles.ids.get(style.attributes['w:styleId'] ?? '') ?? `S${index + 1}`;
          const name = child(style, 'w:name');
          if (name) name.attributes['w:val'] = styleName(name.attributes['w:val'] ?? '', index + 1);
        }
        walk(root, (one) => {
          if (one.name === 'w:numPr') noteLevel(one);
        });
        rewrite(root, (one) => (styleUse(one) ? [one] : []));
      },
      settings: ({ root, build }) => {
        const kept = elements(root).filter(({ name }) => SETTINGS.has(name));
        build.count('setting', elements(root).length - kept.length);
        root.children = kept;
        const compatibility = child(root, 'w:compat');
        if (compatibility)
          compatibility.children = elements(compatibility).filter(
            ({ name, attributes }) => name !== 'w:compatSetting' || /^\d+$/.test(attributes['w:val'] ?? ''),
          );
      },
      numbering: (step) => numbering(step, levels, styleUse),
    },
  };
}

const SYMBOLS = /symbol|wingdings|webdings|dingbats|marlett/i;

/** A letter that is put in as a symbol of a plain font is a letter, to be read with those around it. */
function letterOf({ attributes }: Element): Element | undefined {
  const code = Number.parseInt(attributes['w:char'] ?? '', 16);
  if (
    SYMBOLS.test(attributes['w:font'] ?? '') ||
    !(code >= 0x20 && code <= 0xffff) ||
    (code >= 0xd800 && code < 0xe000)
  )
    return undefined;
  // Symbols stand in the private area, letters of a byte at its end (17.3.3.30).
  const letter = String.fromCharCode(code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code);
  return element('w:t', { 'xml:space': 'preserve' }, [letter]);
}

/** Labels of lists that no paragraph has are not shown; names of lists go. */
function numbering({ root, build }: Step, levels: ReadonlySet<string>, styleUse: (one: Element) => boolean): void {
  rewrite(root, (one) => (one.name === 'w:name' || !styleUse(one) ? [] : [one]));
  const used = new Map<string, Set<string>>();
  for (const num of elements(root, 'w:num')) {
    const abstract = child(num, 'w:abstractNumId')?.attributes['w:val'] ?? '';
    const id = num.attributes['w:numId'] ?? '';
    const set = used.get(abstract) ?? new Set();
    used.set(abstract, set);
    for (const level of levels) if (level.startsWith(`${id} `)) set.add(level.slice(id.length + 1));
  }
  const labels = (levelsOf: Element, isUsed: (level: string) => boolean) => {
    for (const level of elements(levelsOf, 'w:lvl')) {
      const text = child(level, 'w:lvlText');
      const label = text?.attributes['w:val'] ?? '';
      if (!text || !isSaid(label) || child(level, 'w:pStyle') || isUsed(level.attributes['w:ilvl'] ?? '')) continue;
      text.attributes['w:val'] = '';
      build.count('hidden-text');
    }
  };
  for (const abstract of elements(root, 'w:abstractNum'))
    labels(abstract, (level) => used.get(abstract.attributes['w:abstractNumId'] ?? '')?.has(level) ?? false);
  for (const num of elements(root, 'w:num'))
    for (const override of elements(num, 'w:lvlOverride'))
      labels(override, (level) => levels.has(`${num.attributes['w:numId']} ${level}`));
}
