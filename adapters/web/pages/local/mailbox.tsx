import { Badge, Link } from '@fluentui/react-components';
import { CalendarRegular, MailRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { moment } from '../shared/words.ts';
import type { MailboxLetter } from './api.ts';
import { Back } from './back.tsx';
import { CalendarFile } from './calendar-file.tsx';
import { safeAddress } from './card.tsx';
import { isWide } from './wide.ts';
import { language, words } from './words.ts';

/** Every e-mail that was sent, newest first; one of them open beside the list. */
export function Mailbox({
  letters,
  elsewhere,
  back,
}: {
  readonly letters: readonly MailboxLetter[];
  readonly elsewhere: number;
  readonly back: () => void;
}) {
  const newest = [...letters].sort((a, b) => b.at.localeCompare(a.at));
  const [open, setOpen] = useState<string>();
  const chosen = newest.find(({ id }) => id === open);
  // A wide window has room for the newest one beside the list; a narrow one shows the list first.
  const letter = chosen ?? (isWide.matches ? newest[0] : undefined);
  return (
    <section className={letter ? 'mailbox reading' : 'mailbox'} aria-label={words.mailbox}>
      <header className="chat-head">
        <Back
          label={chosen ? words.mail.back : words.backLabel}
          elsewhere={elsewhere}
          onClick={() => (chosen ? setOpen(undefined) : back())}
        />
        <span className="sign">
          <MailRegular />
        </span>
        <div>
          <h1>{words.mailbox}</h1>
          <p className="quiet">{words.mailboxHint}</p>
        </div>
      </header>
      {newest.length === 0 ? (
        <div className="empty">
          <h2>{words.emptyMail.title}</h2>
          <p className="quiet">{words.emptyMail.text}</p>
        </div>
      ) : (
        <div className="mail-columns">
          <ul className="bare letters">
            {newest.map(({ id, to, subject, at, calendar }) => (
              <li key={id}>
                <button
                  type="button"
                  className="entry letter-entry"
                  {...(id === letter?.id ? { 'aria-current': 'true' as const } : {})}
                  onClick={() => setOpen(id)}
                >
                  <span className="entry-words">
                    <span className="entry-name">{subject}</span>
                    <span className="entry-detail">
                      {words.mail.to} {to}
                    </span>
                    <span className="entry-detail">{moment(at, language)}</span>
                  </span>
                  {calendar && <CalendarRegular aria-label={words.mail.calendar} />}
                </button>
              </li>
            ))}
          </ul>
          {letter && <Letter key={letter.id} letter={letter} />}
        </div>
      )}
    </section>
  );
}

function Letter({ letter }: { readonly letter: MailboxLetter }) {
  const { calendar } = letter;
  const methods: Readonly<Record<string, string>> = words.mail.methods;
  return (
    <article className="letter">
      <h2>{letter.subject}</h2>
      <p className="quiet">
        {words.mail.to} {letter.to}
        <br />
        {words.mail.at} {moment(letter.at, language)}
      </p>
      <p className="lines">
        <Linked text={letter.text} />
      </p>
      {calendar && (
        <div className="card">
          <div className="card-title">
            <h3>{calendar.name}</h3>
            <Badge appearance="tint" color={calendar.method === 'CANCEL' ? 'warning' : 'informative'}>
              {methods[calendar.method] ?? words.mail.methods.other}
            </Badge>
          </div>
          <CalendarFile ics={calendar.ics} />
          <div className="buttons">
            <Link href={`/local/mailbox/${encodeURIComponent(letter.id)}/calendar`} download={calendar.name}>
              {words.mail.download.replace('{name}', calendar.name)}
            </Link>
          </div>
          <details>
            <summary>{words.mail.raw}</summary>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <pre tabIndex={0}>{calendar.ics}</pre>
          </details>
        </div>
      )}
    </article>
  );
}

/** Text whose web addresses can be pressed. The full stop or bracket after one is not part of it. */
function Linked({ text }: { readonly text: string }) {
  const parts = text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/);
  return parts.map((part, index) => {
    const href = index % 2 === 1 ? safeAddress(part) : undefined;
    return href === undefined ? (
      part
    ) : (
      <Link key={part} inline href={href} target="_blank" rel="noopener noreferrer">
        {part}
      </Link>
    );
  });
}
