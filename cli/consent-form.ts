import { parseArgs } from 'node:util';
import { supersedeForm } from '../bot/operators/consent-forms.ts';
import { fromTerminal, withPorts } from './operator.ts';

const usage = 'npm run consent-form -- superseded commission|hcp --version V --by YYYY-MM-DD [--hcp CODE] [--now]\n';

/** Announces that a version of a consent form is superseded; with --now ends its consents. Gives the exit status: 0 done, 1 refused, 2 wrong use. */
async function consentFormCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<number> {
  const options = {
    version: { type: 'string' },
    by: { type: 'string' },
    hcp: { type: 'string' },
    now: { type: 'boolean', default: false },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [verb, kind] = positionals;
  const { version, by, hcp, now } = values;
  if (
    verb !== 'superseded' ||
    (kind !== 'commission' && kind !== 'hcp') ||
    !version ||
    !/^\d{4}-\d\d-\d\d$/.test(by ?? '') ||
    !by
  ) {
    print(usage);
    return 2;
  }
  return withPorts(env, print, async (ports) => {
    const { cases, clinicians } = await supersedeForm(ports, { kind, version, ...(hcp ? { hcp } : {}) }, by, now);
    print(
      `${cases} cases of ${clinicians} clinicians rest on this version; the clinicians are told.${now ? ' The cases are on hold until a new consent.' : ''}\n`,
    );
    return 0;
  });
}

if (import.meta.main) await fromTerminal(consentFormCommand);
