// Where bytes are that are too many to be handed about, or that nobody else may read.

/** Sealed bytes that go away by themselves. */
export interface Vault {
  put(id: string, bytes: Uint8Array, expiresAt: string): Promise<void>;
  /** Begins a file that is too large for memory. It is there once it is kept, in the place of an earlier one; dropped, or left by a process that ended, it never was. */
  write(id: string, expiresAt: string): Promise<VaultWriter>;
  get(id: string): Promise<Uint8Array | undefined>;
  length(id: string): Promise<number | undefined>;
  /** The bytes from one place up to another (excluded). */
  read(id: string, from: number, to: number): Promise<Uint8Array | undefined>;
  delete(id: string): Promise<void>;
}

export interface VaultWriter {
  readonly append: Sink;
  keep(): Promise<void>;
  drop(): Promise<void>;
}

/** Bytes that lie somewhere and are read in parts, since all of them would be too many for memory. `read` throws where they are gone. */
export interface ByteSource {
  readonly length: number;
  /** From one place up to another (excluded). */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** Takes bytes, one part after the other; the next once the former is taken, whose memory may then be written over. Throws SpoolFull where there is no room. */
export type Sink = (bytes: Uint8Array) => Promise<void>;

/**
 * Holds files while somebody works on them, sealed under a key that lives in this process alone: gone when they are deleted, when nobody touched them for their
 * minutes, and with the process. Small ones stay in memory.
 */
export interface Spool {
  /** Begins or replaces a file. Throws SpoolFull where all files together would exceed the bound. */
  put(id: string, bytes: Uint8Array): Promise<void>;
  /** Adds to the end; `at` is where the writer believes the end to be. Gives the new length, or undefined when that belief is wrong or the file is gone. */
  append(id: string, at: number, bytes: Uint8Array): Promise<number | undefined>;
  length(id: string): Promise<number | undefined>;
  get(id: string): Promise<Uint8Array | undefined>;
  /** The bytes from one place up to another (excluded). */
  read(id: string, from: number, to: number): Promise<Uint8Array | undefined>;
  /** Whether so many bytes more would find room, within the bound over all files and on the disk. */
  hasRoom(bytes: number): Promise<boolean>;
  delete(id: string): Promise<void>;
  /** Says that somebody still works on it. */
  touch(id: string): void;
  close(): Promise<void>;
}

export class SpoolFull extends Error {}
