import { Refusal } from '../../refusal.ts';
import type { Package } from '../opc.ts';
import type { Build, Recipe, Step } from '../rebuild.ts';
import { ooxml } from '../schema/namespaces.ts';
import { child, type Element, element, elements, parseXml, rewrite, textOf, walk } from '../xml.ts';
import { type Book, prepareCells } from './cells.ts';
import { type Controls, controlsOf, showControls } from './controls.ts';
import { plainFormula } from './formulas.ts';
import { cleanHeader } from './header-footer.ts';
import { looksOf } from './look.ts';
import { sheetRules } from './rules.ts';

const ON = (value: string | undefined) => value === '1' || value === 'true';
/** Rules of conditional formatting that numbers say, or a formula of numbers and cells. */
const NUMERIC = new Set([
  'colorScale',
  'dataBar',
  'iconSet',
  'cellIs',
  'top10',
  'aboveAverage',
  'duplicateValues',
  'uniqueValues',
  'expression',
]);

/** How an Excel workbook is rebuilt. Takes the package and the name of its main part. */
export function workbookRecipe(source: Package, main: string): Recipe {
  const implied = (type: string): Element | undefined => {
    const target = source.relations(main).find((one) => one.type === type)?.target;
    const bytes = target === undefined ? undefined : source.part(target);
    return bytes && parseXml(bytes, ooxml, { count: 0 }).root;
  };
  const strings = implied('sharedStrings');
  const book: Book = {
    strings: strings ? elements(strings, 'x:si') : [],
    look: looksOf(implied('styles')),
    used: new Set(['0']),
  };
  const names = new Set<string>();
  /** By the names of the drawings on which they stand. */
  const controls = new Map<string, Controls>();

  return {
    rules: () => sheetRules,
    kinds: new Set(['worksheet', 'chartsheet', 'styles', 'theme', 'drawing', 'chart', 'chartUserShapes']),
    aliases: { styles: 'cellStyles' },
    implied: { workbook: ['theme', 'styles'] },
    steps: {
      workbook: ({ root, build, target }) => {
        const sheets = child(root, 'x:sheets');
        if (!sheets) throw new Refusal('corrupt');
        const before = elements(sheets, 'x:sheet');
        sheets.children = before.filter(({ attributes }) => {
          const isSheet = /^(?:worksheet|chartsheet)$/.test(target(attributes['r:id'])?.type ?? '');
          const isSeen = isSheet && (attributes['state'] ?? 'visible') === 'visible';
          if (isSeen) names.add(attributes['name'] ?? '');
          else build.count('hidden-sheet');
          return isSeen;
        });
        if (sheets.children.length === 0) throw new Refusal('corrupt');
        printed(root, before, elements(sheets), build);
        const properties = child(root, 'x:workbookPr');
        // Of its settings the first day of all dates alone is seen.
        if (properties) properties.attributes = ON(properties.attributes['date1904']) ? { date1904: '1' } : {};
      },
      worksheet: (step) => {
        const drawing = step.target(child(step.root, 'x:drawing')?.attributes['r:id'])?.target;
        if (drawing !== undefined) controls.set(drawing, controlsOf(step, book));
        prepareCells(step, book);
        conditions(step);
        headers(step.root, step.build);
        for (const name of ['x:pageSetup', 'x:sheetPr']) {
          const one = child(step.root, name);
          if (one) delete one.attributes['r:id'];
        }
      },
      drawing: (step) => showControls(step, controls.get(step.name)),
      chartsheet: ({ root, build }) => headers(root, build),
      cellStyles: ({ root, build }) => cellStyles(root, build, book.used),
      chart: ({ root, build }) => ownSheets(root, build, names),
    },
  };
}

/** Of the names that a workbook defines, areas and titles for printing stay, where their sheets do. */
function printed(root: Element, before: readonly Element[], sheets: readonly Element[], build: Build): void {
  const all = child(root, 'x:definedNames');
  if (!all) return;
  const defined = elements(all, 'x:definedName');
  all.children = defined.filter((one) => {
    one.children = [textOf(one)];
    const sheet = before[Number(one.attributes['localSheetId'] ?? -1)];
    const index = sheet ? sheets.indexOf(sheet) : -1;
    const isOwn = textOf(one)
      .split(/,(?=')|,(?=[^']*!)/)
      .every((area) => sheet && sheetOf(area) === sheet.attributes['name']);
    if (index < 0 || !isOwn || !/^_xlnm\.Print_(?:Area|Titles)$/.test(one.attributes['name'] ?? '')) return false;
    one.attributes = { name: one.attributes['name'] ?? '', localSheetId: String(index) };
    return true;
  });
  build.count('defined-name', defined.length - all.children.length);
  if (all.children.length === 0) root.children = root.children.filter((node) => node !== all);
}

