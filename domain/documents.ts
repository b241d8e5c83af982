import type { Ask, Decider, Fact } from './decider.ts';
import { refuse } from './decider.ts';
import type { FileFormat, OfficeFormat } from './ports.ts';

const officeFormats: Readonly<Record<OfficeFormat, true>> = {
  docx: true,
  xlsx: true,
  pptx: true,
  odt: true,
  ods: true,
  odp: true,
};

/** Whether a format is a document of text, sheets or slides. */
export const isOffice = (format: FileFormat): format is OfficeFormat => format in officeFormats;

/** What became of one file of a bundle: under its number there (1-based), never its name, and with the name that it has in the output. */
export type BundledFile = { readonly number: number } & (
  | { readonly outcome: 'scrubbed'; readonly name: string }
  | {
      readonly outcome: 'refused';
      readonly reason: string;
      readonly params?: Readonly<Record<string, string | number>>;
    }
);

/** Whether a file of a folder or an archive, by its path there, is what systems put beside files, and nobody gave. */
export const isBesideFiles = (path: string): boolean =>
  /^__MACOSX\/|(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\.[^/]*)$/i.test(path);

/** Whether a format has pages of text and others that are pictures. */
export const isMixed = (format: FileFormat): boolean => format === 'zip' || format === 'dicom' || isOffice(format);

export type DocumentStage =
  | 'none'
  | 'received'
  | 'scrubbed'
  | 'attested'
  | 'released'
  | 'uploaded'
  | 'purged'
  | 'rejected'
  | 'refused';

/** What came out of a scrub, as it is recorded: codes and counts, never a value. */
export interface ScrubRecord {
  readonly format: FileFormat;
  readonly pages: number;
  /** Counts of what was removed unseen, by kind: never a value. */
  readonly removed: Readonly<Record<string, number>>;
  /** Counts of what was redacted on the pages, by kind of identifier. */
  readonly redacted: Readonly<Record<string, number>>;
  /** Counts of what looks like an identifier and was kept on the pages by the submitter. */
  readonly kept: Readonly<Record<string, number>>;
  /** What the tool could not search, as codes. */
  readonly notSearched: readonly string[];
}

/** A file on its way to CPMS. Its bytes are in the vault for hours, its name is never kept. */
export interface Document extends ScrubRecord {
  readonly stage: DocumentStage;
  readonly caseId: string;
  readonly hcp: string;
  /** Who attached it: the only person who is told the verdict, and who attests. */
  readonly submitter: string;
  /** Bytes are gone (they go by themselves, or with the purge). */
  readonly purged: boolean;
  readonly since: string;
}

/** What the submitter states, each one ticked by hand: rule 5. */
export const attestationStatements = [
  'looked-at-every-page',
  'comments-and-annotations',
  'no-identifier-left',
] as const;
export type AttestationStatement = (typeof attestationStatements)[number];

export type DocumentCommand =
  | (Ask & {
      readonly type: 'document.receive';
      readonly caseId: string;
      readonly hcp: string;
      readonly submitter: string;
    })
  | (Ask & ScrubRecord & { readonly type: 'document.scrubbed'; readonly verified: boolean })
  | (Ask & { readonly type: 'document.refuse'; readonly reason: string })
  /** Back to the findings: what was scrubbed is dropped, and scrubbed anew. */
  | (Ask & { readonly type: 'document.reopen' })
  /** `inSeries` of the pages are frames that were looked at one after the other, as a series. */
  | (Ask & {
      readonly type: 'document.attest';
      readonly statements: readonly string[];
      readonly pagesSeen: number;
      readonly inSeries?: number;
    })
  | (Ask & { readonly type: 'document.release' })
  | (Ask & { readonly type: 'document.reject' })
  | (Ask & { readonly type: 'document.uploaded' })
  | (Ask & { readonly type: 'document.purge' });

export type DocumentEvent =
  | (Fact & {
      readonly type: 'document-received';
      readonly caseId: string;
      readonly hcp: string;
      readonly submitter: string;
    })
  /** Format, redacted and kept are absent where only PDF was taken, and nothing on its pages was redacted. */
  | (Fact &
      Partial<ScrubRecord> &
      Pick<ScrubRecord, 'pages' | 'removed' | 'notSearched'> & { readonly type: 'document-scrubbed' })
  | (Fact & { readonly type: 'document-reopened' })
  | (Fact & { readonly type: 'document-refused'; readonly reason: string })
  | (Fact & {
      readonly type: 'document-attested';
      readonly statements: readonly AttestationStatement[];
      /** Pages that were frames of a series, gone through one after the other; absent where there were none. */
      readonly inSeries?: number;
    })
  | (Fact & { readonly type: 'document-released' })
  | (Fact & { readonly type: 'document-rejected' })
  | (Fact & { readonly type: 'document-uploaded' })
  | (Fact & { readonly type: 'document-purged' });

export interface DocumentFacts {
  readonly careConsent: boolean;
  /** The HCP of the case, when something is received: the document's is the same. */
  readonly caseHcp?: string;
  /** The case is open and not on hold. */
  readonly caseGoesOn: boolean;
  /** The scrubbed bytes are still in the vault. */
  readonly bytesThere: boolean;
}

