// How identifiers are found in workbooks: lists of patients with typed cells, in six languages and several layouts, all of them invented: node bench/identifiers/sheets.ts [--misses] [--seed 1]
import { parseArgs } from 'node:util';
import { findingsIn } from '../../adapters/scrubbers/findings.ts';
import type { Bench } from '../../adapters/scrubbers/format.ts';
import { officeFormat } from '../../adapters/scrubbers/office/format.ts';
import { contentTypes, packed, relations, XML } from '../../adapters/scrubbers/office/testing/planted.ts';
import { draw } from './draw.ts';
import { people } from './people.ts';

const { values } = parseArgs({ options: { misses: { type: 'boolean' }, seed: { type: 'string', default: '1' } } });
const random = draw(Number(values.seed));
const blind: Bench = { maxPages: 500, reader: { read: async () => undefined }, progress: () => undefined };
const ROWS = 20;

type Kind = 'name' | 'date' | 'number' | 'phone' | 'place' | 'no';
/** A cell: words, a number, or a day, that a workbook keeps as a number. */
type Value =
  | { readonly words: string }
  | { readonly number: number; readonly format?: 'day' | 'thousands' | 'percent' };
interface Column {
  readonly kind: Kind;
  readonly head: string;
  readonly value: () => Value;
}

const LANGUAGES = {
  en: [
    'Patient',
    'Surname',
    'Date of birth',
    'MRN',
    'Phone',
    'City',
    'Date of scan',
    'Diameter (mm)',
    'eGFR',
    'Platelets',
    'Diagnosis',
    'Drug name',
    'Share',
    'Cost',
  ],
  de: [
    'Patient',
    'Nachname',
    'Geburtsdatum',
    'Patientennummer',
    'Telefon',
    'Wohnort',
    'Datum',
    'Durchmesser (mm)',
    'eGFR',
    'Thrombozyten',
    'Diagnose',
    'Medikament',
    'Anteil',
    'Kosten',
  ],
  fr: [
    'Patient',
    'Nom',
    'Date de naissance',
    'N° de dossier',
    'Téléphone',
    'Ville',
    'Date',
    'Diamètre (mm)',
    'DFG',
    'Plaquettes',
    'Diagnostic',
    'Médicament',
    'Part',
    'Coût',
  ],
  it: [
    'Paziente',
    'Cognome',
    'Data di nascita',
    'N. cartella',
    'Telefono',
    'Città',
    'Data',
    'Diametro (mm)',
    'VFG',
    'Piastrine',
    'Diagnosi',
    'Farmaco',
    'Quota',
    'Costo',
  ],
  es: [
    'Paciente',
    'Apellidos',
    'Fecha de nacimiento',
    'Nº historia',
    'Teléfono',
    'Ciudad',
    'Fecha',
    'Diámetro (mm)',
    'FG',
    'Plaquetas',
    'Diagnóstico',
    'Fármaco',
    'Parte',
    'Coste',
  ],
  nl: [
    'Patiënt',
    'Achternaam',
    'Geboortedatum',
    'Patiëntnummer',
    'Telefoon',
    'Woonplaats',
    'Datum',
    'Diameter (mm)',
    'eGFR',
    'Trombocyten',
    'Diagnose',
    'Medicijn',
    'Aandeel',
    'Kosten',
  ],
} as const;
const TOWNS = ['Salzburg', 'Lyon', 'Bologna', 'Utrecht', 'Bristol', 'Granada', 'Kassel', 'Nantes'];
const FINDINGS = ['HHT', 'Marfan', 'TGFBR2', 'aneurysm 41 mm', 'EDS IV', 'stable', 'PAVM', 'type B dissection'];
const DRUGS = ['losartan', 'bevacizumab', 'atenolol', 'aspirin', 'sirolimus'];
const words = (text: string): Value => ({ words: text });
const whole = (from: number, to: number) => ({ number: random.int(from, to) });
const day = (from: number, to: number): Value => ({ number: random.int(from, to), format: 'day' });

function columnsOf(language: keyof typeof LANGUAGES): Column[] {
  const person = people(language === 'nl' ? 'nl' : language, random);
  const heads = LANGUAGES[language];
  const column = (index: number, kind: Kind, value: () => Value): Column => ({ kind, head: heads[index] ?? '', value });
  const tenths = (from: number, to: number) => ({ number: random.int(from * 10, to * 10) / 10 });
  return [
    column(0, 'name', () => words(`${person.first()} ${person.last()}`)),
    column(1, 'name', () => words(person.last())),
    column(2, 'date', () => day(7500, 38_000)),
    column(3, 'number', () => whole(100_000, 99_999_999)),
    column(4, 'phone', () => words(`+43 664 ${random.int(1_000_000, 9_999_999)}`)),
    column(5, 'place', () => words(random.pick(TOWNS))),
    column(6, 'date', () => day(42_000, 45_900)),
    column(7, 'no', () => tenths(18, 62)),
    column(8, 'no', () => whole(15, 120)),
    column(9, 'no', () => ({ ...whole(90_000, 420_000), format: 'thousands' })),
    column(10, 'no', () => words(random.pick(FINDINGS))),
    column(11, 'no', () => words(random.pick(DRUGS))),
    column(12, 'no', () => ({ number: random.next(), format: 'percent' })),
    column(13, 'no', () => ({ number: random.int(1000, 99_999) / 7 })),
  ];
}

