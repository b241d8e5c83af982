import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useEffect, useMemo, useState } from 'react';
import { Chat } from './chat.tsx';
import { useLive } from './live.ts';
import { Mailbox } from './mailbox.tsx';
import { OwnPage } from './own.tsx';
import { Sidebar } from './sidebar.tsx';
import { isWide } from './wide.ts';
import { words } from './words.ts';
import './local.css';

/** What the window shows: a chat, somebody's own page, the mailbox, or (on a narrow screen, before anything is chosen) the list alone. */
export type Shown =
  | { readonly view: 'chat' | 'desk' | 'own'; readonly user: string }
  | { readonly view: 'mailbox' }
  | { readonly view: 'list' };

/** The address after '#' keeps what is shown over a reload: '#chat/user', '#desk/user', '#own/user', '#mailbox'. */
function fromAddress(): Shown {
  const [view, user] = location.hash.slice(1).split('/');
  if ((view === 'chat' || view === 'desk' || view === 'own') && user) return { view, user: decodeURIComponent(user) };
  return view === 'mailbox' ? { view } : { view: 'list' };
}

function toAddress(shown: Shown): string {
  if (shown.view === 'list') return '#';
  return shown.view === 'mailbox' ? '#mailbox' : `#${shown.view}/${encodeURIComponent(shown.user)}`;
}

/** The local page: one window in which one is each of the people in turn. */
export function LocalApp() {
  const [asked, setAsked] = useState(fromAddress);
  const [first, setFirst] = useState<string>();
  // A wide window begins with the first person, so that something can be done at once.
  const shown: Shown =
    asked.view === 'list' && first !== undefined && isWide.matches ? { view: 'chat', user: first } : asked;
  const user = 'user' in shown ? shown.user : undefined;
  const place = useMemo(
    () =>
      user === undefined || shown.view === 'own'
        ? undefined
        : ({ user, room: shown.view === 'desk' ? 'desk' : 'chat' } as const),
    [user, shown.view],
  );
  const live = useLive(place);
  const { people, letters } = live;

  const begin = people[0]?.user;
  if (begin !== first) setFirst(begin);

  useEffect(() => {
    const moved = () => setAsked(fromAddress());
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  const go = (next: Shown) => {
    history.pushState(null, '', toAddress(next));
    setAsked(next);
  };
  const inMailbox = shown.view === 'mailbox';
  // By its moment, not by a count: the folder with the data may be another one tomorrow.
  const newest = letters.reduce((latest, { at }) => (at > latest ? at : latest), '');
  useEffect(() => {
    if (inMailbox && newest !== '') localStorage.setItem('mail-seen', newest);
  }, [inMailbox, newest]);
  const mailSeen = localStorage.getItem('mail-seen') ?? '';
  const newLetters = inMailbox ? 0 : letters.filter(({ at }) => at > mailSeen).length;

  const unread = people.flatMap((one) =>
    one.rooms.map((room) => (one.user === place?.user && room.room === place.room ? 0 : room.unread)),
  );
  const elsewhere = unread.reduce((sum, count) => sum + count, newLetters);

  const person = people.find((one) => one.user === user);
  return (
    <div className={shown.view === 'list' ? 'window listing' : 'window'}>
      <Sidebar people={people} shown={shown} newLetters={newLetters} go={go} />
      <main className="stage">
        {live.trouble !== undefined && (
          <MessageBar intent="error">
            <MessageBarBody>{live.trouble}</MessageBarBody>
          </MessageBar>
        )}
        {person && place && (
          <Chat
            key={`${place.user}/${place.room}`}
            person={person}
            place={place}
            messages={live.messages}
            elsewhere={elsewhere}
            refresh={live.refresh}
            back={() => go({ view: 'list' })}
            own={() => go({ view: 'own', user: person.user })}
          />
        )}
        {person && shown.view === 'own' && (
          <OwnPage
            key={person.user}
            person={person}
            elsewhere={elsewhere}
            back={() => go({ view: 'list' })}
            chat={() => go({ view: 'chat', user: person.user })}
          />
        )}
        {shown.view === 'list' && <p className="quiet choose">{words.chooseFirst}</p>}
        {shown.view === 'mailbox' && (
          <Mailbox letters={letters} elsewhere={elsewhere} back={() => go({ view: 'list' })} />
        )}
      </main>
    </div>
  );
}