/** A kind or a reason as a code: the log has no room for what was found in a file. */
const code = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function wellFormed({ format, pages, removed, redacted, kept, notSearched }: ScrubRecord): boolean {
  const count = (value: number) => Number.isSafeInteger(value) && value >= 0;
  return (
    code.test(format) &&
    count(pages) &&
    pages > 0 &&
    notSearched.every((what) => code.test(what)) &&
    [removed, redacted, kept].every((counts) =>
      Object.entries(counts).every(([kind, times]) => code.test(kind) && count(times)),
    )
  );
}

export const document: Decider<Document, DocumentCommand, DocumentEvent, DocumentFacts> = {
  initial: {
    stage: 'none',
    caseId: '',
    hcp: '',
    submitter: '',
    format: 'pdf',
    pages: 0,
    removed: {},
    redacted: {},
    kept: {},
    notSearched: [],
    purged: false,
    since: '',
  },

  decide(state, command, facts) {
    const { at, by } = command;
    const consented = facts.careConsent && facts.caseGoesOn;
    const wrongStage = () => refuse('document.wrong-stage', { stage: state.stage });
    if (command.type === 'document.receive') {
      if (state.stage !== 'none') return wrongStage();
      if (!consented) return refuse('consent.care-inactive');
      const { caseId, hcp, submitter } = command;
      if (by !== submitter) return refuse('document.submitter-only');
      if (facts.caseHcp !== undefined && facts.caseHcp !== hcp) return refuse('document.other-hcp');
      return [{ type: 'document-received', at, by, caseId, hcp, submitter }];
    }
    if (state.stage === 'none') return refuse('document.unknown');

    switch (command.type) {
      case 'document.scrubbed': {
        if (state.stage !== 'received') return wrongStage();
        if (!consented) return refuse('consent.care-inactive');
        if (!command.verified) return refuse('document.not-verified');
        if (!wellFormed(command)) return refuse('document.report-malformed');
        const { format, pages, removed, redacted, kept, notSearched } = command;
        return [{ type: 'document-scrubbed', at, by, format, pages, removed, redacted, kept, notSearched }];
      }
      case 'document.reopen':
        if (state.stage !== 'scrubbed') return wrongStage();
        if (by !== state.submitter) return refuse('document.submitter-only');
        if (!consented) return refuse('consent.care-inactive');
        return [{ type: 'document-reopened', at, by }];
      case 'document.refuse':
        if (state.stage !== 'received') return wrongStage();
        // The refusal counts, whatever its reason is called.
        return [{ type: 'document-refused', at, by, reason: code.test(command.reason) ? command.reason : 'unnamed' }];
      case 'document.attest': {
        if (state.stage !== 'scrubbed') return wrongStage();
        if (by !== state.submitter) return refuse('document.submitter-only');
        if (!consented) return refuse('consent.care-inactive');
        if (!facts.bytesThere) return refuse('document.bytes-gone');
        if (!(command.pagesSeen >= state.pages))
          return refuse('document.pages-not-seen', { seen: command.pagesSeen, pages: state.pages });
        const missing = attestationStatements.filter((statement) => !command.statements.includes(statement));
        if (missing.length > 0) return refuse('document.statements-missing', { missing: missing.length });
        const inSeries = Math.min(state.pages, Math.max(0, Math.floor(command.inSeries ?? 0)));
        return [
          {
            type: 'document-attested',
            at,
            by,
            statements: attestationStatements,
            ...(inSeries > 0 ? { inSeries } : {}),
          },
        ];
      }
      case 'document.release':
        if (state.stage !== 'attested') return wrongStage();
        if (by !== state.submitter) return refuse('document.submitter-only');
        if (!consented) return refuse('consent.care-inactive');
        if (!facts.bytesThere) return refuse('document.bytes-gone');
        return [{ type: 'document-released', at, by }];
      case 'document.reject':
        if (!['received', 'scrubbed', 'attested', 'released'].includes(state.stage)) return wrongStage();
        return [{ type: 'document-rejected', at, by }];
      case 'document.uploaded':
        if (state.stage !== 'released') return wrongStage();
        if (by !== state.submitter) return refuse('document.submitter-only');
        if (!consented) return refuse('consent.care-inactive');
        return [{ type: 'document-uploaded', at, by }];
      case 'document.purge':
        return state.purged ? [] : [{ type: 'document-purged', at, by }];
    }
  },

  evolve(state, event) {
    const to = (stage: DocumentStage, more: Partial<Document> = {}): Document => ({
      ...state,
      ...more,
      stage,
      since: event.at,
    });
    switch (event.type) {
      case 'document-received':
        return to('received', { caseId: event.caseId, hcp: event.hcp, submitter: event.submitter });
      case 'document-scrubbed':
        return to('scrubbed', {
          format: event.format ?? 'pdf',
          pages: event.pages,
          removed: event.removed,
          redacted: event.redacted ?? {},
          kept: event.kept ?? {},
          notSearched: event.notSearched,
        });
      case 'document-reopened':
        // What the last scrub gave is gone with its bytes; the next one says anew.
        return to('received', { pages: 0, removed: {}, redacted: {}, kept: {}, notSearched: [] });
      case 'document-refused':
        return to('refused', { purged: true });
      case 'document-attested':
        return to('attested');
      case 'document-released':
        return to('released');
      case 'document-rejected':
        return to('rejected');
      case 'document-uploaded':
        return to('uploaded');
      case 'document-purged':
        // A refused or rejected file stays what it was: only its bytes are gone.
        return state.stage === 'refused' || state.stage === 'rejected'
          ? { ...state, purged: true }
          : to('purged', { purged: true });
    }
  },
};
