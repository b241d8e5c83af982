// Other people's programs look at what the scrubber gives: qpdf, poppler and Tesseract, from Debian.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scrubbing-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, ...args: readonly string[]) =>
  execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });

it('leaves none of the planted words in bytes, streams, objects or text', () => {
  const bench = spawnSync(process.execPath, ['--no-warnings', 'bench/planted.ts', '--without-pixels'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(bench.stdout).toContain('places left in all: 0');
  expect(bench.status).toBe(0);
}, 300_000);

describe('a letter scrubbed on the command line', () => {
  const letter = [
    'University Clinic of Vascular Diseases',
    'Patient: Philippa Tatterwick, born 12 April 1963',
    'The ascending aorta measures 41 mm.',
    'Mrs Tatterwick was seen on 3 May 2021.',
  ];

  it.each([
    ['its words cut out', []],
    ['its pages made pictures', ['--flatten']],
  ] as const)(
    'shows nothing of the patient, and all else: %s',
    async (_, more) => {
      const pdf = await PDFDocument.create();
      pdf.setTitle('Letter on Philippa Tatterwick');
      const page = pdf.addPage([595, 842]);
      const font = await pdf.embedFont(StandardFonts.Helvetica);
      letter.forEach((line, index) => page.drawText(line, { x: 60, y: 760 - index * 40, size: 16, font }));
      const [input, output, known] = ['in.pdf', 'out.pdf', 'known.json'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      writeFileSync(input, await pdf.save());
      writeFileSync(known, JSON.stringify({ names: ['Philippa Tatterwick'], birthDate: '1963-04-12' }));
      const command = ['--no-warnings', 'cli/scrub.ts', input, '-o', output, '--known', known, ...more];
      spawnSync(process.execPath, command, { cwd: root });

      run('qpdf', '--check', output);
      const text = run('pdftotext', output, '-');
      const objects = run('qpdf', '--qdf', '--object-streams=disable', output, '-');
      run('pdftoppm', '-r', '200', '-png', output, join(folder, 'page'));
      const read = run('tesseract', join(folder, 'page-1.png'), '-', '--psm', '6');
      for (const look of [text, objects, read, readFileSync(output, 'latin1')])
        expect(look).not.toMatch(/Tatterwick|Philippa|12 April|1963/);
      expect(read).toContain('aorta measures 41 mm');
      expect(text.includes('aorta measures 41 mm')).toBe(more.length === 0);
    },
    120_000,
  );
});
