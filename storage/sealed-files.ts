import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that this process alone can read. */
export interface SealedFile {
  /** Adds to the end. Throws what the file system throws. */
  append(bytes: Uint8Array): Promise<void>;
  /** All of it; undefined where a chunk is missing or is not what was written in its place. */
  read(): Promise<Uint8Array | undefined>;
  remove(): Promise<void>;
}

const chunkBytes = 1024 * 1024;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Makes files in the folder (mode 600 in 700, random names). Each chunk is sealed with AES-256-GCM under a key that lives in this process, with a random nonce; its file's
 * name and its number are authenticated with it (RFC 5116, associated data), and how many there are and how long is remembered here: none can be moved, exchanged or dropped unseen.
 */
export function createSealedFiles(folder: string): { create(): Promise<SealedFile>; close(): void } {
  const key = randomBytes(32);
  return {
    async create() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = randomBytes(16).toString('hex');
      const path = join(folder, name);
      const lengths: number[] = [];
      // Made here and nowhere else: a link that somebody put in its place is not followed.
      await (await open(path, 'wx', 0o600)).close();
      const place = (number: number) => Buffer.from(`${name}/${number}`);
      return {
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
              const sealed = Buffer.concat([nonce, cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
              await writeAll(file, sealed, offsetOf(lengths, lengths.length));
              lengths.push(chunk.length);
            }
          } catch (error) {
            lengths.length = before;
            throw error;
          } finally {
            await file.close();
          }
        },
        async read() {
          const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
          let file: FileHandle | undefined;
          try {
            file = await open(path, 'r');
            let at = 0;
            for (const [number, length] of lengths.entries()) {
              const sealed = Buffer.alloc(length + nonceBytes + tagBytes);
              const { bytesRead } = await file.read(sealed, 0, sealed.length, offsetOf(lengths, number));
              if (bytesRead < sealed.length) return undefined;
              const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
                authTagLength: tagBytes,
              })
                .setAAD(place(number))
                .setAuthTag(sealed.subarray(-tagBytes));
              bytes.set(decipher.update(sealed.subarray(nonceBytes, -tagBytes)), at);
              decipher.final();
              at += length;
            }
            return bytes;
          } catch {
            // A tag that does not fit, or a file that is not there: what cannot be trusted is gone.
            return undefined;
          } finally {
            await file?.close();
          }
        },
        remove: () => rm(path, { force: true }),
      };
    },
    close: () => void key.fill(0),
  };
}

const offsetOf = (lengths: readonly number[], number: number) =>
  lengths.slice(0, number).reduce((sum, length) => sum + length + nonceBytes + tagBytes, 0);

async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}
