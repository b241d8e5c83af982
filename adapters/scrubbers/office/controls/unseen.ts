const HIDDEN = /(?:^|;)\s*(?:visibility\s*:\s*hidden|display\s*:\s*none)/i;
/** In points or dots: nothing is read in less; any number without its unit, and none in another one that is zero. */
const FLAT = /(?:^|;)\s*(?:width|height)\s*:\s*(?:[01]?(?:\.\d+)?|0\w*)(?:pt|px)?\s*(?:;|$)/i;

/** Whether a shape of VML (ECMA-376-4, 19.1.2.19: its style) is hidden, or so flat that nobody sees what is on it. */
export const isUnseenShape = (style: string): boolean => HIDDEN.test(style) || FLAT.test(style);
