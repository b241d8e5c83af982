import type { Pages } from '../../bot/pages/pages.ts';
import { createDemoUpload, type DemoUpload } from './demo-upload.ts';

export const tokens = {
  upload: 'upload-token-aaaaaaaaaaaaaaaaaaaaaaaa',
  decision: 'decision-token-bbbbbbbbbbbbbbbbbbbbbb',
  calendar: 'calendar-token-eeeeeeeeeeeeeeeeeeeeee',
};
const sessions = { upload: 'upload-session-cccccccccccccccc', decision: 'decision-session-dddddddddddd' };
const soon = () => new Date(Date.now() + 3_600_000).toISOString();

export interface DemoPages extends Pages {
  /** What was attested, decided and started, in order. */
  readonly done: string[];
  readonly begun: string[];
  /** The upload page's own story. */
  readonly given: DemoUpload;
}

/** The one-time pages without a bot behind them: one upload and one decision, each link good for one use. */
export function createDemoPages(): DemoPages {
  const done: string[] = [];
  const begun: string[] = [];
  const ended = { refused: 'link.ended', words: 'This page has ended. Ask for a new link in the chat.' };
  const given = createDemoUpload(sessions.upload, ended, done);
  let outcome: 'authorised' | 'declined' | undefined;
  return {
    done,
    begun,
    given,
    async begin(token) {
      const page = (['upload', 'decision'] as const).find((name) => tokens[name] === token);
      if (!page || begun.includes(token))
        return { refused: 'link.used', words: 'This link was used. Ask for a new one.' };
      begun.push(token);
      return { page, session: sessions[page], expiresAt: soon() };
    },
    calendarFile: async (token, meeting) =>
      token === tokens.calendar ? { name: `${meeting ?? 'all'}.ics`, text: 'BEGIN:VCALENDAR\r\n' } : undefined,
    upload: given.page,
    decision: {
      look: async (session) => (session === sessions.decision ? decisionState() : ended),
      async decide(session, decided, reason) {
        if (session !== sessions.decision) return ended;
        if (decided === 'declined' && !reason) return { refused: 'reason.missing', words: 'Write a reason.' };
        outcome = decided;
        done.push(decided);
        return decisionState();
      },
    },
    poll: {
      begin: async () => ended,
      look: async () => ended,
      answer: async () => ended,
    },
    plan: {
      begin: async () => ended,
      look: async () => ended,
      move: async () => ended,
    },
    own: {
      look: async (who) => ({
        language: 'en',
        name: who.name ?? '',
        sections: [
          { name: 'home', label: 'Overview' },
          { name: 'case', label: 'Cases' },
        ],
      }),
      act: async () => ({ cards: [{ title: 'Where you stand', body: [{ kind: 'text', text: 'Nothing waits.' }] }] }),
    },
    tab: {
      begin: async () => ended,
      look: async () => ended,
      act: async () => ended,
      suggest: async () => ended,
    },
    signIn: {
      look: async (token) =>
        token === 'good' ? { name: 'Dr. Noor Fictiva' } : { refused: 'link.used', words: 'This link was used.' },
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
