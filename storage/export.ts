import type { Kind } from '../domain/entities.ts';
import type { LogRow } from '../domain/memory-ports.ts';
import type { Database } from './database.ts';
import { type Log, logRow, textHashes } from './log.ts';
import type { Attestation, SealedRows } from './rows.ts';

/** Whose trail an authority asks for. */
export type About = { readonly hcp: string } | { readonly case: string };

/** One row of the trail as it leaves the house. */
export interface ExportedRow extends LogRow {
  /** The keyed hashes of the texts that came with it: whether a text is the one that was written can be shown later. */
  readonly texts: Readonly<Record<string, string>>;
  /** Who attested, by the attestation's id; without those whose retention is over. */
  readonly attestations: Readonly<Record<string, Attestation>>;
  readonly previousHash: string;
  readonly hash: string;
}

/**
 * The trail about one HCP or one case, over all kinds and in the log's order: what happened, to what, by whom, with the
 * chain's hashes. The names and roles of attestations are opened; free texts are not. For the data protection officer.
 */
export function* exportTrail({ client }: Database, log: Log, rows: SealedRows, about: About): Generator<ExportedRow> {
  const streams = concerned(client, about);
  let previousHash = '';
  for (const row of log.all()) {
    const shown = logRow(row);
    const hash = row.hash.toString('hex');
    if (streams.has(`${row.kind} ${row.id}`) || ('hcp' in about && names(shown, about.hcp))) {
      const texts = textHashes(row);
      const opened = Object.keys(texts).flatMap((id) => {
        const attestation = rows.attestation(id);
        return attestation ? [[id, attestation] as const] : [];
      });
      yield { ...shown, texts, attestations: Object.fromEntries(opened), previousHash, hash };
    }
    previousHash = hash;
  }
}

/** The streams of the HCP or the case: what stands at it in the read tables, and the consents of its cases. */
function concerned(client: Database['client'], about: About): ReadonlySet<string> {
  const found =
    'hcp' in about
      ? client
          .prepare<[{ about: string }], { kind: Kind; id: string }>(
            `SELECT kind, id FROM entities WHERE hcp = :about UNION
             SELECT kind, id FROM entities WHERE case_id IN
               (SELECT id FROM entities WHERE kind = 'case' AND hcp = :about)`,
          )
          .all({ about: about.hcp })
      : client
          .prepare<[{ about: string }], { kind: Kind; id: string }>(
            'SELECT kind, id FROM entities WHERE case_id = :about',
          )
          .all({ about: about.case });
  return new Set(found.map(({ kind, id }) => `${kind} ${id}`));
}

/** Whether an event of a person or of the directory is about the HCP: a role there, its listing. */
function names({ kind, event }: LogRow, code: string): boolean {
  if (kind === 'person') return (event.grant as { hcp?: string } | undefined)?.hcp === code;
  if (kind !== 'directory') return false;
  return event.hcp === code || (event.hcp as { code?: string } | undefined)?.code === code;
}

const header = [
  'seq',
  'at',
  'by',
  'kind',
  'id',
  'version',
  'type',
  'event',
  'attestedBy',
  'attestedAs',
  'previousHash',
  'hash',
];

/** The trail as JSON lines. */
export function* jsonLines(trail: Iterable<ExportedRow>): Generator<string> {
  for (const row of trail) yield `${JSON.stringify(row)}\n`;
}

/** The trail as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
export function* csv(trail: Iterable<ExportedRow>): Generator<string> {
  yield `${header.join(',')}\r\n`;
  for (const { seq, kind, id, version, event, attestations, previousHash, hash } of trail) {
    const attested = Object.values(attestations);
    const cells = [
      seq,
      event.at,
      event.by,
      kind,
      id,
      version,
      event.type,
      JSON.stringify(event),
      attested.map(({ name }) => name).join('; '),
      attested.map(({ role }) => role).join('; '),
      previousHash,
      hash,
    ];
    yield `${cells.map(cell).join(',')}\r\n`;
  }
}

function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
