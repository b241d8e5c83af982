import { parseArgs } from 'node:util';
import { environmentHere } from '../config.ts';
import { fhirConsents, iso27560Receipt } from '../domain/consent-receipt.ts';
import { directoryId } from '../domain/entities.ts';
import { readRetention } from '../storage/retention.ts';
import { type Out, storageFromEnvironment, terminal } from './storage.ts';

const usage = 'npm run --silent consent-receipt -- C-… [--format fhir|iso]\n';
/** Whose identifiers these are, where no public address is configured: local mode's. */
const ownAddress = 'http://127.0.0.1:3978';

/**
 * `npm run consent-receipt -- CASE [--format fhir|iso]`: writes the consents of a case as JSON, as a list of HL7 FHIR R5 `Consent` resources or as one
 * record of ISO/IEC TS 27560, for the patient by way of their hospital. It holds the pseudonym and the archive reference, and no name. Exit code 0; 1 where no consent of this case
 * is recorded, or what belongs on the receipt is there no more; 2 for wrong use, no database or a wrong key, the reason printed.
 */
export async function consentReceipt(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  io: Out = terminal,
): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: 'string', default: 'fhir' } },
    });
    const { format } = values;
    const [caseId = ''] = positionals;
    if (!caseId || positionals.length > 1 || (format !== 'fhir' && format !== 'iso')) throw new Error(usage.trim());
    const { cases } = readRetention(env['RETENTION_FILE'] || undefined);
    const storage = storageFromEnvironment(env);
    try {
      const { store } = storage;
      const [{ state: consent }, { state: owned }, { state: directory }, details] = await Promise.all([
        store.load('consent', caseId),
        store.load('case', caseId),
        store.load('directory', directoryId),
        store.caseDetails(caseId),
      ]);
      const hcp = directory.hcps[owned.hcp];
      const missing = missingFor(consent.records.length, details !== undefined, hcp !== undefined);
      if (missing !== undefined || !details || !hcp) {
        io.error(`${missing}\n`);
        return 1;
      }
      const { pseudonym, consentLanguage: language, archiveReference } = details;
      const country = directory.countries[hcp.country];
      const source = {
        caseId,
        pseudonym,
        consent,
        hcp,
        ...(country ? { country } : {}),
        ...(language ? { language } : {}),
        ...(archiveReference ? { archiveReference } : {}),
        system: (env['PUBLIC_URL'] || ownAddress).replace(/\/+$/, ''),
        keptFor: `${cases} days after the case was closed`,
      };
      const receipt = format === 'fhir' ? fhirConsents(source) : iso27560Receipt(source);
      if (receipt === undefined) {
        io.error('All consents of this case were entered in error.\n');
        return 1;
      }
      io.out(`${JSON.stringify(receipt, null, 2)}\n`);
      return 0;
    } finally {
      storage.close();
    }
  } catch (thrown) {
    io.error(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    return 2;
  }
}

/** Why there can be no receipt, in words; undefined where there can. */
function missingFor(records: number, details: boolean, hcp: boolean): string | undefined {
  if (records === 0) return 'No consent of this case is recorded.';
  if (!details) return 'What the receipt is made from was removed: its retention is over.';
  return hcp ? undefined : 'The hospital of this case is not in the directory any more.';
}

if (import.meta.main) process.exitCode = await consentReceipt(process.argv.slice(2), environmentHere());
