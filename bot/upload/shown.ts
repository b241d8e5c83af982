import type { ByteSource } from '../../domain/bytes.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/decider.ts';
import { type Document, isMixed } from '../../domain/documents.ts';
import type { BundleEntry } from '../../domain/ports.ts';
import type { Ports } from '../context.ts';
import { type PageOfText, seenFrom, type UploadPage, type Which } from '../pages/pages.ts';
import type { Calls } from './calls.ts';
import { isText } from './decided.ts';
import { createGate } from './gate.ts';
import { bundleOf, heldSource, reviewOf } from './held.ts';
import type { Looked } from './looked.ts';
import { placeIn } from './places.ts';
import { bytesOf } from './released.ts';
import { scrubbedBundle } from './report.ts';

const withBytes: readonly Document['stage'][] = ['scrubbed', 'attested', 'released'];
/** Pages are pictured between these widths, in pixels. */
const narrowest = 200;
const widest = 2000;
const within = (width: number) =>
  Math.min(widest, Math.max(narrowest, Math.round(Number.isFinite(width) ? width : narrowest)));
/** Pages that are shown at a time: each brings its whole file into memory. */
const shownAtOnce = 6;
/** And of files larger than others may be. */
const largeAtOnce = 1;

/**
 * One page of the file that is under way, as a picture, as a frame with all its shades or as text (see `UploadPage`). Pages of the scrubbed file that were shown
 * large enough to be read are noted in `looked`, for the attestation.
 */
export function createShown(
  ports: Ports,
  calls: Calls,
  looked: Looked,
): Pick<UploadPage, 'picture' | 'frame' | 'text'> {
  const { spool } = ports;
  const through = createGate(shownAtOnce);
  const throughLarge = createGate(largeAtOnce);

  /** Behind one of the three views: the file that a page stands in, its number there, and whether it is text; undefined where the bytes alone tell. */
  const viewed = async (id: string, state: Document, which: Which, page: number): Promise<Viewed | Refusal> => {
    if (which === 'after') {
      const source = await bytesOf(ports, id, state, withBytes);
      if (isRefusal(source)) return source;
      const { format, pages } = state;
      const bundle = format === 'zip' ? await scrubbedBundle(ports, id) : undefined;
      if (format === 'zip' && !bundle) return refuse('document.bytes-gone');
      const text = isMixed(format) ? undefined : isText({ format, pages: [] }, page);
      return inFile({ source, page, pages, text }, bundle?.entries);
    }
    const review = await reviewOf(spool, id);
    // Of a bundle, what was not taken has no pages: it is looked at as it was prepared.
    const isOriginal = which === 'before' && review?.format !== 'zip';
    const source = await heldSource(spool, isOriginal ? 'original' : 'prepared', id);
    if (!review || !source) return refuse('upload.no-review');
    const bundle = review.format === 'zip' ? await bundleOf(spool, id) : undefined;
    return inFile({ source, page, pages: review.pages.length, text: isText(review, page) }, bundle?.entries);
  };

  /** Shows one page, as a picture or as text; a page that was shown of the scrubbed file counts for the attestation. */
  const show = <T>(
    token: string,
    page: number,
    which: Which,
    as: {
      readonly text: boolean;
      readonly counts: boolean;
      readonly show: (file: ByteSource, page: number) => Promise<T>;
      readonly other?: T;
    },
  ) =>
    calls.onDocument<T>(token, (_call, id, state) =>
      through(async () => {
        const view = await viewed(id, state, which, page);
        if (isRefusal(view)) return view;
        if (!Number.isInteger(page) || page < 1 || page > view.pages)
          return refuse('upload.no-such-page', { pages: view.pages });
        if (view.text === false && as.other) return as.other;
        if (view.text !== undefined && view.text !== as.text) return refuse('upload.other-view');
        let shown: T;
        try {
          const { source, from, to } = view;
          const drawn = () => as.show(partOf(source, from, to), view.own);
          shown = to - from > ports.settings.fileBytes ? await throughLarge(drawn) : await drawn();
        } catch {
          if (view.text === undefined) return as.other ?? refuse('upload.other-view');
          ports.log.warn({ document: id, page, which }, 'a page could not be shown');
          return refuse('upload.not-shown');
        }
        if (which === 'after' && as.counts) looked.add(id, token, page);
        return shown;
      }),
    );

  return {
    picture: (token, page, width, which) => {
      const pixels = within(width);
      return show(token, page, which, {
        text: false,
        counts: pixels >= seenFrom,
        show: (file, own) => ports.scrubber.picture(file, own, pixels, which === 'before'),
      });
    },

    frame: (token, page, width, which) => {
      const pixels = within(width);
      return show(token, page, which, {
        text: false,
        counts: pixels >= seenFrom,
        show: (file, own) => ports.scrubber.frame(file, own, pixels),
      });
    },

    text: (token, page, which) =>
      show<PageOfText>(token, page, which, {
        text: true,
        other: { picture: true },
        counts: true,
        show: async (file, own) => ({ text: await ports.scrubber.text(file, own) }),
      }),
  };
}

/** Where a page's file lies. */
interface Viewed {
  readonly source: ByteSource;
  readonly from: number;
  readonly to: number;
  /** The page's number in that file. */
  readonly own: number;
  readonly pages: number;
  readonly text: boolean | undefined;
}

const partOf = (source: ByteSource, begin: number, end: number): ByteSource => ({
  length: end - begin,
  read: (from, to) => source.read(begin + from, begin + Math.min(to, end - begin)),
});

/** The file of the bundle that a page stands in; the whole, where there are no entries. */
function inFile(
  { source, page, pages, text }: Pick<Viewed, 'source' | 'pages' | 'text'> & { readonly page: number },
  entries: readonly BundleEntry[] | undefined,
): Viewed {
  const place = entries && placeIn(entries, page);
  if (!place) return { source, pages, text, from: 0, to: source.length, own: page };
  const { at, length, format } = place.entry;
  const isWords = isMixed(format) ? text : isText({ format, pages: [] }, 1);
  return { source, pages, text: isWords, from: at, to: at + length, own: place.page };
}
