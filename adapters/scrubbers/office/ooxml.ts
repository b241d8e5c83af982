import type { OfficeFormat } from '../../../domain/ports.ts';
import { Refusal } from '../refusal.ts';
import { sniff } from '../sniff.ts';
import { openPackage, type Package } from './opc.ts';
import { type Build, type Part, type Recipe, startBuild } from './rebuild.ts';
import type { Rebuilt } from './rebuilt.ts';
import { refreshCharts } from './sheet/chart-caches.ts';
import { workbookTexts } from './sheet/texts.ts';
import { workbookRecipe } from './sheet/workbook.ts';
import { presentationRecipe } from './slide/presentation.ts';
import { presentationTexts } from './slide/texts.ts';
import type { Piece } from './texts.ts';
import { dropUnread } from './unread.ts';
import { wordTexts } from './word/texts.ts';
import { wordRecipe } from './word/word.ts';
import { writePackage } from './write.ts';

interface Family {
  readonly format: OfficeFormat;
  readonly main: string;
  readonly recipe: (source: Package, main: string) => Recipe;
  readonly texts: (parts: readonly Part[]) => Piece[][];
  /** Brings what repeats a text up to date, before the parts are written. */
  readonly finish?: (parts: readonly Part[]) => void;
}

const FAMILIES: readonly (readonly [type: RegExp, family: Family])[] = [
  [
    /presentationml\.(?:presentation|slideshow|template)\.main\+xml$/,
    { format: 'pptx', main: 'presentation', recipe: presentationRecipe, texts: presentationTexts },
  ],
  [
    /spreadsheetml\.(?:sheet|template)\.main\+xml$/,
    { format: 'xlsx', main: 'workbook', recipe: workbookRecipe, texts: workbookTexts, finish: refreshCharts },
  ],
  [
    /wordprocessingml\.(?:document|template)\.main\+xml$/,
    { format: 'docx', main: 'document', recipe: wordRecipe, texts: wordTexts },
  ],
];

/**
 * Rebuilds an Office Open XML file (ECMA-376) from the files of its package. Refuses with 'macros', 'corrupt', 'dtd', 'too-large'.
 */
export function rebuildOoxml(file: Uint8Array, files: ReadonlyMap<string, Uint8Array>): Rebuilt {
  const source = openPackage(files);
  const main = source.relations('').find(({ type }) => type === 'officeDocument')?.target;
  const type = main === undefined ? undefined : source.type(main);
  if (main === undefined || type === undefined) throw new Refusal('corrupt');
  if (/macroEnabled/i.test(type) || source.names.some((name) => /(?:^|\/)vbaProject\.bin$|macrosheets\//i.test(name)))
    throw new Refusal('macros');
  const family = FAMILIES.find(([pattern]) => pattern.test(type))?.[1];
  if (!family) throw new Refusal('unknown-kind', { kind: sniff(file) });
  const isOf2007 = wasWrittenBy2007(source);
  const build = startBuild(source, family.recipe(source, main));
  build.add(family.main, main);
  countUnused(source, build);
  dropUnread(
    build.parts.map(({ tree }) => tree.root),
    family.texts(build.parts),
    build.count,
    family.finish ? REPEATED : undefined,
  );
  return {
    format: family.format,
    pictures: build.pictures,
    count: build.count,
    removed: build.removed,
    sections: () => family.texts(build.parts),
    write: (pictures) => {
      family.finish?.(build.parts);
      return writePackage(family.main, build.parts, pictures, isOf2007);
    },
  };
}

/** Whether Office 2007 says that it wrote the file. */
function wasWrittenBy2007(source: Package): boolean {
  const name = source.relations('').find(({ type }) => type === 'extended-properties')?.target;
  const said = Buffer.from((name && source.part(name)) || []).toString('utf8');
  return /<(?:\w+:)?Application>Microsoft/.test(said) && /<(?:\w+:)?AppVersion>12\.\d{4}</.test(said);
}

/** A chart of a workbook repeats its cells. */
const REPEATED = new Set(['c:strCache', 'c:numCache']);

/** Names of parts that go, and the kind under which they are counted. */
const GONE: readonly (readonly [name: RegExp, kind: string])[] = [
  [/^docProps\/thumbnail|\bthumbnail\b/i, 'thumbnail'],
  [/^docProps\/|docMetadata/i, 'metadata'],
  [/comment|\bpersons?\b|people|authors?\b/i, 'comment'],
  [/^customXml\//i, 'custom-data'],
  [/embeddings|activeX|oleObject|ctrlProps/i, 'embedded'],
  [/printerSettings/i, 'printer-setting'],
  [/glossary/i, 'building-block'],
  [/fonts\//i, 'embedded-font'],
  [/notesSlide|notesMaster|handoutMaster/i, 'notes-page'],
  [/_xmlsignatures/i, 'signature'],
  [/externalLinks|connections|queryTables/i, 'external-data'],
  [/pivot/i, 'pivot-data'],
  [/revisions\//i, 'tracked-change'],
];

/** Parts that the output has no part for, by what their names say; the names themselves are not told. */
function countUnused(source: Package, build: Build): void {
  for (const name of source.names) {
    if (name.endsWith('/') || name.endsWith('.rels') || name === '[Content_Types].xml') continue;
    const kind = GONE.find(([pattern]) => pattern.test(name))?.[1];
    if (kind) build.count(kind);
  }
}
