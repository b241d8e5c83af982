import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { everything, kinds } from '../storage/activity.ts';
import { makeMasterKey, parseMasterKeys } from '../storage/keys.ts';
import { openStorage } from '../storage/open.ts';
import { batch, inFolder, ticketOpened } from '../storage/testing.ts';
import { auditExport } from './audit-export.ts';
import { auditVerify } from './audit-verify.ts';
import { rebuild } from './rebuild.ts';
import { retention } from './retention.ts';

/** A data folder in which something has happened, its environment, and a console that is listened to. */
async function operated(folder: string) {
  const env = { DATA_DIR: folder, MASTER_KEY: makeMasterKey(), ANCHOR_FILE: join(folder, 'anchors') };
  const clock = { now: () => new Date().toISOString() };
  const storage = openStorage({ folder, keys: parseMasterKeys(env.MASTER_KEY), clock, anchor: env.ANCHOR_FILE });
  await everything(storage);
  const value = { name: '=HYPERLINK("x"), Dr', role: 'lead' };
  await storage.store.commit(
    batch({ appends: [ticketOpened('T-1', { hcp: 'IT02' })], rows: [{ row: 'attestation', id: 'A-1', value }] }),
  );
  const events = storage.audit.head().seq;
  storage.close();
  const said = { out: '', error: '' };
  const io = {
    out: (text: string) => void (said.out += text),
    error: (text: string) => void (said.error += text),
  };
  const tamper = (statement: string) => {
    const file = new Sqlite(join(folder, 'cpms-bot.sqlite'));
    file.exec(`DROP TRIGGER IF EXISTS events_never_updated; ${statement}`);
    file.close();
  };
  return { env, io, said, tamper, events };
}

test('audit:verify says that all is in order, anchors when asked, and names the first broken row', () =>
  inFolder(async (folder) => {
    const { env, io, said, tamper, events } = await operated(folder);
    expect(events).toBeGreaterThan(kinds.length);
    expect(auditVerify([], env, io)).toBe(0);
    expect(said.out).toMatch(new RegExp(`^In order: ${events} rows, 0 anchors\\. Head [0-9a-f]{64}\n$`));
    expect(auditVerify(['--anchor'], env, io)).toBe(0);
    expect(auditVerify([], env, io)).toBe(0);
    expect(said.out).toContain(`${events} rows, 1 anchors`);
    tamper(`UPDATE events SET event = '{}' WHERE seq = 3`);
    said.out = '';
    expect(auditVerify([], env, io)).toBe(1);
    expect(said.out).toBe('BROKEN at row 3 (person person-1): the row is not what was written.\n');
  }));

test('audit:export writes what concerns a case or an HCP, as JSON lines or CSV', () =>
  inFolder(async (folder) => {
    const { env, io, said } = await operated(folder);
    expect(auditExport(['--case', 'case-1'], env, io)).toBe(0);
    const kinds = said.out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(new Set(kinds)).toEqual(new Set(['case', 'consent', 'document', 'meeting', 'poll']));

    said.out = '';
    expect(auditExport(['--hcp', 'FR01'], env, io)).toBe(0);
    const rows = said.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; event: { type: string }; hash: string; previousHash: string });
    expect(rows.filter(({ kind }) => kind === 'person').map(({ event }) => event.type)).toEqual([
      'role-granted',
      'role-revoked',
    ]);
    expect(rows.filter(({ kind }) => kind === 'directory').map(({ event }) => event.type)).toEqual([
      'hcp-listed',
      'hcp-delisted',
    ]);
    expect(rows.some(({ kind }) => kind === 'consent')).toBe(true);
    expect(rows[1]?.hash).toMatch(/^[0-9a-f]{64}$/);

    said.out = '';
    expect(auditExport(['--hcp', 'IT02', '--format', 'csv'], env, io)).toBe(0);
    const [header, row] = said.out.split('\r\n');
    expect(header).toBe('seq,at,by,kind,id,version,type,event,attestedBy,attestedAs,previousHash,hash');
    expect(row).toContain(`ticket,T-1,1,ticket-opened,"{""type""`);
    expect(row).toContain(`,"'=HYPERLINK(""x""), Dr",lead,`);

    expect(auditExport(['--hcp', 'XX99'], env, io)).toBe(1);
    expect(auditExport([], env, io)).toBe(2);
    expect(auditExport(['--hcp', 'a', '--case', 'b'], env, io)).toBe(2);
    expect(auditExport(['--hcp', 'FR01', '--format', 'xml'], env, io)).toBe(2);
  }));

