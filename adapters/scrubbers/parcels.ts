import { readSync, writeSync } from 'node:fs';
import type { Duplex, Writable } from 'node:stream';
import type { ByteSource, Sink } from '../../domain/bytes.ts';
import type { Job, Message } from './protocol.ts';
import type { Room } from './room.ts';

/**
 * A job, or what a child says, without the bytes of its file, and how many these are: they come beside it, after it. To write them into a message and to read them out of it again takes longer than to scrub a slice.
 */
export interface Parcel<Said extends Job | Message> {
  readonly said: Said;
  readonly bytes?: number;
}

/** The descriptor by which a child gets and gives bytes. */
const BESIDE = 4;
/** What says that it is longer is not believed. */
const MOST = 2 ** 31 - 1;
const NONE = new Uint8Array();

/** Parts a job or what a child says from its file's bytes, where it has such. */
export function parted<Said extends Job | Message>(
  whole: Said,
): { readonly parcel: Parcel<Said>; readonly bytes: Uint8Array | undefined } {
  let bytes: Uint8Array | undefined;
  const said = withBytes(whole, (own) => {
    bytes = own;
    return NONE;
  });
  return { parcel: bytes ? { said, bytes: (bytes as Uint8Array).length } : { said }, bytes };
}

/** Puts a file's bytes where they were before it was parted from them. */
export function joined<Said extends Job | Message>(said: Said, bytes: Uint8Array): Said {
  return withBytes(said, () => bytes);
}

type Change = (bytes: Uint8Array) => Uint8Array;

/** A message with other bytes in the place of its file's. */
function withBytes<Said extends Job | Message>(said: Said, change: Change): Said;
function withBytes(said: Job | Message, change: Change): Job | Message {
  return 'job' in said ? ofJob(said, change) : ofMessage(said, change);
}

function ofJob(job: Job, change: Change): Job {
  switch (job.job) {
    case 'files':
    case 'find':
      return job;
    case 'prepare':
      return { ...job, packed: { ...job.packed, bytes: change(job.packed.bytes) } };
    case 'redact':
      return { ...job, prepared: change(job.prepared) };
    default:
      return { ...job, file: change(job.file) };
  }
}

function ofMessage(message: Message, change: Change): Message {
  switch (message.answer) {
    case 'analyse': {
      const { outcome } = message;
      return 'prepared' in outcome
        ? { ...message, outcome: { ...outcome, prepared: change(outcome.prepared) } }
        : message;
    }
    case 'prepare': {
      const { outcome } = message;
      return 'file' in outcome ? { ...message, outcome: { ...outcome, file: change(outcome.file) } } : message;
    }
    case 'scrub': {
      const { outcome } = message;
      return 'file' in outcome ? { ...message, outcome: { ...outcome, file: change(outcome.file) } } : message;
    }
    case 'redact': {
      const { outcome } = message;
      return 'file' in outcome ? { ...message, outcome: { ...outcome, file: change(outcome.file) } } : message;
    }
    case 'picture':
      return { ...message, picture: change(message.picture) };
    case 'frame':
      return { ...message, frame: change(message.frame) };
    default:
      return message;
  }
}

/** In a child: reads so many bytes, waiting for them; ends the process where its parent is gone. */
export function received(length: number, room: Room): Uint8Array {
  const bytes = room(length);
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(BESIDE, bytes, at, bytes.length - at, null);
    if (read === 0) process.exit(0);
    at += read;
  }
  return bytes;
}

/** In a child: gives all these bytes to its parent, waiting until it has them, or is gone. */
export function given(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(BESIDE, bytes, at, bytes.length - at, null);
}

/** So much of a file is in this process at a time, where it comes from elsewhere and goes elsewhere. */
const PART = 1024 * 1024;

/** In the parent: gives a child what a source has, part by part as it takes it. Rejects with what the source throws; stops where the child is gone. */
export async function giveFrom(source: ByteSource, beside: Writable): Promise<void> {
  const { length } = source;
  for (let at = 0; at < length && !beside.destroyed; at += PART) {
    const part = await source.read(at, Math.min(length, at + PART));
    await new Promise<void>((resolve) => beside.write(part, () => resolve()));
  }
}

/**
 * In the parent: gives how so many bytes are taken from a child, once it has said that they come; none is read before. Where they go to a sink, they pass through one part that is used again, and what is given is empty. Rejects
 * with a RangeError what is too much to be true, and with what the sink throws; settles never where the child is gone.
 */
export function taker(beside: Duplex): (length: number, to?: Sink) => Promise<Uint8Array> {
  let part = NONE;
  let at = 0;
  let left = 0;
  /** The part is full, or the last one: says whether more is to come into it. */
  let full: () => Promise<void> = async () => {};
  const take = async (piece: Uint8Array): Promise<void> => {
    for (let from = 0; from < piece.length && left > 0; ) {
      // More than was announced is nobody's.
      const own = piece.subarray(from, from + Math.min(part.length - at, left));
      part.set(own, at);
      [at, from, left] = [at + own.length, from + own.length, left - own.length];
      if (at < part.length && left > 0) continue;
      const ended = left === 0;
      beside.pause();
      await full();
      // What comes behind the end, and whatever is asked for next, is not this file's.
      if (ended) return;
      at = 0;
    }
    if (left > 0) beside.resume();
  };
  beside.on('data', (piece: Uint8Array) => void take(piece));
  beside.pause();
  return (length, to) =>
    new Promise((resolve, reject) => {
      if (!(length >= 0 && length <= MOST)) return reject(new RangeError('too many bytes'));
      if (length === 0) return resolve(NONE);
      [part, at, left] = [memory(to ? Math.min(PART, length) : length), 0, length];
      full = async () => {
        const whole = part.subarray(0, at);
        try {
          if (to) await to(whole);
        } catch (error) {
          [left, full] = [0, async () => {}];
          return reject(error as Error);
        }
        if (left > 0) return undefined;
        part = NONE;
        return resolve(to ? NONE : whole);
      };
      beside.resume();
    });
}

/** All of it is written over before it is read. */
const memory = (length: number) => new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
