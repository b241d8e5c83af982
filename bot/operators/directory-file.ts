import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { linkNames } from '../../domain/directory.ts';

const code = z.string().regex(/^[A-Za-z0-9-]{2,20}$/, 'must be 2 to 20 letters, digits or hyphens');
const words = z.string().trim().min(1).max(200);
const day = z.iso.date();

const somebody = z.strictObject({
  name: words,
  email: z.email(),
  language: z.string().min(2).max(10).default('en'),
  zone: words.default('Europe/Brussels').refine(isZone, 'is no IANA time zone'),
});

/** An operator's directory file: what it may hold, and nothing else. */
const directoryFile = z.strictObject({
  countries: z.array(
    z.strictObject({
      code: z.string().regex(/^[A-Z]{2}$/),
      name: words,
      majority: z.int().min(14).max(25).default(18),
      authority: z.strictObject({ name: words, url: z.url() }).optional(),
    }),
  ),
  hcps: z.array(
    z.strictObject({
      code,
      name: words,
      city: words,
      country: z.string().regex(/^[A-Z]{2}$/),
      leads: z.array(somebody).default([]),
      deputies: z.array(somebody).default([]),
      'local-administrators': z.array(somebody).default([]),
    }),
  ),
  groups: z.array(
    z.strictObject({
      code,
      name: words,
      kind: z.enum(['disease', 'thematic']),
      roster: z.array(somebody.extend({ representative: z.boolean().default(false) })).default([]),
    }),
  ),
  coordinators: z.array(somebody).default([]),
  'data-protection-officers': z.array(somebody).default([]),
  links: z
    .partialRecord(
      z.enum(linkNames),
      z.strictObject({ url: z.url({ protocol: /^https?$|^mailto$/ }), source: words, checkedOn: day }),
    )
    .default({}),
});

export type DirectoryFile = z.infer<typeof directoryFile>;

/** A mistake of the file, with the line (1-based) that it stands on. */
export interface Mistake {
  readonly line: number;
  readonly message: string;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Reads a YAML 1.2 directory file. Gives its content, or every mistake with its line. */
export function readDirectoryYaml(text: string): DirectoryFile | readonly Mistake[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const lineOf = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line);
  if (document.errors.length > 0)
    return document.errors.map((error) => ({
      line: lineOf(error.pos[0]),
      message: error.message.split('\n')[0] ?? '',
    }));
  const parsed = directoryFile.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (parsed.success) return doubled(parsed.data, (path) => lineOf(nodeAt(document.contents, path)?.range?.[0]));
  return parsed.error.issues.map((issue) => ({
    line: lineOf(nodeAt(document.contents, issue.path)?.range?.[0]),
    message: `${issue.path.join('.')}: ${issue.message}`,
  }));
}

/** Codes that stand twice, HCPs of a country that the file does not list. */
function doubled(
  file: DirectoryFile,
  lineOf: (path: readonly PropertyKey[]) => number,
): DirectoryFile | readonly Mistake[] {
  const mistakes: Mistake[] = [];
  for (const list of ['countries', 'hcps', 'groups'] as const) {
    const seen = new Set<string>();
    file[list].forEach((entry, index) => {
      if (seen.has(entry.code))
        mistakes.push({ line: lineOf([list, index]), message: `${list}: ${entry.code} stands there twice` });
      seen.add(entry.code);
    });
  }
  const countries = new Set(file.countries.map((country) => country.code));
  file.hcps.forEach((hcp, index) => {
    if (!countries.has(hcp.country))
      mistakes.push({
        line: lineOf(['hcps', index, 'country']),
        message: `hcps: ${hcp.code} is in ${hcp.country}, which is not among the countries`,
      });
  });
  return mistakes.length > 0 ? mistakes : file;
}

/** The node at a path, or the nearest one above it that there is. */
function nodeAt(node: unknown, path: readonly PropertyKey[]): Node | undefined {
  const [head, ...rest] = path;
  const here = isMap(node) || isSeq(node) || isScalar(node) ? (node as Node) : undefined;
  if (head === undefined || !(isMap(node) || isSeq(node))) return here;
  const next = isMap(node)
    ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === head)?.value
    : node.items[Number(head)];
  return next === undefined ? here : (nodeAt(next, rest) ?? here);
}

/** The columns of the CSV form: one HCP, group, country, link or person a line. */
const columns = [
  'type',
  'code',
  'name',
  'city',
  'country',
  'email',
  'role',
  'kind',
  'url',
  'source',
  'checkedOn',
  'language',
  'zone',
] as const;

/**
 * Reads the CSV form (RFC 4180, a header line): `type` is country, hcp, group, link or person; a person's `role` is lead,
 * deputy, local-administrator (`code` is the HCP's), expert or patient-representative (`code` is the group's), coordinator or
 * data-protection-officer. Gives the content, or every mistake with its line.
 */
