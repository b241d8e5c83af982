import { eq, sql } from 'drizzle-orm';
import type { RowWrite } from '../domain/memory-ports.ts';
import type { CaseDetails, Identity, PersonDetails } from '../domain/people.ts';
import type { Database } from './database.ts';
import type { KeptRows } from './kept.ts';
import type { Hashes } from './keys.ts';
import type { TextHashes } from './log.ts';
import { attestations, cases, identities, people, texts } from './schema.ts';
import type { Sealer } from './seal.ts';

export interface Attestation {
  readonly name: string;
  readonly role: string;
}

export interface SealedRows {
  /** Writes or erases one row; only within a transaction. */
  readonly write: (row: RowWrite, now: string) => void;
  /** The keyed hashes of the texts and attestations among the rows: what the log keeps of them. */
  readonly hashesOf: (rows: readonly RowWrite[]) => TextHashes;
  readonly person: (id: string) => PersonDetails | undefined;
  readonly personByIdentity: (identity: Identity) => string | undefined;
  readonly peopleByEmail: (email: string) => string[];
  readonly identitiesOf: (person: string) => Identity[];
  readonly caseDetails: (id: string) => CaseDetails | undefined;
  readonly text: (id: string) => string | undefined;
  readonly attestation: (id: string) => Attestation | undefined;
}

/** What is said about a text in the log: its hash covers these very characters. */
export const attestationText = ({ name, role }: Attestation) => JSON.stringify([name, role]);

/** The rows beside the log, each sealed where it stands and found by blind indexes only. What was erased cannot be undone. */
export function openRows({ db }: Database, { seal, open }: Sealer, hashes: Hashes, kept: KeptRows): SealedRows {
  const id = sql.placeholder('id');
  const now = sql.placeholder('now');
  const value = sql.placeholder('value');
  const again = { value: sql`excluded.value`, writtenAt: sql`excluded.written_at` };
  const anew = { details: sql`excluded.details`, writtenAt: sql`excluded.written_at` };

  const personRow = db.select().from(people).where(eq(people.id, id)).prepare();
  const writePerson = db
    .insert(people)
    .values({ id, email: sql.placeholder('email'), details: value, writtenAt: now })
    .onConflictDoUpdate({ target: people.id, set: { ...anew, email: sql`excluded.email` } })
    .prepare();
  const erasePerson = db.delete(people).where(eq(people.id, id)).prepare();
  const byEmail = db
    .select({ id: people.id })
    .from(people)
    .where(eq(people.email, sql.placeholder('email')))
    .orderBy(people.id)
    .prepare();

  const key = sql.placeholder('key');
  const identityRow = db.select().from(identities).where(eq(identities.key, key)).prepare();
  const identityRows = db.select().from(identities).where(eq(identities.person, id)).orderBy(sql`rowid`).prepare();
  const writeIdentity = db
    .insert(identities)
    .values({ key, person: id, value })
    .onConflictDoUpdate({ target: identities.key, set: { person: sql`excluded.person`, value: sql`excluded.value` } })
    .prepare();
  const eraseIdentity = db.delete(identities).where(eq(identities.key, key)).prepare();

  const caseRow = db.select().from(cases).where(eq(cases.id, id)).prepare();
  const writeCase = db
    .insert(cases)
    .values({ id, details: value, writtenAt: now })
    .onConflictDoUpdate({ target: cases.id, set: anew })
    .prepare();
  const eraseCase = db.delete(cases).where(eq(cases.id, id)).prepare();

  const textRow = db.select().from(texts).where(eq(texts.id, id)).prepare();
  const writeText = db
    .insert(texts)
    .values({ id, owner: sql.placeholder('owner'), value, writtenAt: now })
    .onConflictDoUpdate({ target: texts.id, set: { ...again, owner: sql`excluded.owner` } })
    .prepare();
  const eraseText = db.delete(texts).where(eq(texts.id, id)).prepare();

  const attestationRow = db.select().from(attestations).where(eq(attestations.id, id)).prepare();
  const writeAttestation = db
    .insert(attestations)
    .values({ id, value, writtenAt: now })
    .onConflictDoUpdate({ target: attestations.id, set: again })
    .prepare();
  const eraseAttestation = db.delete(attestations).where(eq(attestations.id, id)).prepare();

  const emailKey = (email: string) => hashes.index('email', email.normalize('NFC').trim().toLowerCase());
  const identityKey = ({ platform, tenant, user }: Identity) => hashes.index('identity', platform, tenant, user);
  const parsed = <T>(sealed: Buffer, place: Parameters<typeof open>[1]) =>
    JSON.parse(open(sealed, place).toString()) as T;

  return {
    write(row, at) {
      switch (row.row) {
        case 'person': {
          if (row.value === null) return void erasePerson.run({ id: row.id });
          const details = seal(JSON.stringify(row.value), `people:${row.id}:details`);
          return void writePerson.run({ id: row.id, email: emailKey(row.value.email), value: details, now: at });
        }
        case 'identity': {
          const found = identityKey(row.identity);
          if (row.person === null) return void eraseIdentity.run({ key: found });
          const { platform, tenant, user } = row.identity;
          const sealed = seal(JSON.stringify({ platform, tenant, user }), `identities:${found}:value`);
          return void writeIdentity.run({ key: found, id: row.person, value: sealed });
        }
        case 'case': {
          if (row.value === null) return void eraseCase.run({ id: row.id });
          const details = seal(JSON.stringify(row.value), `cases:${row.id}:details`);
          return void writeCase.run({ id: row.id, value: details, now: at });
        }
        case 'text': {
          if (row.value === null) return void eraseText.run({ id: row.id });
          const sealed = seal(row.value, `texts:${row.id}:value`);
          return void writeText.run({ id: row.id, owner: row.owner, value: sealed, now: at });
        }
        case 'attestation': {
          if (row.value === null) return void eraseAttestation.run({ id: row.id });
          const sealed = seal(JSON.stringify(row.value), `attestations:${row.id}:value`);
          return void writeAttestation.run({ id: row.id, value: sealed, now: at });
        }
        case 'kept':
          return row.value === null ? kept.delete(row.key) : kept.put(row.key, row.value, row.expiresAt);
      }
    },
    hashesOf: (rows) =>
      Object.fromEntries(
        rows.flatMap((row) => {
          if (row.row === 'text' && row.value !== null) return [[row.id, hashes.text(row.id, row.value)]];
          if (row.row === 'attestation' && row.value !== null)
            return [[row.id, hashes.text(row.id, attestationText(row.value))]];
          return [];
        }),
      ),
    person(personId) {
      const row = personRow.get({ id: personId });
      return row && parsed<PersonDetails>(row.details, `people:${row.id}:details`);
    },
    personByIdentity: (identity) => identityRow.get({ key: identityKey(identity) })?.person,
    peopleByEmail: (email) => byEmail.all({ email: emailKey(email) }).map((row) => row.id),
    identitiesOf: (person) =>
      identityRows.all({ id: person }).map((row) => parsed<Identity>(row.value, `identities:${row.key}:value`)),
    caseDetails(caseId) {
      const row = caseRow.get({ id: caseId });
      return row && parsed<CaseDetails>(row.details, `cases:${row.id}:details`);
    },
    text(textId) {
      const row = textRow.get({ id: textId });
      return row && open(row.value, `texts:${row.id}:value`).toString();
    },
    attestation(attestationId) {
      const row = attestationRow.get({ id: attestationId });
      return row && parsed<Attestation>(row.value, `attestations:${row.id}:value`);
    },
  };
}
