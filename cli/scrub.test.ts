import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { builtFile } from '../adapters/scrubbers/built.ts';
import { pageWith, plantedPdf } from '../adapters/scrubbers/pdf/testing/planted.ts';
import { refusedWords } from '../bot/upload/refused-words.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scrub-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

function run(...args: string[]): Promise<{ code: number; stderr: string; stdout: string }> {
  const command = fileURLToPath(new URL('./scrub.ts', import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, ['--no-warnings', command, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

it('scrubs, says that a person must look, and reports no value and no name', async () => {
  const { file, hidden } = plantedPdf();
  writeFileSync(at('JaneRoe-letter.pdf'), file);
  writeFileSync(at('known.json'), JSON.stringify({ names: ['Visible heading'] }));
  const result = await run(
    at('JaneRoe-letter.pdf'),
    '-o',
    at('out.pdf'),
    '--report',
    at('report.json'),
    '--redact',
    'none',
    '--known',
    at('known.json'),
  );
  expect(result).toMatchObject({ code: 2, stdout: '' });
  expect(statSync(at('out.pdf')).mode & 0o777).toBe(0o600);
  const report = readFileSync(at('report.json'), 'utf8');
  expect(JSON.parse(report)).toMatchObject({ outcome: 'scrubbed', format: 'pdf', pages: 1 });
  for (const text of [...hidden.values(), 'JaneRoe']) expect(report + result.stderr).not.toContain(text);
  expect(readdirSync(folder).sort()).toEqual(['JaneRoe-letter.pdf', 'known.json', 'out.pdf', 'report.json']);
});

it('refuses in words, and leaves no output', async () => {
  writeFileSync(at('in.pdf'), Buffer.from('00010203fffe', 'hex'));
  const result = await run(at('in.pdf'), '-o', at('out.pdf'), '--report', at('report.json'));
  expect(result.code).toBe(3);
  expect(result.stderr).toContain('an unknown kind of file');
  expect(existsSync(at('out.pdf'))).toBe(false);
  expect(JSON.parse(readFileSync(at('report.json'), 'utf8'))).toEqual({
    outcome: 'refused',
    reason: 'unknown-kind',
    params: { kind: 'unknown' },
  });
});

it('fails on wrong usage, an unreadable input and an unwritable output', async () => {
  writeFileSync(at('in.pdf'), pageWith('0 0 9 9 re f'));
  expect((await run(at('in.pdf'))).code).toBe(1);
  expect((await run(at('missing.pdf'), '-o', at('out.pdf'))).code).toBe(1);
  expect((await run(at('in.pdf'), '-o', join(folder, 'missing', 'out.pdf'))).code).toBe(1);
  expect(readdirSync(folder)).toEqual(['in.pdf']);
});

it('redacts what is known and what looks like an identifier, and then has nothing to show', async () => {
  writeFileSync(at('note.txt'), 'Seen today: Tatterwick, well. Born 12 April 1963.\nThe aorta is 41 mm wide.\n');
  writeFileSync(at('known.json'), JSON.stringify({ names: ['Jo Tatterwick'], birthDate: '1963-04-12' }));
  const result = await run(at('note.txt'), '-o', at('out.txt'), '--known', at('known.json'));
  expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(at('out.txt'), 'utf8')).toBe('Seen today: █████, well. Born █████.\nThe aorta is 41 mm wide.\n');
});

it('says what it kept when it is told to keep it', async () => {
  writeFileSync(at('note.txt'), 'Patient: Jo Tatterwick\n');
  const result = await run(at('note.txt'), '-o', at('out.txt'), '--redact', 'none', '--report', at('report.json'));
  expect(result).toMatchObject({ code: 2, stderr: 'Scrubbed. Looks like an identifier and was kept: name (1).\n' });
  expect(JSON.parse(readFileSync(at('report.json'), 'utf8'))).toMatchObject({ kept: { name: 1 }, redacted: {} });
});

it('scrubs many files into a folder, tells how each ended, and counts the gravest', async () => {
  mkdirSync(at('out'));
  writeFileSync(at('a.txt'), 'The aorta is 41 mm wide.\n');
  writeFileSync(at('b.bin'), Buffer.from('00010203fffe', 'hex'));
  const result = await run(at('a.txt'), at('b.bin'), '-o', at('out'), '--report', at('report.json'));
  expect(result.code).toBe(3);
  expect(result.stderr).toContain('[2/2]');
  expect(readdirSync(at('out'))).toEqual(['a.txt']);
  const { files } = JSON.parse(readFileSync(at('report.json'), 'utf8')) as { files: { outcome: string }[] };
  expect(files.map(({ outcome }) => outcome)).toEqual(['scrubbed', 'refused']);
});

it('tells a file by its number where its path would tell whose it is', async () => {
  mkdirSync(at('out'));
  mkdirSync(at('Tatterwick_Jo'));
  for (const place of ['a.txt', 'Tatterwick_Jo/b.txt', 'tatterwick-ct.txt']) writeFileSync(at(place), 'words\n');
  writeFileSync(at('known.json'), '{"names": ["Jo Tatterwick"]}');
  const given = [at('a.txt'), at('Tatterwick_Jo/b.txt'), at('tatterwick-ct.txt')];
  const result = await run(...given, '-o', at('out'), '--known', at('known.json'), '--report', at('report.json'));
  const report = readFileSync(at('report.json'), 'utf8');
  expect((JSON.parse(report) as { files: object[] }).files).toMatchObject([
    { number: 1, file: at('a.txt') },
    { number: 2 },
    { number: 3 },
  ]);
  expect(report + result.stderr).not.toMatch(/tatterwick/i);
  expect(result.stderr).toMatch(/file 3: .*rename it\./);
  expect(result.stderr.match(/rename it/g)).toHaveLength(1);
});

it('refuses two files of one name, and known identifiers that are none, without quoting them', async () => {
  mkdirSync(at('out'));
  mkdirSync(at('in'));
  for (const place of ['a.txt', 'in/a.txt']) writeFileSync(at(place), 'words\n');
  expect((await run(at('a.txt'), at('in/a.txt'), '-o', at('out'))).code).toBe(1);
  writeFileSync(at('known.json'), '{"name": "Jo Tatterwick"}');
  const result = await run(at('a.txt'), '-o', at('out'), '--known', at('known.json'));
  expect(result.code).toBe(1);
  expect(result.stderr).not.toContain('Tatterwick');
  expect(readdirSync(at('out'))).toEqual([]);
});

it('reads no picture when told so, and says that a person must look', async () => {
  const [height, width] = [40, 200];
  const image = `q 200 0 0 100 20 60 cm BI /W ${width} /H ${height} /CS /G /BPC 8 /F /AHx ID ${'20E0'.repeat((width * height) / 2)}> EI Q`;
  writeFileSync(at('scan.pdf'), pageWith(image));
  const result = await run(at('scan.pdf'), '-o', at('out.pdf'), '--no-ocr');
  expect(result.code).toBe(2);
  expect(result.stderr).toContain('pictures-not-read (pages 1)');
});

const builtWords = builtFile('refused-words.mjs');

it.skipIf(!builtWords)('words a refusal from its build as from its sources, in every language', async () => {
  const built = (await import(pathToFileURL(builtWords ?? '').href)) as { refusedWords: typeof refusedWords };
  for (const language of ['en', 'de', 'fr', 'it'])
    for (const why of [{ reason: 'corrupt' }, { reason: 'unknown-kind', params: { kind: 'exe' } }] as const)
      expect(built.refusedWords(language, why)).toBe(refusedWords(language, why));
  expect(built.refusedWords('de', { reason: 'corrupt' })).not.toBe(refusedWords('en', { reason: 'corrupt' }));
});
