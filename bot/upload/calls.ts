import { isRefusal, type Refusal, refuse } from '../../domain/decider.ts';
import type { Document } from '../../domain/documents.ts';
import type { Actor } from '../../domain/people.ts';
import type { Ports } from '../context.ts';
import { keepSession, type PageSession, refused, sessionOf } from '../pages/links.ts';
import type { Refused, UploadState } from '../pages/pages.ts';
import { actorOf } from '../who.ts';
import { forbidden } from './guards.ts';
import { touchHeld } from './held.ts';
import type { Jobs } from './jobs.ts';
import { stateOf } from './state.ts';

/** One call of the page: the session, and the actor as the log has them now. */
export interface Call {
  readonly token: string;
  readonly session: PageSession;
  readonly actor: Actor;
}

type OfDocument<T> = (call: Call, id: string, state: Document) => Promise<T | Refusal>;

/**
 * The ways in which a call of the page, by its session's `token`, comes to its work. Each looks up anew who calls, whether they may still act for the case, and gives the work's refusal in
 * the person's words; 'session.gone' where there is no such session.
 */
export interface Calls {
  /** Any call. */
  readonly answer: <T>(token: string, work: (call: Call) => Promise<T | Refusal>) => Promise<T | Refused>;
  /** Does the work while no other call does such work on the same session or document (`key`); 'upload.busy' else. */
  readonly alone: <T>(key: string, work: () => Promise<T | Refusal>) => Promise<T | Refusal>;
  /** Whether `alone` is at work for the key. */
  readonly isBusy: (key: string) => boolean;
  /** Work that turns a session to another file. The session is read anew: another call may have finished between the look-up and now. */
  readonly onSession: (
    token: string,
    work: (call: Call) => Promise<UploadState | Refusal>,
  ) => Promise<UploadState | Refused>;
  /** Work on the document that is under way in this session; 'upload.no-file' where there is none. */
  readonly onDocument: <T>(token: string, work: OfDocument<T>) => Promise<T | Refused>;
  /** The same, while no other call changes the document and no work on it is under way. */
  readonly onQuiet: (token: string, work: OfDocument<UploadState>) => Promise<UploadState | Refused>;
  /** How the page stands for this session. */
  readonly stateFor: (token: string, session: PageSession) => Promise<UploadState>;
  /** Keeps the session as it is now, and gives how the page stands for it. */
  readonly keep: (token: string, session: PageSession) => Promise<UploadState>;
}

/** See `Calls`; `jobs` is the work that goes on behind the page's back. */
export function createCalls(ports: Ports, jobs: Jobs): Calls {
  const busy = new Set<string>();

  const answer = async <T>(token: string, work: (call: Call) => Promise<T | Refusal>): Promise<T | Refused> => {
    const session = await sessionOf(ports, token, 'upload');
    if (!session) return refused(ports, refuse('session.gone'));
    const actor = await actorOf(ports, session.person);
    const outcome = (await forbidden(ports, actor, session)) ?? (await work({ token, session, actor }));
    return isRefusal(outcome) ? refused(ports, outcome, session.person) : (outcome as T);
  };

  const alone = async <T>(key: string, work: () => Promise<T | Refusal>): Promise<T | Refusal> => {
    if (busy.has(key)) return refuse('upload.busy');
    busy.add(key);
    try {
      return await work();
    } finally {
      busy.delete(key);
    }
  };

  const onSession = (token: string, work: (call: Call) => Promise<UploadState | Refusal>) =>
    answer(token, (call) =>
      alone(token, async () => {
        const session = await sessionOf(ports, token, 'upload');
        return session ? work({ ...call, session }) : refuse('session.gone');
      }),
    );

  const onDocument = <T>(token: string, work: OfDocument<T>) =>
    answer<T>(token, async (call) => {
      const id = call.session.document;
      if (!id) return refuse('upload.no-file');
      touchHeld(ports.spool, id);
      return work(call, id, (await ports.store.load('document', id)).state);
    });

  const onQuiet = (token: string, work: OfDocument<UploadState>) =>
    onDocument(token, (call, id) =>
      alone(id, async () => {
        if (jobs.step(id)) return refuse('upload.busy');
        return work(call, id, (await ports.store.load('document', id)).state);
      }),
    );

  const stateFor = (token: string, session: PageSession) => stateOf(ports, jobs, token, session);
  const keep = async (token: string, session: PageSession): Promise<UploadState> => {
    await keepSession(ports, token, session);
    return stateFor(token, session);
  };

  return { answer, alone, isBusy: (key) => busy.has(key), onSession, onDocument, onQuiet, stateFor, keep };
}
