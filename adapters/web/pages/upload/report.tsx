import type { UploadState } from '../../../../bot/pages/pages.ts';
import type { NotSearched, Removed } from '../../../../domain/ports.ts';
import { fill, plural, wordsIn } from '../shared/words.ts';

/** What is gone whatever one decides, in words and counts, and what the tool could not search. */
export function Unseen({
  language,
  removed,
  notSearched,
}: {
  readonly language: string;
  readonly removed: Removed;
  readonly notSearched: NotSearched;
}) {
  const { result: words, removed: kinds, notSearched: codes } = wordsIn(language).upload;
  const gone = Object.entries(removed)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => {
      const sentence = plural(kinds, kind, count, language) ?? plural(kinds, 'any', count, language) ?? '';
      return { kind, sentence: fill(sentence, { kind }) };
    });
  const sentences: Readonly<Record<string, string>> = codes;
  const open = notSearched.map(({ what, pages }) => {
    const sentence = fill(sentences[what] ?? codes.any, { kind: what });
    const on = pages.length === 1 ? words.onPages : words.onPagesMany;
    return { what, text: pages.length > 0 ? `${sentence} (${fill(on, { pages: ranges(pages) })})` : sentence };
  });
  return (
    <>
      <h3>{words.removedTitle}</h3>
      {gone.length === 0 ? (
        <p>{words.nothingRemoved}</p>
      ) : (
        <ul className="points">
          {gone.map(({ kind, sentence }) => (
            <li key={kind}>{sentence}</li>
          ))}
        </ul>
      )}
      {open.length > 0 && (
        <>
          <h3>{words.notSearchedTitle}</h3>
          <ul className="points">
            {open.map(({ what, text }) => (
              <li key={what}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** What was removed from what can be seen, and what was kept there, by kind. It says 'nothing further was detected', and never more than that. */
export function Seen({
  language,
  redacted,
  kept,
}: { readonly language: string } & Pick<NonNullable<UploadState['document']>, 'redacted' | 'kept'>) {
  const { result: words, kinds } = wordsIn(language).upload;
  const named: Readonly<Record<string, { readonly one: string; readonly many: string }>> = kinds;
  const list = (counts: Removed) =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .sort(([, one], [, other]) => other - one)
      .map(([kind, count]) => ({ kind: named[kind]?.[count === 1 ? 'one' : 'many'] ?? kind, count }));
  const [out, left] = [list(redacted), list(kept)];
  return (
    <>
      <h3>{words.redactedTitle}</h3>
      {out.length === 0 ? <p>{words.nothingRedacted}</p> : <Counts rows={out} />}
      {left.length > 0 && (
        <>
          <h3>{words.keptTitle}</h3>
          <Counts rows={left} />
        </>
      )}
      <p>{words.nothingFurther}</p>
    </>
  );
}

function Counts({ rows }: { readonly rows: readonly { readonly kind: string; readonly count: number }[] }) {
  return (
    <ul className="bare counts">
      {rows.map(({ kind, count }) => (
        <li key={kind}>
          <span>{kind}</span>
          <span className="count">{count}</span>
        </li>
      ))}
    </ul>
  );
}

/** Page numbers in few words: '1–4, 7'. */
function ranges(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of [...pages].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && page <= last[1] + 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
