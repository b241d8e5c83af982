import { Button } from '@fluentui/react-components';
import { useEffect, useMemo, useState } from 'react';
import type { UploadState } from '../../../../../bot/pages/pages.ts';
import { isMixed } from '../../../../../domain/documents.ts';
import { pagesOf, type Runs } from '../../../../../domain/stacks.ts';
import type { Open } from '../../link/gate.tsx';
import { Heading } from '../../link/heading.tsx';
import { callJson } from '../../link/session.ts';
import { fill, moment, plural, wordsIn } from '../../shared/words.ts';
import { Files } from '../files.tsx';
import { isTextual } from '../kind-of-format.ts';
import { DocumentLeaf, PictureLeaf, TextLeaf } from '../leaf/leaf.tsx';
import { useLeaveWarning } from '../news.ts';
import { Reject } from '../reject.tsx';
import { Seen as Redacted, Unseen } from '../report.tsx';
import { StackLeaf } from '../stack/stack.tsx';
import { useStacks } from '../stack/use-stacks.ts';
import { View } from '../view.tsx';
import { Attest } from './attest.tsx';
import { Bands } from './bands.tsx';
import { useSeen } from './seen.ts';

const nothing = () => {};

/** The third step: the scrubbed file page by page, each one really looked at, and the attestation. */
export function Result({
  state,
  handle,
  take,
  document: file,
  thrown,
  names,
}: Open<UploadState> & {
  readonly document: NonNullable<UploadState['document']>;
  readonly thrown: Open<UploadState>['take'];
  readonly names: readonly string[];
}) {
  const { language } = state;
  const { result: words, pages: pageWords } = wordsIn(language).upload;
  const seen = useSeen();
  const [zoom, setZoom] = useState(1);
  const [which, setWhich] = useState<'before' | 'after'>('after');
  const [busy, setBusy] = useState(false);
  useLeaveWarning(true);
  // They stay the same ones from look to look.
  const given = JSON.stringify([file.stacks ?? [], file.marked ?? []]);
  const { series, marked } = useMemo(() => {
    const [stacks, runs] = JSON.parse(given) as [readonly Runs[], Runs];
    return { series: stacks.map(pagesOf), marked: new Set(pagesOf(runs)) };
  }, [given]);
  const stacks = useStacks(series, file.pages);
  const next = stacks.items
    .flatMap((item) => ('page' in item ? [item.page] : (series[item.stack] ?? [])))
    .find((page) => !seen.pages.has(page));
  // Said to a screen reader, but not page by page: a long file would talk without an end.
  const [told, setTold] = useState('');
  const count =
    next === undefined
      ? (plural(words, 'allSeen', file.pages, language) ?? '')
      : fill(words.seenCount, { seen: seen.pages.size, pages: file.pages });
  useEffect(() => {
    const timer = setTimeout(() => setTold(count), 1500);
    return () => clearTimeout(timer);
  }, [count]);

  const goTo = (page: number) => {
    setWhich('after');
    stacks.show(page);
    const place = document.getElementById(`page-${page}`);
    place?.scrollIntoView({ block: 'start', behavior: 'instant' });
    place?.focus({ preventScroll: true });
  };
  const toAttest = () => {
    const place = document.getElementById('attest-title');
    place?.scrollIntoView({ block: 'center', behavior: 'instant' });
    place?.focus({ preventScroll: true });
  };
  const reopen = async () => {
    setBusy(true);
    take(await callJson<UploadState>('/u/api/reopen', handle, { method: 'POST' }));
    setBusy(false);
  };
  const markOf = (looked: boolean) => (
    <span className={looked ? 'mark looked' : 'mark'}>{looked ? `✓ ${pageWords.seen}` : `○ ${pageWords.notSeen}`}</span>
  );
  const Leaf = isMixed(file.format) ? DocumentLeaf : isTextual(file.format) ? TextLeaf : PictureLeaf;
  return (
    <div className="review">
      <section className="panel head">
        <Heading>{words.title}</Heading>
        <p>
          {words.lookYourself} {series.some((stack) => stack.length > 1) && words.lookSeries}
        </p>
        {file.reviewable && (
          <div>
            <Button disabledFocusable={busy} onClick={() => void reopen()}>
              {words.reopen}
            </Button>
          </div>
        )}
      </section>
      <section className="pages" aria-label={words.pages}>
        <View
          language={language}
          views={['before', 'after']}
          which={which}
          setWhich={setWhich}
          zoom={zoom}
          setZoom={setZoom}
        >
          <span className="row tight looked-at">
            <span className="count">{count}</span>
            {next === undefined ? (
              <Button onClick={toAttest}>{words.toAttest}</Button>
            ) : (
              <Button onClick={() => goTo(next)}>{words.next}</Button>
            )}
          </span>
        </View>
        <output className="hidden">{told}</output>
        {which === 'before' && <p className="note">{words.beforeNote}</p>}
        {stacks.items.map((item) =>
          'stack' in item ? (
            <StackLeaf
              key={`series ${item.stack}`}
              handle={handle}
              language={language}
              which={which}
              zoom={zoom}
              stack={series[item.stack] ?? []}
              number={item.stack + 1}
              series={series.length}
              at={stacks.at(item.stack)}
              setAt={(at) => stacks.setAt(item.stack, at)}
              marked={marked}
              seen={seen.pages}
              saw={which === 'after' ? seen.saw : nothing}
              mark={markOf((series[item.stack] ?? []).every((page) => seen.pages.has(page)))}
            />
          ) : (
            <Leaf
              key={item.page}
              handle={handle}
              page={item.page}
              of={file.pages}
              which={which}
              zoom={zoom}
              language={language}
              mark={markOf(seen.pages.has(item.page))}
              over={(shown) =>
                shown === 'after' && !seen.pages.has(item.page) && <Bands page={item.page} watch={seen.watch} />
              }
            />
          ),
        )}
      </section>
      <aside className="side" aria-label={words.side}>
        <Attest
          state={state}
          handle={handle}
          take={take}
          seen={seen.pages.size}
          left={file.pages - seen.pages.size}
          goOn={() => next !== undefined && goTo(next)}
        />
        {file.format === 'zip' && <Files handle={handle} language={language} names={names} news={0} />}
        <section className="panel">
          <Redacted language={language} redacted={file.redacted} kept={file.kept} />
          <Unseen language={language} removed={file.removed} notSearched={file.notSearched} />
          <p className="quiet">{fill(words.until, { time: moment(file.bytesUntil, language) })}</p>
          <div>
            <Reject state={state} handle={handle} take={thrown} label={wordsIn(language).upload.attest.reject} />
          </div>
        </section>
      </aside>
    </div>
  );
}
