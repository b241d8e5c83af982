import { randomBytes, randomInt } from 'node:crypto';
import type { Clock, Ids } from './domain/ports.ts';

/** Crockford's base 32: no I, L, O, U, so that an id can be read out on the telephone. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ids, tokens and codes from the operating system's random numbers. */
export const randomIds: Ids = {
  next: (prefix) => `${prefix}-${Array.from(randomBytes(8), (byte) => alphabet[byte & 31]).join('')}`,
  token: () => randomBytes(32).toString('base64url'),
  code: () => String(randomInt(100_000_000)).padStart(8, '0'),
};

/** The machine's clock. */
export const machineClock: Clock = { now: () => new Date().toISOString() };
