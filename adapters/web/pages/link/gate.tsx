import { Button, Spinner } from '@fluentui/react-components';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { Trouble } from '../shared/trouble.tsx';
import { fill, loadWords, moment, spokenFor, wordsIn } from '../shared/words.ts';
import { Heading } from './heading.tsx';
import { begin, callJson, handleHere, isOver, isRefused, type Refused } from './session.ts';
import './link.css';

interface Held {
  readonly language: string;
  readonly expiresAt: string;
}

/** What a page needs once its link is open: the state, and a way to put a newer one (or a refusal) in its place. */
export interface Open<State extends Held> {
  readonly state: State;
  readonly handle: string;
  readonly take: (answer: State | Refused) => void;
}

/** The frame of these pages: heading, the first step that uses the link up, and what is said when it cannot go on. */
export function Gate<State extends Held>({
  part,
  look,
  wide = false,
  children,
}: {
  /** Whose title and first words these are. */
  readonly part: 'upload' | 'decision' | 'plan' | 'poll';
  readonly look: string;
  /** It needs the whole width of the window. */
  readonly wide?: boolean;
  readonly children: (open: Open<State>) => ReactNode;
}) {
  const [handle, setHandle] = useState(handleHere);
  const [state, setState] = useState<State>();
  const [refused, setRefused] = useState<Refused>();
  const [busy, setBusy] = useState(false);
  const all = wordsIn(state?.language ?? navigator.language);
  const { link: words } = all;
  const { title, startText } = all[part];
  const over = refused !== undefined && isOver(refused);

  const take = useCallback((answer: State | Refused) => {
    if (isRefused(answer)) {
      setRefused(answer);
      return;
    }
    const put = () => {
      document.documentElement.lang = spokenFor(answer.language);
      setRefused(undefined);
      setState(answer);
    };
    const words = loadWords(answer.language);
    if (words) void words.then(put);
    else put();
  }, []);
  useEffect(() => {
    if (handle) void callJson<State>(look, handle).then(take);
  }, [handle, look, take]);

  useEffect(() => {
    document.title = title;
  }, [title]);

  const start = async () => {
    setBusy(true);
    const opened = await begin();
    setBusy(false);
    if (isRefused(opened)) setRefused(opened);
    else {
      setRefused(undefined);
      setHandle(opened.handle);
    }
  };

  return (
    <div className="frame">
      <header className="bar">
        <span className="brand">{words.product}</span>
        {state && <span className="quiet">{fill(words.until, { time: moment(state.expiresAt, state.language) })}</span>}
      </header>
      <main className={wide ? 'sheet wide' : 'sheet'}>
        <h1>{title}</h1>
        <Trouble words={refused?.words} />
        {handle && !state && !refused && <Spinner label={words.loading} />}
        {!handle && (
          <>
            <p>{startText}</p>
            <p className="quiet">{words.once}</p>
            <div>
              <Button appearance="primary" size="large" onClick={() => void start()} disabled={busy}>
                {words.continue}
              </Button>
            </div>
          </>
        )}
        {handle && !state && refused && <p>{words.newLink}</p>}
        {handle && state && over && (
          <section className="panel">
            <Heading>{words.ended}</Heading>
            <p>{words.newLink}</p>
          </section>
        )}
        {handle && state && !over && children({ state, handle, take })}
      </main>
      <footer className="quiet foot">{words.notAffiliated}</footer>
    </div>
  );
}