/** The sheet of a reference to cells, rows or columns; undefined for any other formula. */
function sheetOf(reference: string): string | undefined {
  const found = /^(?:'((?:[^']|'')*)'|([^'!]*))!(\$?[A-Z]{0,3}\$?\d{0,7}(?::\$?[A-Z]{0,3}\$?\d{0,7})?)$/.exec(
    reference.trim(),
  );
  return found?.[1]?.replaceAll("''", "'") ?? found?.[2];
}

/** A rule that says more than short numbers and cells goes: its formula may quote anything. */
function conditions({ root, build }: Step): void {
  rewrite(root, (one) => {
    if (one.name === 'x:cfRule') {
      const texts = elements(one, 'x:formula').map(textOf);
      const limits = ['x:colorScale', 'x:dataBar', 'x:iconSet'].flatMap((name) =>
        elements(child(one, name) ?? element('none'), 'x:cfvo'),
      );
      const isNumeric =
        texts.every((text) => text !== '' && plainFormula(text) !== undefined) &&
        limits.every(({ attributes }) => Number.isFinite(Number(attributes['val'] ?? 0)));
      if (!NUMERIC.has(one.attributes['type'] ?? '') || !isNumeric) {
        build.count('validation');
        return [];
      }
    }
    return one.name === 'x:conditionalFormatting' && !child(one, 'x:cfRule') ? [] : [one];
  });
}

/** Headers of first and even pages are shown where the sheet says that it has them. */
function headers(root: Element, build: Build): void {
  const all = child(root, 'x:headerFooter');
  if (!all) return;
  const { differentFirst, differentOddEven } = all.attributes;
  all.children = elements(all).filter(({ name }) => {
    const isShown = name.startsWith('x:first')
      ? ON(differentFirst)
      : name.startsWith('x:even')
        ? ON(differentOddEven)
        : true;
    if (!isShown) build.count('hidden-text');
    return isShown;
  });
  for (const one of elements(all)) build.count('field', cleanHeader(one));
}

/** Names of cells' styles go, and formats of numbers that no cell has. */
function cellStyles(root: Element, build: Build, used: ReadonlySet<string>): void {
  for (const [index, style] of elements(child(root, 'x:cellStyles') ?? element('none'), 'x:cellStyle').entries())
    style.attributes['name'] = style.attributes['builtinId'] === '0' ? 'Normal' : `Style ${index + 1}`;
  const formats = new Set<string>();
  for (const [index, { attributes }] of elements(child(root, 'x:cellXfs') ?? element('none'), 'x:xf').entries())
    if (used.has(String(index))) formats.add(attributes['numFmtId'] ?? '0');
  const own = child(root, 'x:numFmts');
  if (!own) return;
  const kept = elements(own, 'x:numFmt').filter(({ attributes }) => formats.has(attributes['numFmtId'] ?? ''));
  build.count('hidden-text', elements(own).length - kept.length);
  own.children = kept;
  const left = new Set(kept.map(({ attributes }) => attributes['numFmtId']));
  walk(root, ({ name, attributes }) => {
    if (name === 'x:xf' && Number(attributes['numFmtId'] ?? 0) >= 164 && !left.has(attributes['numFmtId']))
      attributes['numFmtId'] = '0';
    // A code there has to be; an empty one is written as the general one.
    if (name === 'x:numFmt') attributes['formatCode'] ??= '';
    if (name === 'x:numFmts') attributes['count'] = String(kept.length);
  });
  if (kept.length === 0) root.children = root.children.filter((node) => node !== own);
}

/** A chart shows cells of sheets that are there; a name of another is not told. */
function ownSheets(root: Element, build: Build, names: ReadonlySet<string>): void {
  walk(root, (one) => {
    if (one.name !== 'c:f') return;
    const name = sheetOf(textOf(one));
    if (name !== undefined && names.has(name)) return;
    build.count('hidden-text');
    one.children = ['#REF!$A$1'];
  });
}
