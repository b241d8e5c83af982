import type { Clock } from '../domain/ports.ts';
import { type Anchor, readAnchors, writeAnchor } from './anchor.ts';
import type { Hashes } from './keys.ts';
import { genesis, type Head, type Log, textHashes } from './log.ts';
import { attestationText, type SealedRows } from './rows.ts';

/** What is wrong with the first broken row. */
export type Break =
  /** The row, or the one before it, is not what was written. */
  | 'hash'
  /** A row is missing. */
  | 'gap'
  /** The entity's version does not follow on the one before. */
  | 'version'
  /** A sealed text of the row is not what was written. An erased one is in order. */
  | 'text'
  /** The log had another row there when it was anchored: it was written anew. */
  | 'anchor'
  /** The log ends before an anchored row: its tail was cut. */
  | 'cut';

export type Verification =
  | { readonly ok: true; readonly head: Head; readonly anchors: number }
  | { readonly ok: false; readonly seq: number; readonly broken: Break; readonly kind?: string; readonly id?: string };

export interface Audit {
  /** Walks the whole chain and names the first broken row. Holds the connection while it does. */
  readonly verify: () => Verification;
  readonly head: () => Head;
  /** Writes the head to the anchor file now. Throws where no file is configured. */
  readonly anchor: () => Anchor;
  /**
   * The same, at most once a day (UTC) and only when the log has grown; undefined when there was nothing to do. For the
   * clock of `main`. Throws where the log no longer holds the row that was anchored last.
   */
  readonly anchorDaily: () => Anchor | undefined;
}

/** The watch over the log: its keyed chain, the texts it speaks of, and the anchors outside. */
export function openAudit(
  log: Log,
  rows: SealedRows,
  hashes: Hashes,
  clock: Clock,
  anchorFile: string | undefined,
): Audit {
  const anchor = () => {
    if (anchorFile === undefined) throw new Error('No anchor file is configured.');
    const anchored = { at: clock.now(), ...log.head() };
    writeAnchor(anchorFile, anchored);
    return anchored;
  };

  /** The first text of a row that is there, and is not what the log says. */
  const alteredText = (pairs: Readonly<Record<string, string>>) =>
    Object.entries(pairs).some(([id, hash]) => {
      try {
        const text = rows.text(id);
        const attestation = text === undefined ? rows.attestation(id) : undefined;
        const value = text ?? (attestation && attestationText(attestation));
        return value !== undefined && hashes.text(id, value) !== hash;
      } catch {
        return true;
      }
    });

  return {
    head: log.head,
    anchor,
    anchorDaily() {
      if (anchorFile === undefined) return undefined;
      const last = readAnchors(anchorFile).at(-1);
      if (!last) return anchor();
      if (log.hashAt(last.seq) !== last.hash) throw new Error(`The log does not hold the anchored row ${last.seq}.`);
      const due = last.at.slice(0, 10) < clock.now().slice(0, 10) && last.seq !== log.head().seq;
      return due ? anchor() : undefined;
    },
    verify() {
      const anchors = anchorFile === undefined ? [] : readAnchors(anchorFile);
      const anchored = new Map(anchors.map(({ seq, hash }) => [seq, hash]));
      const versions = new Map<string, number>();
      // A text that is written again (a corrected reason) counts as its last hash says.
      const lastHash = new Map<string, { readonly hash: string; readonly seq: number }>();
      let seq = 0;
      let previous: Buffer = genesis;
      for (const row of log.all()) {
        const broken = (what: Break): Verification => ({
          ok: false,
          seq: row.seq,
          broken: what,
          kind: row.kind,
          id: row.id,
        });
        if (row.seq !== seq + 1) return { ok: false, seq: seq + 1, broken: 'gap' };
        const hash = log.link(previous, row);
        if (!hash.equals(row.hash)) return broken('hash');
        const stream = JSON.stringify([row.kind, row.id]);
        if (row.version !== (versions.get(stream) ?? 0) + 1) return broken('version');
        if ((anchored.get(row.seq) ?? hash.toString('hex')) !== hash.toString('hex')) return broken('anchor');
        for (const [id, textHash] of Object.entries(textHashes(row)))
          lastHash.set(id, { hash: textHash, seq: row.seq });
        versions.set(stream, row.version);
        seq = row.seq;
        previous = hash;
      }
      const beyond = anchors.find((found) => found.seq > seq);
      if (beyond) return { ok: false, seq: seq + 1, broken: 'cut' };
      for (const [id, { hash, seq: at }] of lastHash)
        if (alteredText({ [id]: hash })) return { ok: false, seq: at, broken: 'text', id };
      return { ok: true, head: { seq, hash: previous.toString('hex') }, anchors: anchors.length };
    },
  };
}
