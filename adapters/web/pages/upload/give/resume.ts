/** What tells the same file when it is chosen again after a reload: never its name, which may hold a patient's. */
export interface Trace {
  readonly size: number;
  readonly lastModified: number;
}

const keyOf = (handle: string) => `sending-${handle}`;

/** Remembers in this tab which file is being sent. */
export function remember(handle: string, { size, lastModified }: Trace): void {
  sessionStorage.setItem(keyOf(handle), JSON.stringify({ size, lastModified }));
}

/** Says whether a file is the one that was being sent in this tab. */
export function isSame(handle: string, { size, lastModified }: Trace): boolean {
  return sessionStorage.getItem(keyOf(handle)) === JSON.stringify({ size, lastModified });
}

/** Forgets the file: it has arrived, or was given up. */
export function forget(handle: string): void {
  sessionStorage.removeItem(keyOf(handle));
}
