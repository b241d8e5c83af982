import { Checkbox, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Added, ReviewFinding, ReviewState, UploadState } from '../../../../../bot/pages/pages.ts';
import { isOffice } from '../../../../../domain/documents.ts';
import type { Box } from '../../../../../domain/ports.ts';
import { stacksOf } from '../../../../../domain/stacks.ts';
import type { Open } from '../../link/gate.tsx';
import { Heading } from '../../link/heading.tsx';
import { callJson, isRefused } from '../../link/session.ts';
import { fill, moment, plural, wordsIn } from '../../shared/words.ts';
import { Files } from '../files.tsx';
import { isTextual } from '../kind-of-format.ts';
import { useLeaveWarning } from '../news.ts';
import { Reject } from '../reject.tsx';
import { Unseen } from '../report.tsx';
import { useStacks } from '../stack/use-stacks.ts';
import { View } from '../view.tsx';
import type { Acts, Goal } from './acts.ts';
import { Bar } from './bar.tsx';
import { isCovered } from './boxes.ts';
import { decidedOf, isSamePlace } from './choices.ts';
import { useCourse, useUndoKey } from './course.ts';
import { DrawHint, focusPlacing, pageInTheMiddle } from './draw-hint.tsx';
import { Fold } from './fold.tsx';
import { nameOf } from './frames.tsx';
import { KindList } from './kind-list.tsx';
import { beside, inReadingOrder } from './kinds.ts';
import { selectedText } from './marks.tsx';
import { useOnPages } from './on-pages.ts';
import { forget } from './remember.ts';
import { Search } from './search.tsx';
import { PictureSheet, TextSheet } from './sheets.tsx';
import { StackSheet } from './stack-sheet.tsx';
import { standingStill } from './still.ts';
import { Tools } from './tools.tsx';
import './review.css';

const empty: readonly never[] = [];

