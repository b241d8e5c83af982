import { current } from '../../domain/consent.ts';
import { isRefusal } from '../../domain/decider.ts';
import type { Outgoing } from '../../domain/memory-ports.ts';
import { system } from '../../domain/people.ts';
import type { CorePorts } from '../context.ts';
import { execute } from '../execute.ts';

/** A version of a consent form that no longer holds: the Commission's everywhere, an HCP's own at that HCP. */
export interface SupersededForm {
  readonly kind: 'commission' | 'hcp';
  readonly version: string;
  /** The HCP's code; without it every HCP that used this version. */
  readonly hcp?: string;
}

/**
 * Tells each clinician how many of their cases rest on the version and by when (ISO date) a new consent is due; with `now` those
 * consents are superseded at once, which puts the cases on hold. Gives the number of cases and of clinicians. Safe to run twice.
 */
export async function supersedeForm(
  ports: CorePorts,
  form: SupersededForm,
  by: string,
  now: boolean,
): Promise<{ readonly cases: number; readonly clinicians: number }> {
  const concerned = new Map<string, string[]>();
  for (const { id, state } of await ports.store.find('consent', { status: ['given'] }, { limit: 100_000 })) {
    const care = current(state, 'care');
    if (care?.form.kind !== form.kind || care.form.version !== form.version) continue;
    const { owner, hcp, stage } = (await ports.store.load('case', id)).state;
    if (stage === 'closed' || (form.hcp !== undefined && hcp !== form.hcp)) continue;
    concerned.set(owner, [...(concerned.get(owner) ?? []), id]);
  }
  for (const [owner, cases] of concerned) {
    if (now) {
      for (const id of cases) {
        const done = await execute(ports, system, [
          { kind: 'consent', id, command: { type: 'consent.supersede', purpose: 'care' } },
        ]);
        if (isRefusal(done)) throw new Error(`Refused for ${id}: ${done.refused}`);
      }
    }
    const payload = {
      notice: now ? 'form-ended' : 'form-superseded',
      kind: 'consent',
      id: cases[0] ?? '',
      version: '0',
      person: owner,
      count: String(cases.length),
      by,
    };
    const notice: Outgoing = { kind: 'notice', lane: owner, payload };
    await ports.outbox.add([notice]);
  }
  return { cases: [...concerned.values()].flat().length, clinicians: concerned.size };
}
