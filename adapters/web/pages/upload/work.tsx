import { ProgressBar } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { UploadState } from '../../../../bot/pages/pages.ts';
import { Heading } from '../link/heading.tsx';
import { fill, wordsIn } from '../shared/words.ts';
import { Files } from './files.tsx';

/** What the server does with the file, phase by phase, with the pages done. `warm` is called once: the time to load what comes next. */
export function Work({
  state,
  handle,
  names,
  warm,
}: {
  readonly state: UploadState;
  readonly handle: string;
  readonly names: readonly string[];
  readonly warm: () => void;
}) {
  const words = wordsIn(state.language).upload.work;
  const { phase, done, of, files } = state.work ?? { phase: 'preparing' as const, done: 0, of: 0 };
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
                  {fill(files && phase !== 'reading' ? words.files : words.pages, { done, of })}
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
      </section>
      {files && <Files handle={handle} language={state.language} names={names} news={files.looked} live />}
    </>
  );
}
