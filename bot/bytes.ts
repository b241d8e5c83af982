import type { DocumentEvent } from '../domain/documents.ts';
import type { CorePorts } from './context.ts';
import { dropHeld } from './upload/held.ts';

const over: readonly DocumentEvent['type'][] = [
  'document-released',
  'document-refused',
  'document-rejected',
  'document-uploaded',
  'document-purged',
];

/**
 * Lets the bytes of a document go in the moment in which it needs them no more, whoever caused that: the original and its findings once it is released, the scrubbed file
 * too once it was uploaded, thrown away, refused, or its case stopped. Run behind the commit; what a crash leaves here goes with its time.
 */
export async function dropBytes(ports: CorePorts, id: string, type: string): Promise<void> {
  if (!(over as readonly string[]).includes(type)) return;
  if (ports.spool) await dropHeld(ports.spool, id);
  if (type !== 'document-released') await ports.vault.delete(id);
}