export function readDirectoryCsv(text: string): DirectoryFile | readonly Mistake[] {
  const [header, ...rows] = csvRows(text);
  const names = header?.cells.map((cell) => cell.trim()) ?? [];
  const unknown = names.filter((name) => !(columns as readonly string[]).includes(name));
  if (!names.includes('type') || unknown.length > 0)
    return [
      {
        line: 1,
        message:
          unknown.length > 0
            ? `unknown columns: ${unknown.join(', ')}`
            : 'the first line must name the columns, type among them',
      },
    ];
  const file = {
    countries: [] as unknown[],
    hcps: [] as Record<string, unknown>[],
    groups: [] as Record<string, unknown>[],
    coordinators: [] as unknown[],
    'data-protection-officers': [] as unknown[],
    links: {} as Record<string, unknown>,
  };
  const mistakes: Mistake[] = [];
  const lines = new Map<unknown, number>();
  const noted = <T>(entry: T, line: number): T => {
    lines.set(entry, line);
    return entry;
  };
  const people: { line: number; row: Record<string, string> }[] = [];
  for (const { line, cells } of rows) {
    const row = Object.fromEntries(
      names.map((name, index) => [name, cells[index]?.trim() ?? ''] as const).filter(([, value]) => value !== ''),
    );
    const { type, code: own = '', name = '' } = row;
    if (type === 'country') file.countries.push(noted({ code: own, name }, line));
    else if (type === 'hcp')
      file.hcps.push(
        noted(
          {
            code: own,
            name,
            city: row['city'],
            country: row['country'],
            leads: [],
            deputies: [],
            'local-administrators': [],
          },
          line,
        ),
      );
    else if (type === 'group') file.groups.push(noted({ code: own, name, kind: row['kind'], roster: [] }, line));
    else if (type === 'link')
      file.links[own] = noted({ url: row['url'], source: row['source'], checkedOn: row['checkedOn'] }, line);
    else if (type === 'person') people.push({ line, row });
    else mistakes.push({ line, message: `type '${type ?? ''}' is none of country, hcp, group, link, person` });
  }
  for (const { line, row } of people) {
    const entry = noted(
      {
        name: row['name'],
        email: row['email'],
        ...(row['language'] ? { language: row['language'] } : {}),
        ...(row['zone'] ? { zone: row['zone'] } : {}),
      },
      line,
    );
    const ofHcp = { lead: 'leads', deputy: 'deputies', 'local-administrator': 'local-administrators' }[
      row['role'] ?? ''
    ];
    const at = (list: readonly Record<string, unknown>[]) => list.find((item) => item['code'] === row['code']);
    const target = ofHcp
      ? at(file.hcps)?.[ofHcp]
      : row['role'] === 'expert' || row['role'] === 'patient-representative'
        ? at(file.groups)?.['roster']
        : row['role'] === 'coordinator'
          ? file.coordinators
          : row['role'] === 'data-protection-officer'
            ? file['data-protection-officers']
            : undefined;
    if (!Array.isArray(target))
      mistakes.push({
        line,
        message: `person: role '${row['role'] ?? ''}' with code '${row['code'] ?? ''}' fits no hcp or group of the file`,
      });
    else
      target.push(row['role'] === 'patient-representative' ? noted({ ...entry, representative: true }, line) : entry);
  }
  const parsed = directoryFile.safeParse(file);
  const lineOf = (path: readonly PropertyKey[]): number => {
    let node: unknown = file;
    let line = 1;
    for (const key of path) {
      node = (node as Record<PropertyKey, unknown> | undefined)?.[key];
      line = lines.get(node) ?? line;
    }
    return line;
  };
  if (!parsed.success)
    mistakes.push(
      ...parsed.error.issues.map((issue) => ({
        line: lineOf(issue.path),
        message: `${issue.path.join('.')}: ${issue.message}`,
      })),
    );
  if (mistakes.length > 0 || !parsed.success) return mistakes.toSorted((a, b) => a.line - b.line);
  return doubled(parsed.data, lineOf);
}

function csvRows(text: string): { readonly line: number; readonly cells: readonly string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let start = 1;
  const source = `${text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '')}\n`;
  for (let i = 0; i < source.length; i += 1) {
    const sign = source[i];
    if (sign === '\n') line += 1;
    if (quoted && sign === '"' && source[i + 1] === '"') {
      cell += '"';
      i += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (sign === ',' && !quoted) {
      cells.push(cell);
      cell = '';
    } else if (sign === '\n' && !quoted) {
      cells.push(cell);
      if (cells.some((value) => value.trim() !== '')) rows.push({ line: start, cells });
      cells = [];
      cell = '';
      start = line;
    } else cell += sign;
  }
  return rows;
}
