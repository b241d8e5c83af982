import { Spinner } from '@fluentui/react-components';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { UploadState } from '../../../../bot/pages/pages.ts';
import { Gate, type Open } from '../link/gate.tsx';
import { Heading } from '../link/heading.tsx';
import { isRefused, type Refused } from '../link/session.ts';
import { fill, wordsIn } from '../shared/words.ts';
import { Give } from './give/give.tsx';
import { useNews } from './news.ts';
import { Released } from './released.tsx';
import { stageOf, stepOf, steps } from './stage.ts';
import { Work } from './work.tsx';
import './upload.css';

// What the person sees first is loaded first; the review comes while the file is worked on.
const loadReview = () => import('./review/review.tsx');
const loadResult = () => import('./result/result.tsx');
const Review = lazy(async () => ({ default: (await loadReview()).Review }));
const Result = lazy(async () => ({ default: (await loadResult()).Result }));

/** The page behind a one-time upload link: a file is given, its findings are decided on, the result is looked at, attested, and taken to CPMS. */
export function UploadApp() {
  return (
    <Gate<UploadState> part="upload" look="/u/api/look">
      {(open) => <Upload {...open} />}
    </Gate>
  );
}

function Upload(open: Open<UploadState>) {
  const { state, take } = open;
  const words = wordsIn(state.language).upload;
  const stage = stageOf(state);
  const step = stepOf(stage, state.work);
  const at = steps.indexOf(step);
  useNews(open, stage === 'work');
  const [givenUp, setGivenUp] = useState<'rejected' | 'stopped'>();
  // What the files of a bundle are called is known to this window alone.
  const [names, setNames] = useState<readonly string[]>([]);
  const thrown = useCallback(
    (answer: UploadState | Refused) => {
      setGivenUp(isRefused(answer) ? undefined : 'rejected');
      take(answer);
    },
    [take],
  );
  const stopped = useCallback(
    (answer: UploadState | Refused) => {
      setGivenUp(!isRefused(answer) && answer.document?.stage === 'rejected' ? 'stopped' : undefined);
      take(answer);
    },
    [take],
  );
  return (
    <>
      <div className="where">
        <p className="quiet">{fill(words.forCase, { case: state.caseId })}</p>
        {stage !== 'ended' && (
          <ol className="bare way" aria-label={words.title}>
            {steps.map((name, index) => (
              <li
                key={name}
                className={index < at ? 'past' : ''}
                {...(name === step ? { 'aria-current': 'step' as const } : {})}
              >
                <span className="number" aria-hidden="true">
                  {index < at ? '✓' : index + 1}
                </span>
                {words.steps[name]}
              </li>
            ))}
          </ol>
        )}
      </div>
      <Suspense fallback={<Spinner label={wordsIn(state.language).link.loading} />}>
        <Part {...open} givenUp={givenUp} thrown={thrown} stopped={stopped} names={names} named={setNames} />
      </Suspense>
    </>
  );
}

function Part({
  givenUp,
  named,
  stopped,
  ...open
}: Open<UploadState> & {
  /** How the person ended an earlier file in this window. */
  readonly givenUp: 'rejected' | 'stopped' | undefined;
  readonly thrown: Open<UploadState>['take'];
  readonly stopped: Open<UploadState>['take'];
  readonly names: readonly string[];
  readonly named: (names: readonly string[]) => void;
}) {
  const { state } = open;
  const words = wordsIn(state.language).upload;
  const { document, review } = state;
  switch (stageOf(state)) {
    case 'work':
      return (
        <Work
          {...open}
          stopped={stopped}
          warm={() => void Promise.all([loadReview(), loadResult()]).catch(() => undefined)}
        />
      );
    case 'review':
      return review && <Review {...open} review={review} />;
    case 'result':
      return document && <Result {...open} document={document} />;
    case 'released':
      return <Released {...open} />;
    case 'ended': {
      const ended = words.ends[document?.stage === 'purged' ? 'purged' : 'uploaded'];
      return (
        <section className="panel">
          <Heading>{ended.title}</Heading>
          <p>{ended.text}</p>
        </section>
      );
    }
    case 'give': {
      const ended =
        givenUp ?? (document?.stage === 'rejected' || document?.stage === 'refused' ? document.stage : undefined);
      const said = ended && words.ends[ended];
      return <Give {...open} named={named} said={state.refused ? undefined : said} />;
    }
  }
}
