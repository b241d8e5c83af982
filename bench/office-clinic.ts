// What of a clinician's own documents is found and what of their ordinary text is lost, in six languages, written by LibreOffice in Word's, Excel's, PowerPoint's and its own formats: node bench/office-clinic.ts [--misses]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { parseArgs } from 'node:util';
import { createScrubber } from '../adapters/scrubbers/scrubber.ts';
import type { Clinic } from './office/clinics/clinic.ts';
import { clinics } from './office/clinics/clinics.ts';

const { values } = parseArgs({ options: { misses: { type: 'boolean', default: false } } });
const work = mkdtempSync(join(tmpdir(), 'clinic-'));
const MARK = /⟦([^⟧]*)⟧/g;
const plain = (text: string) => text.replace(/[⟦⟧]/g, '');
const escaped = (text: string) => plain(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

interface Made {
  readonly source: string;
  readonly formats: readonly string[];
  readonly filter?: string;
  /** What stands in it, with its marks. */
  readonly said: readonly string[];
}

const table = (rows: readonly (readonly string[])[]) =>
  `<table border="1">${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</table>`;

function letter({ head, title, paragraphs, echo }: Clinic): string {
  const body = paragraphs.map((text) => (text.length < 40 ? `<h3>${escaped(text)}</h3>` : `<p>${escaped(text)}</p>`));
  return `<html><head><meta charset="utf-8"></head><body>${table(head)}<h1>${escaped(title)}</h1>${body.join('')}${table(echo)}</body></html>`;
}

const csv = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((cell) => `"${plain(cell).replaceAll('"', '""')}"`).join(',')).join('\n');

function deck({ slides }: Clinic): string {
  const names = 'office text draw:drawing style presentation svg:svg-compatible fo:xsl-fo-compatible'
    .split(' ')
    .map((one) => {
      const [prefix, name = prefix] = one.split(':');
      return `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`;
    });
  const frame = (y: number, lines: readonly string[]) =>
    `<draw:frame svg:x="2cm" svg:y="${y}cm" svg:width="22cm" svg:height="4cm"><draw:text-box>${lines.map((line) => `<text:p>${escaped(line)}</text:p>`).join('')}</draw:text-box></draw:frame>`;
  const pages = slides.map(
    ({ title, points, notes }) =>
      `<draw:page draw:master-page-name="Default">${frame(1, [title])}${frame(6, points)}<presentation:notes>${frame(14, [notes])}</presentation:notes></draw:page>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><office:document ${names.join(' ')} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.presentation"><office:automatic-styles><style:page-layout style:name="P"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="P"/></office:master-styles><office:body><office:presentation>${pages.join('')}</office:presentation></office:body></office:document>`;
}

/** Sources of all documents of one language, each with what it says; notes pages go by purpose. */
function sourcesOf(clinic: Clinic): Made[] {
  const { language, head, title, paragraphs, echo, study, slides } = clinic;
  const write = (name: string, content: string) => {
    const path = join(work, `${language}-${name}`);
    writeFileSync(path, content);
    return path;
  };
  const SHEET = 'CSV:44,34,76,1,,0,false,true';
  return [
    {
      source: write('letter.html', letter(clinic)),
      formats: ['docx', 'odt'],
      filter: 'HTML (StarWriter)',
      said: [...head.flat(), title, ...paragraphs, ...echo.flat()],
    },
    { source: write('study.csv', csv(study)), formats: ['xlsx', 'ods'], filter: SHEET, said: study.flat() },
    {
      source: write('form.csv', csv([...head, ...echo])),
      formats: ['xlsx', 'ods'],
      filter: SHEET,
      said: [...head, ...echo].flat(),
    },
    {
      source: write('deck.fodp', deck(clinic)),
      formats: ['pptx', 'odp'],
      said: slides.flatMap(({ title: said, points }) => [said, ...points]),
    },
  ];
}

const words = (text: string) => text.match(/[\p{L}\p{N}][\p{L}\p{N}.,/'’-]*/gu) ?? [];
const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
const scrubber = createScrubber({ readMs: 1, workers: 1 });
let [allMarks, allLeft, allWords, allLost] = [0, 0, 0, 0];
for (const clinic of clinics) {
  const byFormat = new Map<string, { marks: number; left: string[]; words: number; lost: string[] }>();
  for (const { source, formats, filter, said } of sourcesOf(clinic))
    for (const format of formats) {
      const into = join(work, `${parse(source).name}-${format}`);
      mkdirSync(into);
      execFileSync(
        'soffice',
        [
          `-env:UserInstallation=file://${work}/profile`,
          '--headless',
          ...(filter ? [`--infilter=${filter}`] : []),
          '--convert-to',
          format,
          '--outdir',
          into,
          source,
        ],
        { stdio: 'ignore', timeout: 120_000 },
      );
      const [name = ''] = readdirSync(into);
      const analysis = await scrubber.analyse(readFileSync(join(into, name)));
      if (analysis.outcome === 'refused') throw new Error(`${name}: ${analysis.reason}`);
      const kept = analysis.texts
        .map(({ page, text }) =>
          analysis.findings
            .filter((one) => one.page === page)
            .toSorted((a, b) => b.start - a.start)
            .reduce((so, { start, end }) => so.slice(0, start) + '█'.repeat(end - start) + so.slice(end), text),
        )
        .join('\n');
      const figures = byFormat.get(format) ?? { marks: 0, left: [], words: 0, lost: [] };
      byFormat.set(format, figures);
      // A date in a cell is told as ISO 8601: what is left of it is looked for by its year.
      const left = new Map<string, number>();
      for (const word of words(kept)) left.set(letters(word), (left.get(letters(word)) ?? 0) + 1);
      const spelt = letters(kept);
      const ordinary = new Set(said.flatMap((text) => words(text.replace(MARK, ' ')).map(letters)));
      for (const text of said) {
        for (const [, mark = ''] of text.matchAll(MARK)) {
          figures.marks++;
          const pieces = words(mark).filter(
            (word) => letters(word).length > 2 && !/^\p{Ll}/u.test(word) && !ordinary.has(letters(word)),
          );
          const seen = pieces.some((piece) => spelt.includes(letters(piece)) && (left.get(letters(piece)) ?? 0) > 0);
          if (seen) figures.left.push(mark);
        }
        for (const word of words(text.replace(MARK, ' '))) {
          if (!/\p{L}{2}/u.test(word)) continue;
          figures.words++;
          const count = left.get(letters(word)) ?? 0;
          if (count > 0) left.set(letters(word), count - 1);
          else figures.lost.push(word);
        }
      }
    }
  for (const [format, { marks, left, words: total, lost }] of byFormat) {
    console.log(
      `${clinic.language} ${format}: ${marks - left.length} of ${marks} identifiers masked, ${total - lost.length} of ${total} ordinary words kept`,
    );
    if (values.misses && left.length + lost.length > 0)
      console.log(`    left: ${left.join(' · ')}; lost: ${lost.join(' · ')}`);
    [allMarks, allLeft, allWords, allLost] = [
      allMarks + marks,
      allLeft + left.length,
      allWords + total,
      allLost + lost.length,
    ];
  }
}
await scrubber.close();
rmSync(work, { recursive: true, force: true });
const share = (part: number, of: number) => `${((part / of) * 100).toFixed(2)} %`;
console.log(
  `all: ${share(allMarks - allLeft, allMarks)} of ${allMarks} identifiers masked, ${share(allWords - allLost, allWords)} of ${allWords} ordinary words kept`,
);