/** The second step: every page with what was found on it; the person decides what goes, and adds what was missed. */
export function Review({
  state,
  handle,
  take,
  review,
  thrown,
  names,
}: Open<UploadState> & {
  readonly review: ReviewState;
  readonly thrown: Open<UploadState>['take'];
  readonly names: readonly string[];
}) {
  const { language } = state;
  const words = wordsIn(language).upload;
  const isText = isTextual(review.format);
  // A study may be frames alone.
  const hasText = isText && review.pages.some(({ picture }) => !picture);
  const findings = useMemo(() => inReadingOrder(review.findings), [review.findings]);
  const { course, follow } = useCourse(handle, findings, review.decided);
  const { kept, added, flatten } = course.now;
  const [which, setWhich] = useState<'before' | 'review'>('review');
  const [zoom, setZoom] = useState(1);
  const [drawing, setDrawing] = useState(false);
  const [placing, setPlacing] = useState<number>();
  const [hits, setHits] = useState<readonly Added[]>(empty);
  const [current, setCurrent] = useState<string>();
  const [goal, setGoal] = useState<Goal>();
  const [told, setTold] = useState('');
  const [whole, setWhole] = useState(true);
  const [busy, setBusy] = useState(false);
  const series = useMemo(() => stacksOf(review.pages), [review.pages]);
  const stacks = useStacks(series, review.pages.length);
  const { of: seriesOf, show } = stacks;
  const fileOf = useCallback((page: number) => review.pages[page - 1]?.frame?.first ?? page, [review.pages]);
  const live = useRef({ kept, current, findings, whole });
  useEffect(() => {
    live.current = { kept, current, findings, whole };
  }, [kept, current, findings, whole]);
  useLeaveWarning(!busy);

  const acts = useMemo<Acts>(
    () => ({
      toggle(finding) {
        const { kept: held, findings: all, whole: everywhere } = live.current;
        const keep = !held.has(finding.id);
        const ids = everywhere ? standingStill(finding, all, seriesOf) : [finding.id];
        follow(ids.length > 1 ? { type: 'all', ids, keep } : { type: 'toggle', id: finding.id });
        const name = nameOf(finding, keep, language);
        setTold(ids.length > 1 ? `${name} ${plural(words.stack.counts, 'onFrames', ids.length, language)}` : name);
      },
      add(places) {
        follow({ type: 'add', places });
        setHits((held) => held.filter((hit) => !places.some((place) => isSamePlace(place, hit))));
        setTold(plural(words.search, 'added', places.length, language) ?? '');
      },
      drop(place) {
        follow({ type: 'drop', place });
        setTold(words.review.dropped);
      },
      move(place, box) {
        follow({ type: 'move', place, box });
        setTold(words.review.moved);
      },
      at: ({ id }) => setCurrent(id),
      reached: () => setGoal(undefined),
    }),
    [follow, language, words, seriesOf],
  );
  const draw = useCallback(
    (page: number, box: Box) => {
      const isWhole = live.current.whole && seriesOf(page) !== undefined;
      acts.add([isWhole ? { page, box, series: true } : { page, box }]);
    },
    [acts, seriesOf],
  );
  const placed = useCallback(
    (page: number, box: Box | undefined) => {
      setPlacing(undefined);
      if (box) draw(page, box);
      // The box that had the focus is gone: the next one can be placed from here.
      focusPlacing();
    },
    [draw],
  );

  const onPage = useOnPages(findings, kept, added, hits, seriesOf, fileOf);

  const pageOf = useMemo(() => new Map(findings.map(({ id, page }) => [id, page])), [findings]);
  const isOn = (page: number, id: string | undefined) => id !== undefined && pageOf.get(id) === page;

  const goToPage = (page: number) => {
    show(page);
    const place = document.getElementById(`page-${page}`);
    place?.scrollIntoView({ block: 'start', behavior: 'instant' });
    place?.focus({ preventScroll: true });
  };
  const goTo = useCallback(
    (finding: ReviewFinding) => {
      setWhich('review');
      show(finding.page);
      // A far page has no frames yet: it comes near first, and the goal then takes the focus.
      document.getElementById(`page-${finding.page}`)?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      setCurrent(finding.id);
      setGoal({ id: finding.id });
    },
    [show],
  );
  const step = (by: 1 | -1) => {
    const next = beside(live.current.findings, live.current.current, by);
    if (next) goTo(next);
  };
  const drawMode = (on: boolean) => {
    setDrawing(on);
    if (on) setWhich('review');
    else setPlacing(undefined);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && drawing) drawMode(false);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onFrame = (event.target as Element).closest('[data-what]') !== null;
    const by =
      event.key === 'n' || (onFrame && event.key === 'ArrowRight')
        ? 1
        : event.key === 'p' || (onFrame && event.key === 'ArrowLeft')
          ? -1
          : undefined;
    if (by) {
      event.preventDefault();
      step(by);
    }
  };
  useUndoKey(() => follow({ type: 'undo' }));

  const isGoing = (place: Added) =>
    added.some((own) => isSamePlace(own, place)) ||
    onPage(place.page).findings.some(
      (finding) =>
        !kept.has(finding.id) &&
        ('box' in place
          ? finding.boxes.some((box) => isCovered(place.box, box))
          : finding.start <= place.start && finding.end >= place.end),
    );
  const removeSelection = () => {
    const selected = selectedText();
    if (!selected) return setTold(words.review.noSelection);
    acts.add([selected]);
    getSelection()?.removeAllRanges();
  };
  const apply = async () => {
    setBusy(true);
    const body = decidedOf(findings, course.now);
    const answer = await callJson<UploadState>('/u/api/decide', handle, { method: 'POST', body });
    setBusy(false);
    if (!isRefused(answer)) forget(handle);
    take(answer);
  };

  const going = findings.length - kept.size + added.length;
  const middle = () => pageInTheMiddle(review.pages.length);
  return (
    <div className="review">
      <section className="panel head">
        <Heading>{words.review.title}</Heading>
        {review.failed && (
          <div role="alert">
            <MessageBar intent="error" layout="multiline">
              <MessageBarBody>{words.review.failed}</MessageBarBody>
            </MessageBar>
          </div>
        )}
        <p>
          {findings.length === 0 ? words.review.introNone : plural(words.review, 'intro', findings.length, language)}{' '}
          {hasText ? words.review.introOwnText : words.review.introOwn}
        </p>
        <a className="skip" href="#decide">
          {words.review.skip}
        </a>
      </section>
      <aside className="side" aria-label={words.review.side}>
        <Fold title={plural(words.review, 'fold', findings.length, language) ?? ''}>
          <section className="panel">
            <h3>{words.review.found}</h3>
            <KindList
              language={language}
              findings={findings}
              kept={kept}
              added={added}
              all={(ids, keep) => follow({ type: 'all', ids, keep })}
              drop={acts.drop}
              goTo={goTo}
              goToPage={goToPage}
            />
            <Search
              handle={handle}
              language={language}
              hits={hits}
              show={setHits}
              isGoing={isGoing}
              add={acts.add}
              goToPage={goToPage}
            />
          </section>
          {review.format === 'zip' && <Files handle={handle} language={language} names={names} news={0} />}
          <section className="panel">
            {review.flattens && (
              <Checkbox
                size="large"
                label={isOffice(review.format) ? words.review.flattenDocument : words.review.flatten}
                checked={flatten}
                onChange={(_, { checked }) => follow({ type: 'flatten', on: checked === true })}
              />
            )}
            <Unseen language={language} removed={review.removed} notSearched={review.notSearched} />
            <p className="quiet">{fill(words.review.until, { time: moment(review.until, language) })}</p>
            <div>
              <Reject state={state} handle={handle} take={thrown} label={words.review.giveUp} />
            </div>
          </section>
        </Fold>
      </aside>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <section className={drawing ? 'pages is-drawing' : 'pages'} aria-label={words.review.pages} onKeyDown={keys}>
        <View
          language={language}
          views={['before', 'review']}
          which={which}
          setWhich={(view) => {
            setWhich(view);
            if (view === 'before') drawMode(false);
          }}
          zoom={zoom}
          setZoom={setZoom}
          below={
            drawing && <DrawHint language={language} place={() => setPlacing(middle())} end={() => drawMode(false)} />
          }
        >
          <Tools
            language={language}
            text={hasText}
            pictures={!isText || review.pages.some(({ picture }) => picture)}
            drawing={drawing}
            setDrawing={drawMode}
            removeSelection={removeSelection}
            undo={course.past.length > 0 ? () => follow({ type: 'undo' }) : undefined}
          />
        </View>
        {which === 'before' && <p className="note">{words.review.beforeNote}</p>}
        {stacks.items.map((item) => {
          if ('stack' in item) {
            const stack = series[item.stack] ?? empty;
            const { width = 1, height = 1 } = review.pages[(stack[0] ?? 1) - 1] ?? {};
            return (
              <StackSheet
                key={`series ${item.stack}`}
                handle={handle}
                language={language}
                which={which}
                zoom={zoom}
                stack={stack}
                index={item.stack}
                series={series.length}
                at={stacks.at(item.stack)}
                setAt={stacks.setAt}
                ratio={height / width}
                onPage={onPage}
                current={stack.some((page) => isOn(page, current)) ? current : undefined}
                goal={stack.some((page) => isOn(page, goal?.id)) ? goal : undefined}
                drawing={drawing}
                placing={placing !== undefined && stack.includes(placing) ? placing : undefined}
                placed={placed}
                draw={draw}
                acts={acts}
                whole={whole}
                setWhole={setWhole}
              />
            );
          }
          const { page } = item;
          const { width = 0, height = 0, picture } = review.pages[page - 1] ?? {};
          const Sheet = isText && !picture ? TextSheet : PictureSheet;
          return (
            <Sheet
              key={page}
              handle={handle}
              page={page}
              of={review.pages.length}
              which={which}
              zoom={zoom}
              language={language}
              ratio={width > 0 && height > 0 ? height / width : Math.SQRT2}
              lines={height}
              on={onPage(page)}
              current={isOn(page, current) ? current : undefined}
              goal={isOn(page, goal?.id) ? goal : undefined}
              drawing={drawing}
              placing={placing === page}
              placed={placed}
              draw={draw}
              acts={acts}
            />
          );
        })}
      </section>
      <output className="hidden">{told}</output>
      <Bar
        language={language}
        going={going}
        staying={kept.size}
        busy={busy}
        step={findings.length > 0 ? step : undefined}
        apply={() => void apply()}
      />
    </div>
  );
}
