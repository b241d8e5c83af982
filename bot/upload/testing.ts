import type { KnownIdentifiers } from '../../domain/identifiers/spans.ts';
import { createTestScrubber, type Interference, testPdf } from '../../test/scrubber.ts';
import { type Cast, createCast, openCase } from '../conversations/testing.ts';
import type { Decided, Refused, ReviewState, UploadPage, UploadState } from '../pages/pages.ts';

/** Two pages, on which two things are found for certain and one possibly. */
export const sample = testPdf('%hidden by Smith\nMrs Smith came\non 2026-03-01.', 'Dr Smith wrote.');

/** Opens the upload page behind the first link that the clinician is shown. */
export async function openPage(cast: Cast, caseId: string): Promise<string> {
  const { cards } = await cast.clinician.says(`attach ${caseId}`);
  return beginBehind(cast, cards?.[0]?.buttons ?? []);
}

/** Uses up the link of the first of these buttons that has one. */
async function beginBehind(
  cast: Cast,
  buttons: readonly { readonly label: string; readonly url?: string }[],
): Promise<string> {
  const url = buttons.find((button) => 'url' in button)?.url ?? '';
  const begun = await cast.service.pages.begin(url.split('/u/')[1] ?? '');
  if ('refused' in begun) throw new Error(begun.refused);
  return begun.session;
}

export interface Opened {
  readonly cast: Cast;
  readonly caseId: string;
  readonly session: string;
  readonly page: UploadPage;
}

/** A clinician with a consented case, in front of their upload page. */
export async function openedPage(interference: Interference = {}): Promise<Opened> {
  const cast = await createCast({ scrubber: createTestScrubber(interference) });
  const caseId = await openCase(cast, 'consented');
  return { cast, caseId, session: await openPage(cast, caseId), page: cast.service.pages.upload };
}

/** The state where it is one; throws a refusal. */
export function stateIn(answer: UploadState | Refused): UploadState {
  if ('words' in answer) throw new Error(answer.refused);
  return answer;
}

/** Looks until nothing is under way. */
export async function settled(page: UploadPage, session: string): Promise<UploadState> {
  for (let tries = 0; tries < 500; tries += 1) {
    const state = stateIn(await page.look(session));
    if (!state.work) return state;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('The work does not end');
}

/** Gives the file in pieces, and has it analysed. */
export async function give(
  { page, session }: Pick<Opened, 'page' | 'session'>,
  file: Uint8Array = sample,
  known: KnownIdentifiers = { names: [] },
): Promise<UploadState> {
  stateIn(await page.begin(session, file.byteLength));
  for (let offset = 0; offset < file.byteLength; offset += 20)
    stateIn(await page.append(session, offset, file.subarray(offset, offset + 20)));
  stateIn(await page.analyse(session, known));
  return settled(page, session);
}

export const reviewIn = ({ review }: UploadState): ReviewState => {
  if (!review) throw new Error('There is no review');
  return review;
};

/** Applies a decision: all findings, where nothing else is said. */
export async function decide(
  { page, session }: Pick<Opened, 'page' | 'session'>,
  decided: Partial<Decided> = {},
): Promise<UploadState> {
  const { findings } = reviewIn(stateIn(await page.look(session)));
  stateIn(
    await page.decide(session, { accepted: findings.map(({ id }) => id), added: [], flatten: false, ...decided }),
  );
  return settled(page, session);
}

/** Asks for every page of the scrubbed file, wide enough to be read. */
export async function lookAtAll({ page, session }: Pick<Opened, 'page' | 'session'>): Promise<void> {
  const { document } = stateIn(await page.look(session));
  for (let number = 1; number <= (document?.pages ?? 0); number += 1) await page.picture(session, number, 800, 'after');
}

/** What the spool and the vault hold of a document. */
export async function leftOf({ ports }: Cast, id: string): Promise<string[]> {
  const parts = ['original', 'prepared', 'analysis', 'review', 'decided'];
  const lengths = await Promise.all(parts.map((part) => ports.spool.length(`${part}:${id}`)));
  const vault = await ports.vault.get(id);
  return [...parts.filter((_, index) => lengths[index] !== undefined), ...(vault ? ['vault'] : [])];
}
