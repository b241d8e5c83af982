import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that only who has its key can read. */
export interface SealedFile {
  readonly length: number;
  /** Adds to the end. Throws what the file system throws. */
  append(bytes: Uint8Array): Promise<void>;
  /** The bytes from one place up to another (excluded), all of them where neither is said; undefined where a chunk is missing or is not what was written in its place. */
  read(from?: number, to?: number): Promise<Uint8Array | undefined>;
  /** Waits until all of it is on the disk. */
  sync(): Promise<void>;
  remove(): Promise<void>;
  /** What it takes, beside the key, to open it again. */
  describe(): Described;
}

export interface Described {
  /** Of the file in its folder. */
  readonly name: string;
  /** Bytes in each of its chunks. */
  readonly chunks: readonly number[];
}

export interface SealedFiles {
  create(): Promise<SealedFile>;
  /** A file that was created under the same key before. */
  reopen(described: Described): SealedFile;
  /** Forgets the key. */
  close(): void;
}

const chunkBytes = 1024 * 1024;
const nonceBytes = 12;
const tagBytes = 16;
const overhead = nonceBytes + tagBytes;
/** Memory for what is sealed, of reads that are done. */
const rooms: Buffer[] = [];
const MOST_ROOMS = 4;

/**
 * Makes files in the folder (mode 600 in 700, random names). Each chunk is sealed with AES-256-GCM under the key, one of this process alone where none is given, with a random nonce; its file's
 * name and its number are authenticated with it (RFC 5116, associated data), and how many there are and how long is remembered outside of it: none can be moved, exchanged or dropped unseen.
 */
export function createSealedFiles(folder: string, key: Buffer = randomBytes(32)): SealedFiles {
  const fileAt = ({ name, chunks }: Described): SealedFile => {
    const path = join(folder, name);
    const lengths = [...chunks];
    /** Where each chunk begins among the plain bytes, and after them the end. */
    const starts = [0];
    for (const length of lengths) starts.push((starts.at(-1) as number) + length);
    const end = () => starts.at(-1) as number;
    const place = (number: number) => Buffer.from(`${name}/${number}`);
    const offsetOf = (number: number) => (starts[number] as number) + number * overhead;
    const chunkAt = (at: number) => {
      let [low, high] = [0, lengths.length];
      while (low + 1 < high) {
        const middle = (low + high) >> 1;
        if ((starts[middle] as number) <= at) low = middle;
        else high = middle;
      }
      return low;
    };
    /** `room` is for what is sealed: its memory is used for one chunk after the other. */
    const opened = async (file: FileHandle, number: number, room: Buffer): Promise<Buffer | undefined> => {
      const sealed = room.subarray(0, (lengths[number] as number) + overhead);
      const { bytesRead } = await file.read(sealed, 0, sealed.length, offsetOf(number));
      if (bytesRead < sealed.length) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(place(number))
        .setAuthTag(sealed.subarray(-tagBytes));
      const plain = decipher.update(sealed.subarray(nonceBytes, -tagBytes));
      // Throws where the tag does not fit; this mode leaves nothing for the end.
      decipher.final();
      return plain;
    };
    return {
      get length() {
        return end();
      },
      async append(bytes) {
        const file = await open(path, 'r+');
        const before = lengths.length;
        try {
          for (let from = 0; from < bytes.length; from += chunkBytes) {
            const chunk = bytes.subarray(from, from + chunkBytes);
            const nonce = randomBytes(nonceBytes);
            const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(
              place(lengths.length),
            );
            const sealed = [nonce, cipher.update(chunk), cipher.final(), cipher.getAuthTag()];
            await writeAll(file, sealed, offsetOf(lengths.length));
            lengths.push(chunk.length);
            starts.push(end() + chunk.length);
          }
        } catch (error) {
          lengths.length = before;
          starts.length = before + 1;
          throw error;
        } finally {
          await file.close();
        }
      },
      async read(from = 0, to = end()) {
        const length = Math.max(0, Math.min(to, end()) - from);
        if (length === 0) return new Uint8Array();
        let bytes: Uint8Array | undefined;
        let file: FileHandle | undefined;
        const room = rooms.pop() ?? Buffer.allocUnsafeSlow(chunkBytes + overhead);
        try {
          file = await open(path, 'r');
          for (let number = chunkAt(from), at = 0; at < length; number++) {
            const chunk = await opened(file, number, room);
            if (!chunk) return undefined;
            const part = chunk.subarray(from + at - (starts[number] as number)).subarray(0, length - at);
            // What lies in one chunk is given as it was opened.
            if (part.length === length) return new Uint8Array(part.buffer, part.byteOffset, length);
            bytes ??= new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
            bytes.set(part, at);
            at += part.length;
          }
          return bytes;
        } catch {
          // A tag that does not fit, or a file that is not there: what cannot be trusted is gone.
          return undefined;
        } finally {
          if (rooms.length < MOST_ROOMS) rooms.push(room);
          await file?.close();
        }
      },
      async sync() {
        const file = await open(path, 'r+');
        try {
          await file.sync();
        } finally {
          await file.close();
        }
      },
      remove: () => rm(path, { force: true }),
      describe: () => ({ name, chunks: [...lengths] }),
    };
  };
  return {
    async create() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = randomBytes(16).toString('hex');
      // Made here and nowhere else: a link that somebody put in its place is not followed.
      await (await open(join(folder, name), 'wx', 0o600)).close();
      return fileAt({ name, chunks: [] });
    },
    reopen: fileAt,
    close: () => void key.fill(0),
  };
}

/** Writes parts one behind the other, which need not be put together for that. */
async function writeAll(file: FileHandle, parts: readonly Buffer[], at: number): Promise<void> {
  const { bytesWritten } = await file.writev(parts, at);
  const all = parts.reduce((sum, { length }) => sum + length, 0);
  if (bytesWritten === all) return;
  const bytes = Buffer.concat(parts);
  for (let done = bytesWritten; done < all; )
    done += (await file.write(bytes, done, all - done, at + done)).bytesWritten;
}
