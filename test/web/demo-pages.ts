import { PNG } from 'pngjs';
import type { Pages, UploadState } from '../../bot/pages.ts';

export const tokens = {
  upload: 'upload-token-aaaaaaaaaaaaaaaaaaaaaaaa',
  decision: 'decision-token-bbbbbbbbbbbbbbbbbbbbbb',
};
const sessions = { upload: 'upload-session-cccccccccccccccc', decision: 'decision-session-dddddddddddd' };
const soon = () => new Date(Date.now() + 3_600_000).toISOString();

export interface DemoPages extends Pages {
  /** What was attested, decided and started, in order. */
  readonly done: string[];
  readonly begun: string[];
}

/** A page with grey lines, as wide as asked, in A4's proportions. */
function paper(width: number): Uint8Array {
  const height = Math.round(width * 1.414);
  const png = new PNG({ width, height });
  png.data.fill(255);
  const row = Math.max(1, Math.round(height / 60));
  for (let y = row * 6; y < height - row * 6; y++)
    for (let x = Math.round(width * 0.1); x < width * 0.9; x++)
      if (Math.floor(y / row) % 2 === 0) png.data.fill(190, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return new Uint8Array(PNG.sync.write(png));
}

/** The one-time pages without a bot behind them: one upload and one decision, each link good for one use. */
export function createDemoPages(): DemoPages {
  const done: string[] = [];
  const begun: string[] = [];
  const ended = { refused: 'link.ended', words: 'This page has ended. Ask for a new link in the chat.' };
  let state: UploadState = { caseId: 'C-7K3F9Q2M', language: 'en', expiresAt: soon(), limit: 2_000_000 };
  let outcome: 'authorised' | 'declined' | undefined;
  const to = (stage: NonNullable<UploadState['document']>['stage']) => {
    if (state.document) state = { ...state, document: { ...state.document, stage } };
    return state;
  };
  const own = <T>(session: string, work: () => T) => (session === sessions.upload ? work() : ended);
  return {
    done,
    begun,
    async begin(token) {
      const page = (['upload', 'decision'] as const).find((name) => tokens[name] === token);
      if (!page || begun.includes(token))
        return { refused: 'link.used', words: 'This link was used. Ask for a new one.' };
      begun.push(token);
      return { page, session: sessions[page], expiresAt: soon() };
    },
    upload: {
      look: async (session) => own(session, () => state),
      receive: async (session, file, name) =>
        own(session, () => {
          done.push(`received ${file.byteLength} ${name}`);
          if (name.includes('locked')) {
            const words = 'This PDF has a password. Open it, save it without the password, and give it again.';
            state = { ...state, refused: { reason: 'password', words } };
            return state;
          }
          const { refused: _, ...rest } = state;
          state = {
            ...rest,
            document: {
              id: 'D-1',
              stage: 'scrubbed',
              pages: 3,
              removed: { metadata: 7, comment: 2, attachment: 1, 'new-kind': 4 },
              notSearched: [
                { what: 'visible-text', pages: [] },
                { what: 'pictures', pages: [1, 3] },
              ],
              bytesUntil: soon(),
            },
          };
          return state;
        }),
      picture: async (session, page, width) =>
        own(session, () => (page <= 3 ? paper(width) : { refused: 'page.unknown', words: 'There is no such page.' })),
      attest: async (session, statements, pagesSeen) =>
        own(session, () => {
          done.push(`attested ${statements.length} ${pagesSeen}`);
          return to('released');
        }),
      reject: async (session) => own(session, () => to('rejected')),
      download: async (session) =>
        own(session, () => ({ name: 'D-1.pdf', file: new TextEncoder().encode('%PDF-1.7') })),
      uploaded: async (session) => own(session, () => to('uploaded')),
    },
    decision: {
      look: async (session) => (session === sessions.decision ? decisionState() : ended),
      async decide(session, given, reason) {
        if (session !== sessions.decision) return ended;
        if (given === 'declined' && !reason) return { refused: 'reason.missing', words: 'Write a reason.' };
        outcome = given;
        done.push(given);
        return decisionState();
      },
    },
    signIn: {
      start: async (token) =>
        token === 'good'
          ? { url: 'https://provider.example/authorize?state=the-state' }
          : { refused: 'link.used', words: 'This link was used.' },
      async finish(address) {
        done.push(address);
        return { words: 'EU Login verified your account and a second factor.' };
      },
    },
  };

  function decisionState() {
    return {
      language: 'en',
      expiresAt: soon(),
      applicant: 'Dr. Noor Fictiva',
      as: 'clinician' as const,
      hcp: 'Northbridge University Hospital',
      requestedAt: '2026-11-23T08:00:00.000Z',
      ...(outcome ? { outcome } : {}),
    };
  }
}
