import { drawingRules, each, gone, joined } from '../drawing/rules.ts';
import type { Rules } from '../schema/schema.ts';
import * as values from '../schema/values.ts';
import { plainFormula } from './formulas.ts';

const ERROR = /^#(?:NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|GETTING_DATA|SPILL!|CALC!)$/;

/** A cell's value: a number, a date, an error; strings stand within their cells. */
const value: values.Value = (given) =>
  values.decimal(given) !== undefined || ERROR.test(given) || /^[\d:.TZ+-]{1,35}$/.test(given) ? given : undefined;

/** What SpreadsheetML (ECMA-376-1, 18) shows: cells with their values and looks, headers and footers, drawings. */
export const sheetRules: Rules = joined(drawingRules, {
  texts: {
    'x:t': values.shown,
    'x:v': value,
    'x:f': plainFormula,
    'x:formula': plainFormula,
    'x:definedName': values.shown,
    ...each('x:oddHeader x:oddFooter x:evenHeader x:evenFooter x:firstHeader x:firstFooter', values.shown),
  },
  strings: {
    'x:sheet@name': values.shown,
    'x:definedName@name': values.word('_xlnm.Print_Area', '_xlnm.Print_Titles'),
    ...each('x:name@val x:rFont@val', values.font),
    'x:numFmt@formatCode': values.numberFormat(true),
    'x:cellStyle@name': (name) => (/^(?:Normal|Style \d{1,5})$/.test(name) ? name : undefined),
    'x:cfvo@val': values.decimal,
    ...each('x:sz@val x:col@width', values.measure),
  },
  gone: {
    ...gone('formula', 'x:calcPr x:externalReferences x:functionGroups'),
    ...gone(
      'setting',
      'x:fileVersion x:fileSharing x:workbookProtection x:sheetProtection x:bookViews x:customWorkbookViews x:customSheetViews x:protectedRanges x:webPublishing x:fileRecoveryPr x:webPublishObjects x:webPublishItems x:ignoredErrors x:cellWatches x:selection x:pivotSelection x:dimension x:oleSize x:volTypes',
    ),
    ...gone(
      'validation',
      'x:dataValidations x:autoFilter x:sortState x:scenarios x:dataConsolidate x:tableParts x:tableStyles x:pivotCaches x:smartTagPr x:smartTagTypes x:smartTags x:customProperties x:singleXmlCells',
    ),
    ...gone('link', 'x:hyperlinks'),
    ...gone('comment', 'x:legacyDrawing x:legacyDrawingHF'),
    ...gone('embedded', 'x:oleObjects x:controls x:picture'),
    ...gone('phonetic', 'x:rPh x:phoneticPr'),
  },
  unwrapped: new Set(),
  related: new Set(['x:drawing', 'x:sheet']),
});
