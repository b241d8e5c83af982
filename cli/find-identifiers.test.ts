import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'find-identifiers-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function find(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--no-warnings', join(import.meta.dirname, 'find-identifiers.ts'), ...args],
      (error, stdout, stderr) => resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

function spansOf(line: string): { start: number; end: number; kind: string; certainty: string; rule: string }[] {
  return JSON.parse(line).spans;
}

describe('find-identifiers', () => {
  it('prints one object a line for each file, in their order, with offsets in UTF-16 units', async () => {
    const text = '\u{1F600} mail: jana.novakova@example.org\n';
    const one = file('one.txt', text);
    const two = file('two.txt', 'Nothing is said here.\n');
    const { status, stdout } = await find(one, two, '--json');
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).file)).toEqual([one, two]);
    const [span] = spansOf(lines[0] ?? '');
    expect(text.slice(span?.start, span?.end)).toBe('jana.novakova@example.org');
    expect(Object.keys(span ?? {})).toEqual(['start', 'end', 'kind', 'certainty', 'rule']);
    expect(spansOf(lines[1] ?? '')).toEqual([]);
  });

  it('counts a byte order mark as one unit and each CR and LF as one', async () => {
    const text = '\ufeffReport\r\n\r\nE-mail: jana.novakova@example.org\r\n';
    const { stdout } = await find(file('bom.txt', text), '--json');
    const found = spansOf(stdout).map(({ start, end }) => text.slice(start, end));
    expect(found).toContain('jana.novakova@example.org');
  });

  it('finds what the member knows', async () => {
    const known = file(
      'known.json',
      JSON.stringify({ names: ['Zdislava Quux'], birthDate: '1971-02-03', numbers: ['84 77 31'] }),
    );
    const text = 'Seen today: ZDISLAVA QUUX, 3.2.1971, file 847731.';
    const { status, stdout } = await find(file('letter.txt', text), '--json', '--known', known);
    expect(status).toBe(0);
    const found = spansOf(stdout);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(
      expect.arrayContaining(['3.2.1971', '847731']),
    );
    expect(found.every(({ certainty }) => certainty === 'certain' || certainty === 'possible')).toBe(true);
  });

  it('tells a person kinds, counts and lines, and never what was found', async () => {
    const { status, stdout } = await find(file('plain.txt', 'Report\nE-mail: jana.novakova@example.org\n'));
    expect(status).toBe(0);
    expect(stdout).toMatch(/email +1 .*lines? 2/);
    expect(stdout).not.toMatch(/novakova|example\.org/i);
  });

  it('refuses a file that is no text, names the way out, and goes on with the others', async () => {
    const pdf = file('a.pdf', '%PDF-1.7\n');
    const latin = file('latin1.txt', Buffer.from('Universit\xe9', 'latin1'));
    const text = file('b.txt', 'Nothing is said here.');
    const { status, stdout, stderr } = await find(pdf, latin, text, '--json');
    expect(status).toBe(3);
    expect(stderr.match(/npm run scrub/g)).toHaveLength(2);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).file),
    ).toEqual([text]);
  });

  it('says what is wrong with its arguments and ends with 1', async () => {
    const text = file('c.txt', 'Nothing is said here.');
    const wrong = [[], ['--verbose', text], [join(folder, 'absent.txt')]];
    for (const { status, stdout, stderr } of await Promise.all(wrong.map((args) => find(...args)))) {
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).not.toBe('');
    }
  });

  it('refuses known identifiers that do not have the shape', async () => {
    const text = file('d.txt', 'Nothing is said here.');
    const wrong = ['{', '{"names":[],"birthDate":"3.2.1971"}', '{"name":[]}'];
    const known = wrong.map((content, index) => file(`wrong-${index}.json`, content));
    for (const { status, stdout, stderr } of await Promise.all(known.map((path) => find(text, '--known', path)))) {
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/known identifiers/);
    }
  });
});
