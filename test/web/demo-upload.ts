import type { Decided, Refused, ReviewState, UploadPage, UploadState } from '../../bot/pages/pages.ts';
import type { KnownIdentifiers } from '../../domain/identifiers/spans.ts';
import { placesOf, samplePdf, samplePicture, sampleText, sampleTxt } from './demo-sample.ts';

const soon = () => new Date(Date.now() + 3_600_000).toISOString();
type Document = NonNullable<UploadState['document']>;

export interface DemoUpload {
  readonly page: UploadPage;
  /** What was analysed with, in order. */
  readonly known: KnownIdentifiers[];
  readonly decided: Decided[];
  /** Every piece that was taken: where it began, and its bytes. */
  readonly pieces: { readonly offset: number; readonly bytes: number }[];
  /** Nobody touched the file for its minutes. */
  leave(): void;
}

/** An upload page without a bot behind it, for one session: the file's first words choose what is found in it. */
export function createDemoUpload(session: string, ended: Refused, done: string[]): DemoUpload {
  const known: KnownIdentifiers[] = [];
  const decided: Decided[] = [];
  const pieces: { offset: number; bytes: number }[] = [];
  let state: UploadState = {
    caseId: 'C-7K3F9Q2M',
    language: 'en',
    expiresAt: soon(),
    limit: 50_000_000,
    dicomLimit: 100_000_000,
    bundleLimit: 2_000_000_000,
    idleMinutes: 15,
    dicomOptions: [],
  };
  let head = Buffer.alloc(0);
  let review: ReviewState | undefined;
  let finish: (() => UploadState) | undefined;

  const own = <T>(given: string, work: () => T): T | Refused => (given === session ? work() : ended);
  const base = () => {
    const { caseId, language, expiresAt, limit, dicomLimit, bundleLimit, idleMinutes, dicomOptions } = state;
    return { caseId, language, expiresAt, limit, dicomLimit, bundleLimit, idleMinutes, dicomOptions };
  };
  const to = (stage: Document['stage']) => {
    if (state.document) state = { ...base(), document: { ...state.document, stage } };
    return state;
  };
  /** Each look finds the work half of it further. */
  const goOn = () => {
    const { work } = state;
    if (!work || !finish) return;
    const left = work.of - work.done;
    if (left > 0) state = { ...state, work: { ...work, done: work.done + Math.min(left, Math.ceil(work.of / 2)) } };
    else if (work.phase === 'preparing') state = { ...state, work: { ...work, phase: 'reading', done: 0 } };
    else state = finish();
  };
  const gone = (page: number) => {
    const last = decided.at(-1);
    const accepted = new Set(last?.accepted);
    return [
      ...(review?.findings ?? [])
        .filter((one) => one.page === page && accepted.has(one.id))
        .flatMap(({ boxes }) => boxes),
      ...(last?.added ?? []).flatMap((one) => (one.page === page && 'box' in one ? [one.box] : [])),
    ];
  };

  const thrown: Document = {
    id: 'D-1',
    stage: 'rejected',
    format: 'pdf',
    pages: 0,
    removed: {},
    redacted: {},
    kept: {},
    notSearched: [],
    reviewable: false,
    bytesUntil: soon(),
  };

  const analysed = (): UploadState => {
    const text = head.toString('latin1');
    if (text.includes('locked')) {
      const words = 'This PDF has a password. Open it, save it without the password, and give it again.';
      return { ...base(), refused: { reason: 'password', words } };
    }
    const photo = text.startsWith('\xff\xd8');
    const pdf = photo || text.startsWith('%PDF');
    const found = pdf ? samplePdf(text.includes('long') ? 300 : undefined) : sampleTxt();
    review = {
      format: photo ? 'jpeg' : pdf ? 'pdf' : 'text',
      ...found,
      removed: pdf ? { metadata: 7, comment: 2, attachment: 1, 'new-kind': 4 } : {},
      notSearched: pdf ? [{ what: 'pictures-not-read', pages: [1] }] : [],
      flattens: pdf && !photo,
      until: soon(),
    };
    return { ...base(), review };
  };
  const applied = (given: Decided): UploadState => {
    const { format, findings = [], pages = [], removed = {}, notSearched = [] } = review ?? {};
    const accepted = new Set(given.accepted);
    const counts = (kinds: readonly string[]) =>
      Object.fromEntries([...new Set(kinds)].map((kind) => [kind, kinds.filter((one) => one === kind).length]));
    const document: Document = {
      id: 'D-1',
      stage: 'scrubbed',
      format: format ?? 'pdf',
      pages: pages.length,
      removed,
      redacted: counts([
        ...findings.filter(({ id }) => accepted.has(id)).map(({ kind }) => kind),
        ...given.added.map(() => 'drawn'),
      ]),
      kept: counts(findings.filter(({ id }) => !accepted.has(id)).map(({ kind }) => kind)),
      notSearched,
      reviewable: true,
      bytesUntil: soon(),
    };
    return { ...base(), document };
  };

  const page: UploadPage = {
    look: async (given) =>
      own(given, () => {
        goOn();
        return state;
      }),
    begin: async (given, size) =>
      own(given, () => {
        head = Buffer.alloc(0);
        pieces.length = 0;
        state = { ...base(), incoming: { size, offset: 0 } };
        done.push(`began ${size}`);
        return state;
      }),
    append: async (given, offset, bytes) =>
      own(given, () => {
        const { incoming } = state;
        if (!incoming) return { refused: 'upload.nothing', words: 'No file was begun. Choose it again.' };
        if (offset === incoming.offset) {
          if (offset === 0) head = Buffer.from(bytes.subarray(0, 64));
          pieces.push({ offset, bytes: bytes.byteLength });
          state = { ...state, incoming: { ...incoming, offset: offset + bytes.byteLength } };
        }
        return state;
      }),
    analyse: async (given, told) =>
      own(given, () => {
        known.push(told);
        const of = head.toString('latin1').includes('long') ? 300 : 3;
        finish = analysed;
        state = { ...base(), work: { phase: 'preparing', done: 0, of } };
        return state;
      }),
    search: async (given, phrase) =>
      own(given, () => {
        if (review?.format !== 'text') return { places: placesOf(phrase, review?.pages.length ?? 0) };
        const start = sampleText.toLowerCase().indexOf(phrase.toLowerCase());
        return { places: start < 0 ? [] : [{ page: 1, start, end: start + phrase.length }] };
      }),
    decide: async (given, decision) =>
      own(given, () => {
        decided.push(decision);
        finish = () => applied(decision);
        state = { ...base(), work: { phase: 'redacting', done: 0, of: review?.pages.length ?? 1 } };
        return state;
      }),
    reopen: async (given) =>
      own(given, () => {
        const last = decided.at(-1);
        if (review) state = { ...base(), review: { ...review, ...(last ? { decided: last } : {}) } };
        return state;
      }),
    async frame() {
      return { refused: 'upload.other-view', words: 'This page is no frame.' };
    },
    async picture(given, at, width, which) {
      if (given !== session) return ended;
      const count = review?.pages.length ?? 0;
      if (at > count) return { refused: 'page.unknown', words: 'There is no such page.' };
      return samplePicture(at, count, width, which, which === 'after' ? gone(at) : []);
    },
    text: async (given, at, which) =>
      own(given, () => {
        if (at > 1) return { refused: 'page.unknown', words: 'There is no such page.' };
        const accepted = new Set(decided.at(-1)?.accepted);
        const out = (review?.findings ?? []).filter(({ id }) => which === 'after' && accepted.has(id));
        const text = out.reduceRight(
          (held, { start, end }) => `${held.slice(0, start)}█████${held.slice(end)}`,
          sampleText,
        );
        return { text };
      }),
    attest: async (given, statements, pagesSeen) =>
      own(given, () => {
        done.push(`attested ${statements.length} ${pagesSeen}`);
        return to('released');
      }),
    stop: async (given) =>
      own(given, () => {
        const { work, incoming } = state;
        if (incoming) state = base();
        else if (work?.phase === 'redacting' && review) state = { ...base(), review };
        else if (work) state = { ...base(), document: { ...thrown, stage: 'rejected' } };
        return state;
      }),
    reject: async (given) =>
      own(given, () => {
        const { document } = state;
        state = document ? { ...base(), document: { ...document, stage: 'rejected' } } : base();
        review = undefined;
        return state;
      }),
    download: async (given) =>
      own(given, () => {
        const bytes = new TextEncoder().encode('%PDF-1.7');
        const file = { length: bytes.length, read: async (from: number, to: number) => bytes.subarray(from, to) };
        return { name: 'D-1.pdf', file };
      }),
    files: async (given) => own(given, () => ({ total: 0, refused: 0, files: [] })),
    uploaded: async (given) => own(given, () => to('uploaded')),
  };
  const leave = () => {
    const words = 'Nobody worked on the file for 15 minutes, so it was thrown away. Give it again.';
    state = { ...base(), refused: { reason: 'left', words } };
  };
  return { page, known, decided, pieces, leave };
}
