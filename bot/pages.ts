import type { Refusal } from '../domain/decider.ts';
import type { DocumentStage } from '../domain/documents.ts';
import type { Removed } from '../domain/ports.ts';

/**
 * What the pages that are opened by a one-time link can do. A link is bound to a person, a thing and minutes. `begin` uses it
 * up and gives a session (opening the address alone does not: mail scanners open addresses); everything else needs the session.
 * A refusal is a code with a sentence in the person's language.
 */
export interface Pages {
  begin(token: string): Promise<Begun | Refused>;
  readonly upload: UploadPage;
  readonly decision: DecisionPage;
  readonly signIn: SignInPage;
}

export interface Refused extends Refusal {
  readonly words: string;
}

export interface Begun {
  readonly page: 'upload' | 'decision';
  /** 256 random bits, for a cookie; ends at `expiresAt`. */
  readonly session: string;
  readonly expiresAt: string;
}

export interface UploadState {
  readonly caseId: string;
  readonly language: string;
  readonly expiresAt: string;
  /** The largest file that is taken, in bytes. */
  readonly limit: number;
  /** Absent before a file was given. */
  readonly document?: {
    readonly id: string;
    readonly stage: DocumentStage;
    readonly pages: number;
    readonly removed: Removed;
    readonly notSearched: readonly { readonly what: string; readonly pages: readonly number[] }[];
    /** When the scrubbed file goes by itself. */
    readonly bytesUntil: string;
  };
  /** The last file was refused: the reason in words, and the way out. */
  readonly refused?: { readonly reason: string; readonly words: string };
}

export interface UploadPage {
  look(session: string): Promise<UploadState | Refused>;
  /** Scrubs the file; only what verifies is kept, sealed, for hours. `name` is used to say what it seems to be, and not kept. */
  receive(session: string, file: Uint8Array, name: string): Promise<UploadState | Refused>;
  /** A PNG of one page (1-based) of the scrubbed file, `width` pixels wide (200–2000). */
  picture(session: string, page: number, width: number): Promise<Uint8Array | Refused>;
  /** The personal attestation and, with it, the release to the case. */
  attest(session: string, statements: readonly string[], pagesSeen: number): Promise<UploadState | Refused>;
  /** Throws the file away: the person found something. */
  reject(session: string): Promise<UploadState | Refused>;
  /** The scrubbed file, once released, for the upload to CPMS; `name` is made of the document's id. */
  download(session: string): Promise<{ readonly name: string; readonly file: Uint8Array } | Refused>;
  /** 'I uploaded it to CPMS': the bytes here are purged. */
  uploaded(session: string): Promise<UploadState | Refused>;
}

export interface DecisionState {
  readonly language: string;
  readonly expiresAt: string;
  readonly applicant: string;
  readonly as: 'clinician' | 'assistant';
  readonly hcp: string;
  readonly requestedAt: string;
  /** Present once it was decided. */
  readonly outcome?: 'authorised' | 'declined';
}

export interface DecisionPage {
  look(session: string): Promise<DecisionState | Refused>;
  /** `reason` is needed to decline. */
  decide(session: string, outcome: 'authorised' | 'declined', reason?: string): Promise<DecisionState | Refused>;
}

export interface SignInPage {
  /** Uses the link up and gives the provider's address to go to. */
  start(token: string): Promise<{ readonly url: string } | Refused>;
  /** What the provider sent back, as a full address. Gives a sentence that says what was verified. */
  finish(callbackUrl: string): Promise<{ readonly words: string } | Refused>;
}
