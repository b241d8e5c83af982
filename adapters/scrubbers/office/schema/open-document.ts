import { textual } from '../open-document/rules.ts';
import written from './opendocument.json' with { type: 'json' };
import { attributesOf, type Schema } from './schema.ts';

/** OpenDocument: the schema of version 1.2, elements that are drawn, written, calculated or styled. */
export const openDocumentSchema: Schema = {
  tables: new Map(Object.entries(written.elements).map(([name, attributes]) => [name, attributesOf(attributes)])),
  tokens: new Set(written.tokens.split(' ')),
  texts: textual,
};
