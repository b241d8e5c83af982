import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pageWith, plantedPdf } from '../adapters/scrubbers/pdf/planted.ts';

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
  const result = await run(at('JaneRoe-letter.pdf'), '-o', at('out.pdf'), '--report', at('report.json'));
  expect(result).toMatchObject({ code: 2, stdout: '' });
  expect(statSync(at('out.pdf')).mode & 0o777).toBe(0o600);
  const report = readFileSync(at('report.json'), 'utf8');
  expect(JSON.parse(report)).toMatchObject({ outcome: 'scrubbed', format: 'pdf', pages: 1 });
  for (const text of [...hidden.values(), 'JaneRoe']) expect(report + result.stderr).not.toContain(text);
  expect(readdirSync(folder).sort()).toEqual(['JaneRoe-letter.pdf', 'out.pdf', 'report.json']);
});

it('refuses in words, and leaves no output', async () => {
  writeFileSync(at('in.pdf'), 'Not a PDF at all');
  const result = await run(at('in.pdf'), '-o', at('out.pdf'), '--report', at('report.json'));
  expect(result.code).toBe(3);
  expect(result.stderr).toContain('appears to be: text');
  expect(existsSync(at('out.pdf'))).toBe(false);
  expect(JSON.parse(readFileSync(at('report.json'), 'utf8'))).toEqual({
    outcome: 'refused',
    reason: 'not-a-pdf',
    params: { kind: 'text' },
  });
});

it('fails on wrong usage, an unreadable input and an unwritable output', async () => {
  writeFileSync(at('in.pdf'), pageWith('0 0 9 9 re f'));
  expect((await run(at('in.pdf'))).code).toBe(1);
  expect((await run(at('missing.pdf'), '-o', at('out.pdf'))).code).toBe(1);
  expect((await run(at('in.pdf'), '-o', join(folder, 'missing', 'out.pdf'))).code).toBe(1);
  expect(readdirSync(folder)).toEqual(['in.pdf']);
});
