import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { scrub } from './engine.ts';
import type { Formats } from './formats.ts';
import type { FileOutcome, FromTo, Job } from './protocol.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { createRooms, type Room, type Rooms } from './room.ts';
import { sniff } from './sniff.ts';

type Asked = Omit<Extract<Job, { job: 'files' }>, 'job' | 'files' | 'tally'>;

/** Gives how files are scrubbed from one path to another, where nothing may stand yet: what comes out is written once it was verified, and not at all else. */
export function scrubberOfPaths(
  formats: Formats,
  { given, made }: Rooms = createRooms(),
): (file: FromTo, asked: Asked) => Promise<FileOutcome> {
  return async ({ from, to }, asked) => {
    let file: Uint8Array;
    try {
      file = wholeFile(from, asked.maxBytes, given);
    } catch (error) {
      return error instanceof Refusal ? refusalOf(error) : { outcome: 'failed', reason: 'unreadable' };
    }
    try {
      // The room is for slices, which come by the thousand: other libraries may keep what they are given.
      const isSlice = sniff(file) === 'dicom';
      const job = { ...asked, file: isSlice ? file : file.slice(), flatten: false };
      const outcome = await scrub(formats, job, () => {}, isSlice ? made : undefined);
      if (outcome.outcome === 'refused') return outcome;
      try {
        writeFileSync(to, outcome.file, { flag: 'wx', mode: 0o600 });
      } catch {
        return { outcome: 'failed', reason: 'unwritable' };
      }
      return { outcome: 'scrubbed', report: outcome.report };
    } catch (error) {
      return refusalOf(error);
    }
  };
}

/** Refuses with 'too-large' before anything of the file is read. */
function wholeFile(path: string, most: number, room: Room): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (size > most) throw new Refusal('too-large', { bytes: size, limit: most });
    const file = room(size);
    let at = 0;
    for (let read = -1; read !== 0 && at < size; at += read) read = readSync(descriptor, file, at, size - at, at);
    return file.subarray(0, at);
  } finally {
    closeSync(descriptor);
  }
}
