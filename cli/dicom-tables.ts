// Makes the tables that the scrubber of DICOM files stands on: node cli/dicom-tables.ts TABLE-E.1-1.json [TABLE-E.3.10-1.json]
// The first argument is 'confidentiality_profile_attributes.json' of innolitics/dicom-standard (MIT), made from PS3.15; the data dictionary is that of dcmjs (MIT), made from PS3.6. The second is 'e3_10_1.json' as pymedphys (Apache-2.0) has
// made it from PS3.15 of 2026d; its rows were held against those of 2020b and 2021, and their VRs against the private dictionary of pydicom (MIT).
import { readFileSync, writeFileSync } from 'node:fs';
import { data } from 'dcmjs';
import { z } from 'zod';

const folder = new URL('../adapters/scrubbers/dicom/standard/', import.meta.url);
const [path, safePath] = process.argv.slice(2);
if (!path) throw new Error('usage: node cli/dicom-tables.ts TABLE-E.1-1.json [TABLE-E.3.10-1.json]');

const action = z.enum(['K', 'C']).optional();
const row = z.object({
  id: z.string(),
  name: z.string(),
  basicProfile: z.enum(['X', 'Z', 'D', 'U', 'X/Z', 'X/D', 'Z/D', 'X/Z/D', 'X/Z/U*']),
  rtnUIDsOpt: action,
  rtnDevIdOpt: action,
  rtnInstIdOpt: action,
  rtnPatCharsOpt: action,
  rtnLongFullDatesOpt: action,
  rtnLongModifDatesOpt: action,
  cleanDescOpt: action,
  cleanStructContOpt: action,
  cleanGraphOpt: action,
});
const options = {
  rtnUIDsOpt: 'retain-uids',
  rtnDevIdOpt: 'retain-device-identity',
  rtnInstIdOpt: 'retain-institution-identity',
  rtnPatCharsOpt: 'retain-patient-characteristics',
  rtnLongModifDatesOpt: 'retain-modified-dates',
  rtnLongFullDatesOpt: 'retain-full-dates',
  cleanDescOpt: 'clean-descriptors',
  cleanStructContOpt: 'clean-structured-content',
  cleanGraphOpt: 'clean-graphics',
} as const;

const rows = z.array(row).parse(JSON.parse(readFileSync(path, 'utf8')));
const profile = rows
  // Private elements have a rule of their own.
  .filter(({ id }) => id.length === 8)
  .map((one) => {
    const own = Object.entries(options).flatMap(([column, option]) => {
      const what = one[column as keyof typeof options];
      return what ? [[option, what] as const] : [];
    });
    return {
      tag: one.id,
      name: one.name,
      basic: one.basicProfile,
      ...(own.length > 0 ? { options: Object.fromEntries(own) } : {}),
    };
  })
  .sort((one, other) => (one.tag < other.tag ? -1 : 1));

const entry = z.object({ tag: z.string().regex(/^\([0-9A-F]{4},[0-9A-F]{4}\)$/), vr: z.string(), name: z.string() });
/** Of an element that may have several, the one that holds any of them. */
const either: Readonly<Record<string, string>> = { ox: 'OW', xs: 'US', lt: 'OW', up: 'UL' };
const words = new Set(['LO', 'SH', 'ST', 'LT', 'UT', 'UC', 'PN']);
const tags = new Map<string, string>();
const labels: Record<string, string> = {};
for (const one of Object.values(data.DicomMetaDictionary.nameMap)) {
  const { tag, vr, name } = entry.parse(one);
  const number = tag.slice(1, 5) + tag.slice(6, 10);
  const group = Number.parseInt(number.slice(0, 4), 16);
  if (group <= 2 || group % 2 === 1 || vr === 'na' || /^(?:50|60|FFFE|0004)/.test(number)) continue;
  const own = either[vr] ?? vr;
  tags.set(number.toLowerCase(), own);
  if (words.has(own)) labels[number.toLowerCase()] = name.replace(/^RETIRED_/, '').replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}
// The table is newer than the dictionary at times, and names elements by what they are.
const named: readonly (readonly [RegExp, string])[] = [
  [/UID$/, 'UI'],
  [/Sequence$/, 'SQ'],
  [/DateTime$/, 'DT'],
  [/Date of|Date$/, 'DA'],
  [/Time$/, 'TM'],
  [/./, 'LO'],
];
for (const { tag, name } of profile)
  if (!tags.has(tag) && /^[0-9a-f]{8}$/.test(tag))
    tags.set(tag, named.find(([shape]) => shape.test(name))?.[1] ?? 'LO');

const byVr: Record<string, string> = {};
for (const [tag, vr] of [...tags].sort(([one], [other]) => (one < other ? -1 : 1)))
  byVr[vr] = byVr[vr] === undefined ? tag : `${byVr[vr]} ${tag}`;

const write = (name: string, value: unknown) =>
  writeFileSync(new URL(name, folder), `${JSON.stringify(value, null, 2)}\n`);
write('profile.json', profile);
write('dictionary.json', { tags: byVr, labels });

const safeRow = z.object({
  tag: z.string().regex(/^\([0-9A-F]{3}[13579BDF],xx[0-9A-F]{2}\)$/i),
  private_creator: z.string(),
  vr: z.string(),
  meaning: z.string(),
});
if (safePath) {
  const { rows: safe } = z.object({ rows: z.array(safeRow) }).parse(JSON.parse(readFileSync(safePath, 'utf8')));
  const blocks = new Map<string, { creator: string; group: string; elements: Record<string, string> }>();
  for (const { tag, private_creator: creator, vr, meaning } of safe) {
    const group = tag.slice(1, 5).toLowerCase();
    const key = `${group} ${creator}`;
    const block = blocks.get(key) ?? { creator, group, elements: {} };
    // A dash where the table names no VR.
    block.elements[tag.slice(8, 10).toLowerCase()] = `${vr || '-'} ${meaning}`.trim();
    blocks.set(key, block);
  }
  write('safe-private.json', [...blocks.values()]);
}
