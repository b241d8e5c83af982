import { expect, test } from 'vitest';
import type { EntityEvent } from '../domain/entities.ts';
import { makeMasterKey, parseMasterKeys } from '../storage/keys.ts';
import { openStorage } from '../storage/open.ts';
import { batch, inFolder, start, testClock } from '../storage/testing.ts';
import { consentReceipt } from './consent-receipt.ts';

const fact = { at: start, by: 'P-1' };
const form = { form: { kind: 'commission', version: '2.1' }, signedOn: '2026-03-01', signedBy: 'patient' } as const;
const consents: readonly EntityEvent<'consent'>[] = [
  { type: 'consent-recorded', ...fact, recordId: 'N-1', purpose: 'care', answer: 'given', ...form },
  { type: 'consent-recorded', ...fact, recordId: 'N-1', purpose: 'registry', answer: 'refused', ...form },
];

/** A data folder with one case and its consents, and the command on it. */
async function operated(folder: string) {
  const env = { DATA_DIR: folder, MASTER_KEY: makeMasterKey(), PUBLIC_URL: 'https://bot.example/' };
  const open = () => openStorage({ folder, keys: parseMasterKeys(env.MASTER_KEY), clock: testClock() });
  const storage = open();
  await storage.store.commit(
    batch({
      appends: [
        {
          kind: 'directory',
          id: 'directory',
          expected: 0,
          events: [
            { type: 'country-listed', ...fact, country: { code: 'FR', name: 'France', majority: 18 } },
            {
              type: 'hcp-listed',
              ...fact,
              hcp: { code: 'FR01', name: 'Hôpital Exemple', city: 'Lyon', country: 'FR' },
            },
          ],
        },
        {
          kind: 'case',
          id: 'C-1',
          expected: 0,
          events: [{ type: 'case-opened', ...fact, owner: 'P-1', hcp: 'FR01', group: 'HHT', urgency: 'soon' }],
        },
        { kind: 'consent', id: 'C-1', expected: 0, events: consents },
      ],
      rows: [
        {
          row: 'case',
          id: 'C-1',
          value: { pseudonym: 'Blue Heron', archiveReference: 'Binder 12', consentLanguage: 'fr' },
        },
      ],
    }),
  );
  storage.close();
  const said = { out: '', error: '' };
  const io = {
    out: (text: string) => void (said.out += text),
    error: (text: string) => void (said.error += text),
  };
  return { said, open, run: (...args: string[]) => consentReceipt(args, env, io) };
}

test('the receipt of a case is written as FHIR and as ISO/IEC TS 27560, with no name in it', () =>
  inFolder(async (folder) => {
    const { run, said } = await operated(folder);
    expect(await run('C-1')).toBe(0);
    expect(JSON.parse(said.out)).toMatchObject([
      {
        resourceType: 'Consent',
        decision: 'permit',
        identifier: [{ system: 'https://bot.example/consent' }],
        sourceReference: [{ identifier: { value: 'Binder 12' } }],
      },
      { resourceType: 'Consent', decision: 'deny' },
    ]);
    said.out = '';
    expect(await run('C-1', '--format', 'iso')).toBe(0);
    expect(JSON.parse(said.out)).toMatchObject({
      schema_version: 'ISO/IEC TS 27560:2023',
      pii_principal_id: 'Blue Heron',
      pii_processing: { language: 'fr', purposes: [{ retention_period: '1825 days after the case was closed' }, {}] },
    });
    expect(said.error).toBe('');
  }));

test('there is none where nothing is recorded, where what it is made from is gone, and for a wrong use', () =>
  inFolder(async (folder) => {
    const { run, said, open } = await operated(folder);
    expect(await run('C-2')).toBe(1);
    expect(said.error).toContain('No consent');
    expect(await run()).toBe(2);
    expect(await run('C-1', 'C-2')).toBe(2);
    expect(await run('C-1', '--format', 'xml')).toBe(2);
    const storage = open();
    await storage.store.commit(batch({ rows: [{ row: 'case', id: 'C-1', value: null }] }));
    storage.close();
    expect(await run('C-1')).toBe(1);
    expect(said.error).toContain('retention');
    expect(said.out).toBe('');
  }));
