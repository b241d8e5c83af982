/** What a piece of text identifies a person by. */
export const identifierKinds = [
  'name',
  'birth-date',
  'date',
  'age',
  'number',
  'phone',
  'email',
  'web',
  'address',
  'place',
  'institution',
] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/**
 * 'certain': typed by the member, named by a label, or of a shape with its checksum. 'possible': a list, a shape alone or the tagger says so; a
 * person decides.
 */
export type Certainty = 'certain' | 'possible';

/** A part of a text, in UTF-16 units: `start` inclusive, `end` exclusive. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** A part of a text that may identify somebody. `rule` names what found it and never quotes the text ('known-name', 'label:birth-date', 'es:dni', 'tagger'). */
export interface Span extends Part {
  readonly kind: IdentifierKind;
  readonly certainty: Certainty;
  readonly rule: string;
}

/** What the member knows of the patient, typed for one scrub: in memory for it alone, never written, never logged. */
export interface KnownIdentifiers {
  /** Full names or parts of them, as they are written: 'Jiří Novák', 'de la Cruz, María'. */
  readonly names: readonly string[];
  /** ISO 8601 calendar date, 'YYYY-MM-DD'. */
  readonly birthDate?: string;
  /** Hospital, insurance and national numbers, in any spacing. */
  readonly numbers?: readonly string[];
}

export interface FindOptions {
  readonly known?: KnownIdentifiers;
  /** BCP 47 primary languages that the text is expected in, the likeliest first; the text itself decides where it is absent. */
  readonly languages?: readonly string[];
}
