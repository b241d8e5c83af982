import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A master key with an id that is derived from it, so that nobody has to number keys. */
export interface MasterKey {
  readonly id: string;
  readonly secret: Buffer;
}

/** The newest first: it seals; all of them open. */
export type MasterKeys = readonly [MasterKey, ...MasterKey[]];

/** What a key is for: two purposes never share one. */
export type Purpose = 'seal' | 'blind-index' | 'log-chain' | 'text-hash' | 'key-id';

/** Derives the 32-byte key of one purpose from a secret: HKDF with SHA-256 (RFC 5869), the purpose as its info. */
export function derive(secret: Uint8Array, purpose: Purpose): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `cpms-bot/${purpose}/1`, 32)));
}

/** A new master key as the configuration writes it: 32 random bytes in base64. */
export function makeMasterKey(): string {
  return randomBytes(32).toString('base64');
}

/**
 * Reads the configured master keys: one base64 key of 32 bytes, or several separated by commas, the newest first.
 * Throws for a key of another length, and where there is none.
 */
export function parseMasterKeys(configured: string): MasterKeys {
  const [newest, ...older] = configured
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
    .map(masterKey);
  if (!newest) throw new Error('No master key is configured: 32 random bytes in base64 are needed.');
  return [newest, ...older];
}

/**
 * The key of the local mode: read from `master.key` in the folder, made there (mode 600) at the first start.
 * Throws where the file holds something else than keys.
 */
export function localMasterKeys(folder: string): MasterKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'master.key');
  try {
    const made = makeMasterKey();
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, `${made}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return parseMasterKeys(made);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  chmodSync(path, 0o600);
  return parseMasterKeys(readFileSync(path, 'utf8'));
}

/** Keyed hashes of what may not be read: the same input gives the same hash, and none can be guessed without the key. */
export interface Hashes {
  /** A blind index for look-ups; the parts cannot run into each other. */
  readonly index: (column: string, ...parts: readonly string[]) => string;
  /** The hash of a sealed text that the log keeps. */
  readonly text: (id: string, value: string) => string;
  /** The next link of the log's chain. */
  readonly link: (previous: Buffer, row: string) => Buffer;
}

/** The three keyed hashes (HMAC-SHA-256, RFC 2104), each under its own key of the secret. */
export function hashes(secret: Uint8Array): Hashes {
  const [index, text, chain] = [
    derive(secret, 'blind-index'),
    derive(secret, 'text-hash'),
    derive(secret, 'log-chain'),
  ];
  return {
    index: (...parts) => createHmac('sha256', index).update(JSON.stringify(parts)).digest('base64url'),
    text: (...parts) => createHmac('sha256', text).update(JSON.stringify(parts)).digest('base64url'),
    link: (previous, row) => createHmac('sha256', chain).update(previous).update(row).digest(),
  };
}

function masterKey(base64: string): MasterKey {
  const secret = Buffer.from(base64, 'base64');
  if (secret.length !== 32 || !/^[A-Za-z0-9+/]{43}=?$/.test(base64))
    throw new Error('A master key must be 32 bytes in base64 (make one with: openssl rand -base64 32).');
  return { id: derive(secret, 'key-id').export().toString('hex', 0, 4), secret };
}
