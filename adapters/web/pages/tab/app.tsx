import { Button, Spinner } from '@fluentui/react-components';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { TabState } from '../../../../bot/pages/pages.ts';
import { Sections } from '../home/sections.tsx';
import { callJson, isOver, isRefused, type Opened, type Refused } from '../link/session.ts';
import { Trouble } from '../shared/trouble.tsx';
import { loadWords, spokenFor, wordsIn } from '../shared/words.ts';
import { framed } from './host.ts';
import { beginTab, callsOf, sessionHere, tokenHere } from './session.ts';
import './tab.css';

/** A person's own page, in Teams as a tab: signed in by the bot's one-time link, or told how to get one. */
export function TabApp() {
  const [link] = useState(tokenHere);
  const [asked, setAsked] = useState(false);
  const [handle, setHandle] = useState<string>();
  const [state, setState] = useState<TabState>();
  const [refused, setRefused] = useState<Refused>();
  const words = wordsIn(state?.language ?? navigator.language);
  const calls = useMemo(() => (handle ? callsOf(handle) : undefined), [handle]);

  const over = useCallback((refusal: Refused) => {
    if (isOver(refusal)) {
      setHandle(undefined);
      setState(undefined);
    }
    setRefused(refusal);
  }, []);
  const take = useCallback(async (opened: Opened | Refused) => {
    if (!isRefused(opened)) {
      setRefused(undefined);
      return setHandle(opened.handle);
    }
    // Teams keeps the link in the tab's address: a second look at it is no mistake while the session lasts.
    const earlier = await sessionHere();
    setHandle(earlier);
    if (earlier === undefined) setRefused(opened);
  }, []);
  useEffect(() => {
    // In Teams the press on the link's button was the step; a browser's address is opened by scanners too.
    const first = framed && link ? beginTab(link).then(take) : sessionHere().then(setHandle);
    void first.finally(() => setAsked(true));
  }, [link, take]);
  useEffect(() => {
    if (!handle) return;
    void callJson<TabState>('/tab/api/look', handle).then((answer) => {
      if (isRefused(answer)) return over(answer);
      const put = () => {
        document.documentElement.lang = spokenFor(answer.language);
        setState(answer);
      };
      return loadWords(answer.language)?.then(put) ?? put();
    });
  }, [handle, over]);

  return (
    <div className="tab own">
      <Trouble words={refused?.words} />
      {calls && state && <Sections calls={calls} state={state} over={over} />}
      {(!asked || (handle && !state)) && <Spinner label={words.link.loading} />}
      {asked && !handle && (
        <main className="welcome">
          <h1>{words.tab.title}</h1>
          {link && !framed ? (
            <>
              <p>{words.tab.begin}</p>
              <p className="quiet">{words.link.once}</p>
              <Button appearance="primary" size="large" onClick={() => void beginTab(link).then(take)}>
                {words.link.continue}
              </Button>
            </>
          ) : (
            <p>{words.tab.how}</p>
          )}
        </main>
      )}
      <footer className="quiet foot">{words.link.notAffiliated}</footer>
    </div>
  );
}
