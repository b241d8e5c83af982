import { Avatar, CounterBadge } from '@fluentui/react-components';
import { ChatMultipleRegular, MailRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { plural } from '../shared/words.ts';
import type { Person } from './api.ts';
import type { Shown } from './app.tsx';
import { language, plainName, words } from './words.ts';

function Entry({
  icon,
  name,
  detail,
  count,
  countWords,
  current,
  onClick,
}: {
  readonly icon: ReactNode;
  readonly name: string;
  readonly detail: string;
  readonly count: number;
  readonly countWords: 'unread' | 'newMail';
  readonly current: boolean;
  readonly onClick: () => void;
}) {
  return (
    <li>
      <button
        type="button"
        className="entry"
        {...(current ? { 'aria-current': 'page' as const } : {})}
        onClick={onClick}
      >
        {icon}
        <span className="entry-words">
          <span className="entry-name">{name}</span>
          <span className="entry-detail">{detail}</span>
        </span>
        {count > 0 && (
          <>
            <CounterBadge count={count} aria-hidden="true" />
            <span className="hidden">{plural(words.counts, countWords, count, language)}</span>
          </>
        )}
      </button>
    </li>
  );
}

/** The list of people to be, what they share, and the mailbox. */
export function Sidebar({
  people,
  shown,
  newLetters,
  go,
}: {
  readonly people: readonly Person[];
  readonly shown: Shown;
  readonly newLetters: number;
  readonly go: (to: Shown) => void;
}) {
  const desks = people.flatMap((person) =>
    person.rooms.filter(({ room }) => room === 'desk').map(({ unread }) => ({ person, unread })),
  );
  // One first heading at a time: the list's where it is alone, else that of what is open.
  const Title = shown.view === 'list' ? 'h1' : 'p';
  const user = 'user' in shown ? shown.user : undefined;
  return (
    <nav className="sidebar" aria-label={words.people}>
      <div className="masthead">
        <Title className="title">{words.title}</Title>
        <span className="mode">{words.mode}</span>
      </div>
      <p className="quiet lead">{words.intro}</p>
      <h2>{words.people}</h2>
      <ul className="bare">
        {people.map((person) => (
          <Entry
            key={person.user}
            icon={<Avatar name={plainName(person.name)} color="colorful" size={36} aria-hidden="true" />}
            name={person.name}
            detail={person.role}
            count={person.rooms.find(({ room }) => room === 'chat')?.unread ?? 0}
            countWords="unread"
            current={(shown.view === 'chat' || shown.view === 'own') && user === person.user}
            onClick={() => go({ view: 'chat', user: person.user })}
          />
        ))}
      </ul>
      <h2>{words.shared}</h2>
      <ul className="bare">
        {desks.map(({ person, unread }) => (
          <Entry
            key={person.user}
            icon={
              <span className="sign">
                <ChatMultipleRegular />
              </span>
            }
            name={words.deskChannel}
            detail={words.deskAs.replace('{name}', person.name)}
            count={unread}
            countWords="unread"
            current={shown.view === 'desk' && user === person.user}
            onClick={() => go({ view: 'desk', user: person.user })}
          />
        ))}
        <Entry
          icon={
            <span className="sign">
              <MailRegular />
            </span>
          }
          name={words.mailbox}
          detail={words.mailboxHint}
          count={newLetters}
          countWords="newMail"
          current={shown.view === 'mailbox'}
          onClick={() => go({ view: 'mailbox' })}
        />
      </ul>
      <p className="quiet lead outside">{words.outside}</p>
    </nav>
  );
}
