import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { derive, type MasterKeys } from './keys.ts';

const nonceBytes = 12;
const tagBytes = 16;
const idBytes = 4;

/** Where a sealed value stands: it opens nowhere else. */
export type Place = `${string}:${string}:${string}`;

export interface Sealer {
  readonly seal: (plain: Uint8Array | string, place: Place) => Buffer;
  /** Throws where the value was altered, was moved from another place, or its key is not configured. */
  readonly open: (sealed: Buffer, place: Place) => Buffer;
  /** The id of the key that a value is sealed with. */
  readonly keyOf: (sealed: Buffer) => string;
  /** The id of the key that seals now. */
  readonly newest: string;
}

/**
 * Seals with AES-256-GCM (NIST SP 800-38D): key id (4 bytes), random nonce (12), ciphertext, tag (16); the place,
 * `table:row:column`, is the additional data. A random nonce is good for 2^32 values of one key (SP 800-38D, 8.3).
 */
export function sealer(keys: MasterKeys): Sealer {
  const byId = new Map(keys.map((key) => [key.id, derive(key.secret, 'seal')]));
  const newest = keys[0].id;
  const keyOf = (sealed: Buffer) => sealed.toString('hex', 0, idBytes);
  const keyFor = (id: string) => {
    const key = byId.get(id);
    if (!key) throw new Error(`The master key ${id} is not configured, and a stored value is sealed with it.`);
    return key;
  };
  return {
    newest,
    keyOf,
    seal(plain, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', keyFor(newest), nonce).setAAD(Buffer.from(place));
      const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
      return Buffer.concat([Buffer.from(newest, 'hex'), nonce, body, cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, place) {
      const body = idBytes + nonceBytes;
      if (sealed.length < body + tagBytes) throw new Error(`The sealed value at ${place} is cut.`);
      const decipher = createDecipheriv('aes-256-gcm', keyFor(keyOf(sealed)), sealed.subarray(idBytes, body))
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(-tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(body, -tagBytes)), decipher.final()]);
    },
  };
}
