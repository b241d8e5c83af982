import type { ByteSource } from '../../domain/bytes.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/decider.ts';
import type { Document } from '../../domain/documents.ts';
import type { Actor } from '../../domain/people.ts';
import type { FileFormat } from '../../domain/ports.ts';
import type { Ports } from '../context.ts';
import { consented, forbidden } from './guards.ts';

const extensions: Readonly<Partial<Record<FileFormat, string>>> = {
  jpeg: 'jpg',
  tiff: 'tif',
  text: 'txt',
  dicom: 'dcm',
};

export interface Released {
  /** Made of the document's id and its format: it tells nothing. */
  readonly name: string;
  readonly source: ByteSource;
}

/** Where the scrubbed bytes are read from, where the document is at one of these stages and they are still there. */
export async function bytesOf(
  ports: Ports,
  id: string,
  state: Document,
  stages: readonly Document['stage'][],
): Promise<ByteSource | Refusal> {
  if (!stages.includes(state.stage)) return refuse('document.wrong-stage', { stage: state.stage });
  const length = await ports.vault.length(id);
  if (length === undefined) return refuse('document.bytes-gone');
  return {
    length,
    read: async (from, to) => {
      const bytes = await ports.vault.read(id, from, to);
      if (bytes?.length !== Math.min(to, length) - from) throw new Error('a scrubbed file went while it was read');
      return bytes;
    },
  };
}

/** A released file, while the patient consents to care. Who may have it is the caller's to ask. */
export async function releasedFile(ports: Ports, id: string, state: Document): Promise<Released | Refusal> {
  const source = await bytesOf(ports, id, state, ['released']);
  if (isRefusal(source)) return source;
  if (!(await consented(ports, state.caseId))) return refuse('consent.care-inactive');
  return { name: `${id}.${extensions[state.format] ?? state.format}`, source };
}

/** The same for this actor, at this moment: they must work on the case and have submitted the file themselves. */
export async function releasedTo(ports: Ports, actor: Actor, id: string): Promise<Released | Refusal> {
  const { state, version } = await ports.store.load('document', id);
  if (version === 0) return refuse('document.unknown');
  const refusal = await forbidden(ports, actor, { ref: state.caseId, document: id });
  return refusal ?? releasedFile(ports, id, state);
}
