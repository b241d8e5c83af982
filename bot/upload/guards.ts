import { denied } from '../../domain/access.ts';
import { careActive } from '../../domain/consent.ts';
import { type Refusal, refuse } from '../../domain/decider.ts';
import type { Document } from '../../domain/documents.ts';
import type { Actor } from '../../domain/people.ts';
import type { Ports } from '../context.ts';
import type { PageSession } from '../pages/links.ts';

const underWay: readonly Document['stage'][] = ['received', 'scrubbed', 'attested', 'released'];

/** Why the person may not use the page for this case (any more): they must work on the case, and have received the file themselves. */
export async function forbidden(
  ports: Ports,
  actor: Actor,
  session: Pick<PageSession, 'ref' | 'document'>,
): Promise<Refusal | undefined> {
  const { state } = await ports.store.load('case', session.ref);
  const refusal =
    denied(actor, 'case.ready', { owner: state.owner, hcp: state.hcp }) ??
    denied(actor, 'document.receive', { owner: state.owner, hcp: state.hcp });
  if (refusal || !session.document) return refusal;
  const document = (await ports.store.load('document', session.document)).state;
  if (document.caseId !== session.ref) return refuse('document.unknown');
  return denied(actor, 'document.attest', { owner: document.submitter, hcp: document.hcp });
}

/** Whether the patient consents to care now, and the case goes on. */
export async function consented(ports: Ports, caseId: string): Promise<boolean> {
  const [consent, { state }] = await Promise.all([
    ports.store.load('consent', caseId),
    ports.store.load('case', caseId),
  ]);
  return careActive(consent.state) && !state.onHold && state.stage !== 'closed';
}

/** One document is on its way at a time in a session; one whose file was left is not. */
export async function isUnderWay(ports: Ports, { document }: PageSession): Promise<boolean> {
  if (document === undefined) return false;
  const { stage, purged } = (await ports.store.load('document', document)).state;
  return underWay.includes(stage) && !purged;
}
