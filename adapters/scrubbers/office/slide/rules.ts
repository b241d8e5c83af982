import { drawingRules, each, gone, joined } from '../drawing/rules.ts';
import type { Rules } from '../schema/schema.ts';
import * as values from '../schema/values.ts';

/** What PresentationML (ECMA-376-1, 19) shows: slides with their layouts and masters. */
export const slideRules: Rules = joined(drawingRules, {
  texts: {},
  strings: {
    ...each('p:sldSz@type', values.measure),
    'p:oleObj@progId': () => undefined,
  },
  gone: {
    ...gone('animation', 'p:transition p:timing'),
    ...gone('custom-data', 'p:custDataLst p:custShowLst p:smartTags p:photoAlbum p:tags'),
    ...gone('setting', 'p:modifyVerifier p:kinsoku p:embeddedFontLst p:writeProtection'),
    ...gone('notes-page', 'p:notesMasterIdLst p:handoutMasterIdLst'),
    ...gone('embedded', 'p:controls p:embed p:link'),
  },
  unwrapped: new Set(),
  related: new Set(['p:sldId', 'p:sldMasterId', 'p:sldLayoutId']),
});
