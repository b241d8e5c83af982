/** Which pages of a scrubbed file were given to a session to look at, large enough to be read. It is for an attestation: no other session's looking counts. */
export interface Looked {
  add(document: string, session: string, page: number): void;
  count(document: string, session: string): number;
  /** The file is another one, or gone. */
  forget(document: string): void;
}

/** Documents that are remembered; more than are ever looked at in one process's day. */
const most = 1000;

/** Remembers in this process alone: after a restart the pages are looked at once more. */
export function createLooked(): Looked {
  const documents = new Map<string, Map<string, Set<number>>>();
  return {
    add(document, session, page) {
      const sessions = documents.get(document) ?? new Map<string, Set<number>>();
      documents.set(document, sessions);
      const pages = sessions.get(session) ?? new Set();
      sessions.set(session, pages.add(page));
      for (const oldest of documents.keys()) {
        if (documents.size <= most) break;
        documents.delete(oldest);
      }
    },
    count: (document, session) => documents.get(document)?.get(session)?.size ?? 0,
    forget: (document) => void documents.delete(document),
  };
}
