import { useEffect } from 'react';
import type { UploadState } from '../../../../bot/pages.ts';
import { Gate, type Open } from '../link/gate.tsx';
import { Heading } from '../link/heading.tsx';
import { callJson } from '../link/session.ts';
import { fill, wordsIn } from '../shared/words.ts';
import { Choose } from './choose.tsx';
import { Released } from './released.tsx';
import { Review } from './review.tsx';
import './upload.css';

const stages = ['choose', 'look', 'attest', 'upload'] as const;

/** The page behind a one-time upload link: a file is given, looked at, attested, and taken to CPMS. */
export function UploadApp() {
  const words = wordsIn(navigator.language).upload;
  return (
    <Gate<UploadState> title={words.title} startText={words.startText} look="/u/api/look">
      {(open) => <Upload {...open} />}
    </Gate>
  );
}

function Upload(open: Open<UploadState>) {
  const { state, handle, take } = open;
  const words = wordsIn(state.language).upload;
  const stage = state.document?.stage ?? 'none';
  useEffect(() => {
    if (stage !== 'received') return undefined;
    const timer = setInterval(() => void callJson<UploadState>('/u/api/look', handle).then(take), 3000);
    return () => clearInterval(timer);
  }, [stage, handle, take]);

  const now = stage === 'scrubbed' ? 'look' : stage === 'released' || stage === 'attested' ? 'upload' : 'choose';
  const ended = stage === 'uploaded' || stage === 'purged';
  return (
    <>
      <p className="quiet">{fill(words.forCase, { case: state.caseId })}</p>
      {!ended && (
        <ol className="bare way" aria-label={words.title}>
          {stages.map((name, index) => (
            <li key={name} {...(name === now ? { 'aria-current': 'step' as const } : {})}>
              {index + 1}. {words.steps[name]}
            </li>
          ))}
        </ol>
      )}
      <Stage key={`${state.document?.id ?? ''}${stage}`} {...open} />
    </>
  );
}

function Stage(open: Open<UploadState>) {
  const words = wordsIn(open.state.language).upload;
  const { document } = open.state;
  switch (document?.stage) {
    case 'scrubbed':
      return <Review {...open} document={document} />;
    case 'attested':
    case 'released':
      return <Released {...open} />;
    case 'uploaded':
    case 'purged':
    case 'received':
      return (
        <section className="panel">
          <Heading>{words.ends[document.stage].title}</Heading>
          <p>{words.ends[document.stage].text}</p>
        </section>
      );
    case 'rejected':
    case 'refused': {
      const ended = words.ends[document.stage];
      return <Choose {...open} said={open.state.refused ? undefined : ended} />;
    }
    default:
      return <Choose {...open} said={undefined} />;
  }
}