/** Where the cells stand: a head and rows below it, rows alone, or labels beside their values. */
type Layout = 'table' | 'rows' | 'form';
type Grid = readonly (readonly { readonly kind: Kind; readonly value: Value }[])[];

function gridOf(language: keyof typeof LANGUAGES, layout: Layout): Grid {
  const columns = columnsOf(language);
  const label = ({ head }: Column) => ({ kind: 'no' as const, value: words(head) });
  const cell = ({ kind, value }: Column) => ({ kind, value: value() });
  if (layout === 'form') return columns.map((column) => [label(column), cell(column)]);
  const rows = Array.from({ length: ROWS }, () => columns.map(cell));
  return layout === 'table' ? [columns.map(label), ...rows] : rows;
}

const FORMATS = { day: 1, thousands: 2, percent: 3 } as const;
const SHEET = 'vnd.openxmlformats-officedocument.spreadsheetml';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

function workbook(grid: Grid): Uint8Array {
  const rows = grid.map((row, down) => {
    const cells = row.map(({ value }, across) => {
      const place = `${String.fromCharCode(65 + across)}${down + 1}`;
      if ('words' in value)
        return `<c r="${place}" t="inlineStr"><is><t>${value.words.replaceAll('&', '&amp;')}</t></is></c>`;
      return `<c r="${place}"${value.format ? ` s="${FORMATS[value.format]}"` : ''}><v>${value.number}</v></c>`;
    });
    return `<row r="${down + 1}">${cells.join('')}</row>`;
  });
  return packed({
    '[Content_Types].xml': contentTypes({
      'xl/workbook.xml': `${SHEET}.sheet.main+xml`,
      'xl/styles.xml': `${SHEET}.styles+xml`,
    }),
    '_rels/.rels': relations(['rId1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `${XML}<workbook ${MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="rSheet"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ['rSheet', 'worksheet', 'worksheets/sheet1.xml'],
      ['rStyles', 'styles', 'styles.xml'],
    ),
    'xl/worksheets/sheet1.xml': `${XML}<worksheet ${MAIN}><sheetData>${rows.join('')}</sheetData></worksheet>`,
    'xl/styles.xml': `${XML}<styleSheet ${MAIN}><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="3"/><xf numFmtId="10"/></cellXfs></styleSheet>`,
  });
}

/** Counts by kind: cells whose every letter and digit some finding covers, cells that one touches, all cells. */
async function measure(grid: Grid, counts: Map<string, [full: number, touched: number, all: number]>): Promise<void> {
  const prepared = await officeFormat.prepare(workbook(grid), blind);
  const findings = findingsIn(prepared, {});
  const cells = grid.flat();
  let next = 0;
  for (const { page, text } of prepared.texts) {
    const own = findings.filter((one) => one.page === page);
    // The first page is the sheet's name.
    for (const found of next === 0 && text.startsWith('Data\n') ? [] : text.matchAll(/[^\t\n]+/g)) {
      const cell = cells[next++];
      if (!cell) continue;
      const covered = Array.from(found[0]).map((_, unit) =>
        own.some(({ start, end }) => start <= found.index + unit && found.index + unit < end),
      );
      const isFull = Array.from(found[0]).every((letter, unit) => covered[unit] || !/[\p{L}\p{N}]/u.test(letter));
      const count = counts.get(cell.kind) ?? [0, 0, 0];
      counts.set(cell.kind, [count[0] + Number(isFull), count[1] + Number(covered.includes(true)), count[2] + 1]);
      if (values.misses && (cell.kind === 'no' ? covered.includes(true) : !isFull))
        console.log(`    ${cell.kind}: ${found[0]}`);
    }
  }
}

for (const layout of ['table', 'rows', 'form'] as const)
  for (const language of Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]) {
    const counts = new Map<string, [number, number, number]>();
    for (let turn = 0; turn < (layout === 'form' ? ROWS : 1); turn++) await measure(gridOf(language, layout), counts);
    const told = [...counts].map(([kind, [full, touched, all]]) =>
      kind === 'no' ? `ordinary cells touched ${touched} of ${all}` : `${kind} ${full} of ${all}`,
    );
    console.log(`${layout}, ${language}: ${told.join(', ')}`);
  }
