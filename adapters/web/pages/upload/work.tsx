import { Button, ProgressBar } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { UploadState } from '../../../../bot/pages/pages.ts';
import type { Open } from '../link/gate.tsx';
import { Heading } from '../link/heading.tsx';
import { callJson } from '../link/session.ts';
import { fill, wordsIn } from '../shared/words.ts';
import { Files } from './files.tsx';
import { Question } from './question.tsx';

/** What the server does with the file, phase by phase, with the pages done, and how it is stopped. `warm` is called once: the time to load what comes next. `stopped` takes the answer of a search that was stopped. */
export function Work({
  state,
  handle,
  take,
  stopped,
  names,
  warm,
}: Open<UploadState> & {
  readonly stopped: Open<UploadState>['take'];
  readonly names: readonly string[];
  readonly warm: () => void;
}) {
  const words = wordsIn(state.language).upload.work;
  const { phase, done, of, what, files } = state.work ?? { phase: 'preparing' as const, done: 0, of: 0 };
  const phases = phase === 'redacting' ? (['redacting'] as const) : (['preparing', 'reading'] as const);
  const at = (phases as readonly string[]).indexOf(phase);
  // A screen reader hears every quarter, not every page.
  const quarter = of > 0 ? Math.floor((done / of) * 4) * 25 : 0;
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(warm, []);
  return (
    <>
      <section className="panel">
        <Heading>{phase === 'redacting' ? words.applyTitle : words.title}</Heading>
        <p>{phase === 'redacting' ? words.applyText : words.text}</p>
        <ol className="bare phases">
          {phases.map((name, index) => (
            <li key={name} className={index < at ? 'past' : index === at ? 'now' : 'later'}>
              <span className="sign" aria-hidden="true">
                {index < at ? '✓' : index === at ? '●' : '○'}
              </span>
              <span>{words[name]}</span>
              {index === at && of > 0 && (
                <span className="quiet">
                  {fill(what ? words[what] : files && phase !== 'reading' ? words.files : words.pages, { done, of })}
                </span>
              )}
            </li>
          ))}
        </ol>
        <ProgressBar
          thickness="large"
          aria-label={words[phase]}
          {...(of > 0 && done > 0 ? { value: done / of } : {})}
        />
        <output className="hidden">{fill(words.told, { phase: words[phase], percent: quarter })}</output>
        <p className="quiet">{words.stay}</p>
        <div>
          {phase === 'redacting' ? (
            <Back handle={handle} take={take} label={words.stop.back} />
          ) : (
            <Question handle={handle} take={stopped} path="/u/api/stop" words={words.stop} />
          )}
        </div>
      </section>
      {files && <Files handle={handle} language={state.language} names={names} news={files.looked} live />}
    </>
  );
}

/** Stops what is done to the file: the findings are there as before, and nothing is lost that could be asked about. */
function Back({ handle, take, label }: Pick<Open<UploadState>, 'handle' | 'take'> & { readonly label: string }) {
  const [busy, setBusy] = useState(false);
  const stop = async () => {
    setBusy(true);
    take(await callJson<UploadState>('/u/api/stop', handle, { method: 'POST' }));
    setBusy(false);
  };
  return (
    <Button size="large" disabledFocusable={busy} onClick={() => void stop()}>
      {label}
    </Button>
  );
}
