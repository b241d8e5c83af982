import { z } from 'zod';
import { whiches } from '../../../bot/pages/pages.ts';
import { attestationStatements } from '../../../domain/documents.ts';
import { dicomOptions } from '../../../domain/ports.ts';

/** What the calls of the upload page may carry: bounded in every direction, and nothing besides. */

/** Of a piece of a file, in bytes. */
export const pieceBytes = 4 * 1024 * 1024;

const page = z.coerce.number().int().min(1).max(100_000);
const which = z.enum(whiches);
const share = z.number().min(0).max(1);
const unit = z.number().int().min(0).max(100_000_000);
const pageNumber = z.number().int().min(1).max(100_000);

export const begin = z.strictObject({ size: z.number().int().min(1).max(1e12) });

export const append = z.object({ offset: z.coerce.number().int().min(0).max(1e12) });

export const analyse = z.strictObject({
  known: z.strictObject({
    names: z.array(z.string().trim().min(1).max(100)).max(20),
    birthDate: z.iso.date().optional(),
    numbers: z.array(z.string().trim().min(1).max(50)).max(20).optional(),
  }),
  dicomOptions: z
    .array(z.enum(dicomOptions))
    .max(dicomOptions.length)
    .refine((options) => !(options.includes('retain-full-dates') && options.includes('retain-modified-dates')))
    .optional(),
});

export const search = z.strictObject({ phrase: z.string().trim().min(2).max(100) });

const box = z.strictObject({ left: share, top: share, width: share, height: share });
const added = z.union([
  z.strictObject({ page: pageNumber, box, series: z.literal(true).optional() }),
  z.strictObject({ page: pageNumber, start: unit, end: unit }),
]);

export const decide = z.strictObject({
  accepted: z.array(z.string().min(1).max(20)).max(50_000),
  added: z.array(added).max(2000),
  flatten: z.boolean(),
});

export const picture = z.object({ page, width: z.coerce.number().int().min(200).max(2000), which });

export const text = z.object({ page, which });

/** `held` is the print of the review that the page has. */
export const look = z.object({ held: z.string().max(64).optional() });

export const files = z.object({
  from: z.coerce.number().int().min(0).max(100_000),
  refused: z.enum(['0', '1']).default('0'),
});

export const attest = z.strictObject({
  statements: z.array(z.enum(attestationStatements)).max(attestationStatements.length),
  pagesSeen: z.number().int().min(0).max(100_000),
});