test('rebuild says whether the read tables were as they should be', () =>
  inFolder(async (folder) => {
    const { env, io, said, tamper, events } = await operated(folder);
    expect(rebuild(env, io)).toBe(0);
    expect(said.out).toBe(
      `${kinds.length + 1} entities made from ${events} events; the tables were as they should be.\n`,
    );
    tamper(`UPDATE entities SET status = 'closed' WHERE kind = 'request'; DELETE FROM invites WHERE person = 'P-2'`);
    said.out = '';
    expect(rebuild(env, io)).toBe(0);
    expect(said.out).toContain('4 rows were different');
    rebuild(env, io);
    expect(said.out).toContain('as they should be');
  }));

test('retention counts, removes by a configured table, and refuses a wrong one', () =>
  inFolder(async (folder) => {
    const { env, io, said } = await operated(folder);
    expect(retention(['--dry-run'], env, io)).toBe(0);
    expect(said.out).toMatch(/^To be removed:\n {2}deliveries: 0\n/);
    expect(retention([], env, io)).toBe(0);
    expect(said.out).toContain('Removed:\n');
    const RETENTION_FILE = join(folder, 'retention.json');
    writeFileSync(RETENTION_FILE, '{"cases": "for ever"}');
    expect(retention([], { ...env, RETENTION_FILE }, io)).toBe(2);
    expect(said.error).toContain('cases');
    expect(retention(['--dry'], env, io)).toBe(2);
  }));

test('a wrong folder or key is said, and nothing is made', () =>
  inFolder(async (folder) => {
    const { env, io, said } = await operated(folder);
    expect(auditVerify([], { ...env, DATA_DIR: `${folder}/nowhere` }, io)).toBe(2);
    expect(said.error).toContain('There is no database');
    expect(auditVerify([], { ...env, MASTER_KEY: makeMasterKey() }, io)).toBe(2);
    expect(said.error).toContain('is not configured');
  }));

test('the commands read `.env` where they stand, as the server does', { timeout: 30_000 }, () =>
  inFolder(async (folder) => {
    const { env } = await operated(folder);
    const set = ['DATA_DIR', 'MASTER_KEY', 'ANCHOR_FILE'];
    const without = Object.fromEntries(Object.entries(process.env).filter(([name]) => !set.includes(name)));
    writeFileSync(join(folder, '.env'), set.map((name) => `${name}=${env[name as keyof typeof env]}\n`).join(''));
    for (const command of ['audit-verify', 'rebuild', 'retention']) {
      const file = join(import.meta.dirname, `${command}.ts`);
      const ran = spawnSync(process.execPath, [file], { env: without, cwd: folder, encoding: 'utf8' });
      expect(ran).toMatchObject({ status: 0, stderr: '' });
    }
  }),
);

test('the commands run by themselves', { timeout: 30_000 }, () =>
  inFolder(async (folder) => {
    const { env } = await operated(folder);
    for (const command of ['audit-verify', 'rebuild', 'retention']) {
      const file = join(import.meta.dirname, `${command}.ts`);
      const ran = spawnSync(process.execPath, [file], { env: { ...process.env, ...env }, encoding: 'utf8' });
      expect(ran).toMatchObject({ status: 0, stderr: '' });
      expect(ran.stdout).not.toBe('');
    }
  }),
);
