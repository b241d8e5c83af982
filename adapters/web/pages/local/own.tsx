import { Avatar } from '@fluentui/react-components';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { type OwnCalls, Sections } from '../home/sections.tsx';
import type { Refused } from '../link/session.ts';
import { fill } from '../shared/words.ts';
import { api, CallFailed, type Own, type Person } from './api.ts';
import { Back } from './back.tsx';
import { Views } from './views.tsx';
import { plainName, words } from './words.ts';

function refusal(error: unknown): Refused {
  return { refused: 'local', words: error instanceof CallFailed ? error.message : String(error) };
}

function callsOf(user: string): OwnCalls {
  return {
    act: (act) => api.onPage(user, act).catch(refusal),
    suggest: (source, typed) => api.suggest(user, source, typed),
  };
}

/** Somebody's own page, as their tab in Teams shows it. */
export function OwnPage({
  person,
  elsewhere,
  back,
  chat,
}: {
  readonly person: Person;
  readonly elsewhere: number;
  readonly back: () => void;
  readonly chat: () => void;
}) {
  const { user } = person;
  const calls = useMemo(() => callsOf(user), [user]);
  const [own, setOwn] = useState<Own>();
  const [trouble, setTrouble] = useState<string>();
  const over = useCallback((refused: Refused) => setTrouble(refused.words), []);
  useEffect(() => {
    api.page(user).then(setOwn, (error: unknown) => setTrouble(refusal(error).words));
  }, [user]);
  return (
    <section className="chat own" aria-label={fill(words.ownPageOf, { name: person.name })}>
      <header className="chat-head">
        <Back label={words.backLabel} elsewhere={elsewhere} onClick={back} />
        <Avatar name={plainName(person.name)} color="colorful" size={36} aria-hidden="true" />
        <div>
          <h1>{`${words.youAre} ${person.name}`}</h1>
          <p className="quiet">{person.role}</p>
        </div>
        <Views current="own" go={chat} />
      </header>
      <div className="own-page">
        <div role="alert">{trouble !== undefined && <p className="failed">{trouble}</p>}</div>
        {own && <Sections calls={calls} state={own} over={over} within />}
      </div>
    </section>
  );
}
