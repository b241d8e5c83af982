import { drawingRules, each, gone, joined } from '../drawing/rules.ts';
import type { Rules } from '../schema/schema.ts';
import * as values from '../schema/values.ts';
import { isStyleName } from './styles.ts';

const COMPATIBILITY =
  /^(?:compatibilityMode|overrideTableStyleFontSizeAndJustification|enableOpenTypeFeatures|doNotFlipMirrorIndents|differentiateMultirowTableHeaders|useWord2013TrackBottomHyphenation|allowHyphenationAtTrackBottom|allowSpaceOfSameStyleInTable)$/;
const styleId: values.Value = (value) => (/^S\d{1,5}$/.test(value) ? value : undefined);

/** What WordprocessingML (ECMA-376-1, 17) shows. */
export const wordRules: Rules = joined(drawingRules, {
  texts: { 'w:t': values.shown },
  strings: {
    ...each('w:rFonts@w:ascii w:rFonts@w:hAnsi w:rFonts@w:eastAsia w:rFonts@w:cs w:sym@w:font', values.font),
    ...each(
      'w:lang@w:val w:lang@w:eastAsia w:lang@w:bidi w:themeFontLang@w:val w:themeFontLang@w:eastAsia w:themeFontLang@w:bidi w:lid@w:val',
      values.language,
    ),
    ...each(
      'w:pStyle@w:val w:rStyle@w:val w:tblStyle@w:val w:basedOn@w:val w:next@w:val w:link@w:val w:numStyleLink@w:val w:styleLink@w:val w:style@w:styleId w:defaultTableStyle@w:val w:clickAndTypeStyle@w:val',
      styleId,
    ),
    'w:name@w:val': (value) => (isStyleName(value) ? value : undefined),
    'w:lvlText@w:val': values.shown,
    'w:fldSimple@w:instr': values.word('PAGE', 'NUMPAGES', 'SECTIONPAGES'),
    ...each('w:decimalSymbol@w:val w:listSeparator@w:val', values.sign),
    'w:compatSetting@w:name': (value) => (COMPATIBILITY.test(value) ? value : undefined),
    'w:compatSetting@w:uri': values.fixed('http://schemas.microsoft.com/office/word'),
    'w:compatSetting@w:val': values.integer,
    'w:sz@w:val': values.measure,
    ...each('w:ind@w:left w:ind@w:right w:tblW@w:w w:tcW@w:w', values.measure),
    ...Object.fromEntries(
      ['R', 'RPr', 'Del', 'P', 'Sect', 'Tr', 'RDefault'].map((kind) => [`*@w:rsid${kind}`, () => undefined]),
    ),
    ...each('*@w:date *@w:author *@w:initials', () => undefined),
  },
  gone: {
    ...gone('comment', 'w:commentRangeStart w:commentRangeEnd w:commentReference w:annotationRef'),
    ...gone(
      'bookmark',
      'w:bookmarkStart w:bookmarkEnd w:permStart w:permEnd w:moveFromRangeStart w:moveFromRangeEnd w:moveToRangeStart w:moveToRangeEnd',
    ),
    ...gone(
      'tracked-change',
      'w:customXmlInsRangeStart w:customXmlInsRangeEnd w:customXmlDelRangeStart w:customXmlDelRangeEnd w:customXmlMoveFromRangeStart w:customXmlMoveFromRangeEnd w:customXmlMoveToRangeStart w:customXmlMoveToRangeEnd w:rPrChange w:pPrChange w:sectPrChange w:tblPrChange w:tblPrExChange w:tblGridChange w:trPrChange w:tcPrChange w:numberingChange w:ins w:del w:moveFrom w:moveTo w:delText w:delInstrText w:rsids w:rsid',
    ),
    ...gone('custom-data', 'w:sdtPr w:sdtEndPr w:smartTagPr w:customXmlPr w:docVars w:attachedSchema w:schemaLibrary'),
    ...gone('embedded', 'w:altChunk w:subDoc w:control w:objectEmbed w:objectLink w:movie w:contentPart'),
    ...gone('field', 'w:fldChar w:instrText w:ffData w:fldData'),
    ...gone('spelling', 'w:proofErr w:noProof'),
    ...gone('printer-setting', 'w:printerSettings'),
    ...gone(
      'description',
      'w:tblCaption w:tblDescription w:aliases w:latentStyles w:nsid w:tmpl w:numPicBullet w:lvlPicBulletId w:divId',
    ),
  },
  unwrapped: new Set(['w:hyperlink', 'w:smartTag', 'w:customXml', 'w:sdt', 'w:sdtContent', 'w:ins', 'w:dir', 'w:bdo']),
  related: new Set(['w:headerReference', 'w:footerReference']),
});
