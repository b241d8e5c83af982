import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import type { Answer, Bot, Who } from '../../bot/interaction.ts';
import type { Attachment } from './elements.ts';
import { fill, type Words } from './words.ts';

/** Asks whether a file may be put into the reader's OneDrive ('Send and receive files through a bot', file consent card). Its context is untrusted when it comes back. */
export function consentCard(file: NonNullable<Answer['file']>, words: Words): Attachment {
  const context = { document: file.document };
  return {
    contentType: 'application/vnd.microsoft.teams.card.file.consent',
    name: file.name,
    content: { description: words.file, sizeInBytes: file.size, acceptContext: context, declineContext: context },
  };
}

const consent = z.looseObject({
  type: z.literal('fileUpload'),
  action: z.enum(['accept', 'decline']),
  context: z.looseObject({ document: z.string().min(1).max(100) }),
  uploadInfo: z
    .looseObject({
      contentUrl: z.url({ protocol: /^https$/ }).max(4000),
      uploadUrl: z.url({ protocol: /^https$/ }).max(4000),
      name: z.string().min(1).max(400),
      uniqueId: z.string().max(100),
      fileType: z.string().max(20),
    })
    .nullish(),
});

export type Consent = z.infer<typeof consent>;

/** Reads the value of a `fileConsent/invoke`. Undefined for what is none, and for an acceptance that does not say where to. */
export function consentIn(value: unknown): Consent | undefined {
  const read = consent.safeParse(value);
  if (!read.success || (read.data.action === 'accept' && !read.data.uploadInfo)) return undefined;
  return read.data;
}

/** What was done with the answer to a consent card: a sentence, and the file as Teams shows it where it was put. */
export interface Put {
  readonly words: string;
  readonly file?: Attachment;
}

/**
 * Puts the file where its reader agreed to, if the bot hands it over to them at this moment. What the bot refuses is said in its sentence. Throws an Error with a code
 * where the address is not OneDrive's, or OneDrive does not take the file.
 */
export async function putFile(bot: Pick<Bot, 'handOver'>, who: Who, given: Consent, words: Words): Promise<Put> {
  const { uploadInfo } = given;
  if (given.action === 'decline' || !uploadInfo) return { words: words['file-declined'] };
  if (!ofOneDrive(uploadInfo.uploadUrl) || !ofOneDrive(uploadInfo.contentUrl)) throw new Error('teams-upload-host');
  const released = await bot.handOver(who, given.context.document);
  if ('refused' in released) return { words: released.refused };
  await upload(uploadInfo.uploadUrl, released.bytes);
  return {
    words: fill(words['file-sent'], { title: uploadInfo.name }),
    file: {
      contentType: 'application/vnd.microsoft.teams.card.file.info',
      contentUrl: uploadInfo.contentUrl,
      name: uploadInfo.name,
      content: { uniqueId: uploadInfo.uniqueId, fileType: uploadInfo.fileType },
    },
  };
}

/** Where members' OneDrives are, national clouds included. A file goes nowhere else, whatever an activity says. */
function ofOneDrive(address: string): boolean {
  const { protocol, hostname, port, username } = new URL(address);
  return (
    protocol === 'https:' && port === '' && username === '' && /^[\w-]+\.sharepoint\.(com|us|cn|de)$/.test(hostname)
  );
}

/** A multiple of 320 KiB, as the upload session of OneDrive takes pieces ('Upload bytes to the upload session'). */
const pieceBytes = 32 * 320 * 1024;
const tries = 4;

/** Puts the bytes piece by piece, without a token: the address is the permission. What passes by itself is tried again. */
async function upload(address: string, bytes: Uint8Array): Promise<void> {
  for (let from = 0; from < bytes.byteLength; from += pieceBytes) {
    const piece = bytes.slice(from, from + pieceBytes);
    const range = `bytes ${from}-${from + piece.byteLength - 1}/${bytes.byteLength}`;
    for (let left = tries; ; left -= 1) {
      const status = await put(address, piece, range);
      if (status < 300) break;
      if (left === 1 || (status !== 429 && status < 500)) throw new Error(`teams-upload-${status}`);
      await setTimeout((tries - left + 1) * 1000);
    }
  }
}

async function put(address: string, piece: Uint8Array<ArrayBuffer>, range: string): Promise<number> {
  const response = await fetch(address, {
    method: 'PUT',
    redirect: 'error',
    signal: AbortSignal.timeout(60_000),
    headers: { 'content-range': range, 'content-type': 'application/octet-stream' },
    body: piece,
  });
  await response.body?.cancel();
  return response.status;
}
