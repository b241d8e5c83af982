import { Button } from '@fluentui/react-components';
import { memo, useState } from 'react';
import type { Added, ReviewFinding } from '../../../../../bot/pages/pages.ts';
import { fill, plural, wordsIn } from '../../shared/words.ts';
import { keyOf } from './frames.tsx';
import { byKind, groupOf } from './kinds.ts';

/** So many findings of a kind are listed at first; a long file has thousands. */
const listed = 60;

interface ListProps {
  readonly language: string;
  readonly kept: ReadonlySet<string>;
  readonly all: (ids: readonly string[], keep: boolean) => void;
  readonly goTo: (finding: ReviewFinding) => void;
}

/** The findings by kind with their counts: all of a kind are removed or kept at once, and each one is gone to. */
export const KindList = memo(function KindList(
  props: ListProps & {
    readonly findings: readonly ReviewFinding[];
    readonly added: readonly Added[];
    readonly drop: (place: Added) => void;
    readonly goToPage: (page: number) => void;
  },
) {
  const { language, findings, added, drop, goToPage } = props;
  const words = wordsIn(language).upload;
  return (
    <>
      {findings.length === 0 && <p>{words.review.none}</p>}
      <ul className="bare kinds">
        {byKind(findings).map((group) => (
          <Kind key={group.kind} {...props} {...group} />
        ))}
        {added.length > 0 && (
          <li>
            <details>
              <summary>
                <span className="swatch own going" aria-hidden="true" />
                <span className="kind">{words.review.addedTitle}</span>
                <span className="count">{added.length}</span>
              </summary>
              <ul className="bare entries">
                {added.map((own, index) => (
                  <li key={keyOf(own)} className="row">
                    <button type="button" className="entry" onClick={() => goToPage(own.page)}>
                      {fill(words.review.addedEntry, { number: index + 1, page: own.page })}
                    </button>
                    <Button
                      size="small"
                      aria-label={fill(words.review.dropEntry, { number: index + 1 })}
                      onClick={() => drop(own)}
                    >
                      {words.review.drop}
                    </Button>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        )}
      </ul>
    </>
  );
});

function Kind({ kind, findings, kept, all, goTo, language }: ListProps & ReturnType<typeof byKind>[number]) {
  const words = wordsIn(language).upload;
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(listed);
  const ids = findings.map(({ id }) => id);
  const staying = ids.filter((id) => kept.has(id)).length;
  const { many } = words.kinds[kind];
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span className={`swatch ${groupOf[kind]} ${staying === ids.length ? 'kept' : 'going'}`} aria-hidden="true" />
          <span className="kind">{many}</span>
          {staying > 0 && <span className="quiet">{fill(words.frames.staying, { count: staying })}</span>}
          <span className="count">{ids.length}</span>
        </summary>
        {open && (
          <>
            <div className="row both">
              <Button
                size="small"
                disabledFocusable={staying === 0}
                aria-label={fill(words.review.removeAllOf, { kind: many })}
                onClick={() => all(ids, false)}
              >
                {words.review.removeAll}
              </Button>
              <Button
                size="small"
                disabledFocusable={staying === ids.length}
                aria-label={fill(words.review.keepAllOf, { kind: many })}
                onClick={() => all(ids, true)}
              >
                {words.review.keepAll}
              </Button>
            </div>
            <ul className="bare entries">
              {findings.slice(0, shown).map((finding) => (
                <li key={finding.id}>
                  <button type="button" className="entry" onClick={() => goTo(finding)}>
                    <span>
                      <span className="hidden">{words.kinds[kind].one}, </span>
                      {fill(words.review.entry, { page: finding.page, certainty: words.frames[finding.certainty] })}
                    </span>
                    <span className={kept.has(finding.id) ? '' : 'needed'}>
                      {kept.has(finding.id) ? words.review.stays : words.review.goes}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            {findings.length > shown && (
              <Button size="small" appearance="subtle" onClick={() => setShown(shown * 4)}>
                {plural(words.review, 'more', findings.length - shown, language)}
              </Button>
            )}
          </>
        )}
      </details>
    </li>
  );
}
