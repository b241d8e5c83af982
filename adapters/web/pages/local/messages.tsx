import { Button, Spinner, Tooltip } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import type { ActButton } from '../../../../bot/view.ts';
import { fill, wordsIn } from '../shared/words.ts';
import type { Message, Person } from './api.ts';
import { CardView } from './card.tsx';
import { language, words } from './words.ts';

function time(instant: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(new Date(instant));
}

/** The messages of a chat, oldest first; a new one comes into view, and is read out. */
export function Messages({
  person,
  desk,
  messages,
  answer,
  busy,
  press,
  remove,
}: {
  readonly person: Person;
  readonly desk: boolean;
  readonly messages: readonly Message[] | undefined;
  /** The message that the last act gave: it may have taken the place of an older one. */
  readonly answer: string | undefined;
  readonly busy: boolean;
  readonly press: (button: ActButton, message: string) => void;
  readonly remove: (message: string) => void;
}) {
  const end = useRef<HTMLDivElement>(null);
  const last = messages?.at(-1);
  const answered = messages?.find(({ id }) => id === answer)?.change;
  // A message taller than the window is shown from its top: one reads downwards.
  const show = (id: string | undefined) => {
    const place = [...(end.current?.children ?? [])].find((one) => one.id === `m-${id}`);
    const tall = place && end.current && place.clientHeight > end.current.clientHeight;
    place?.scrollIntoView({ block: tall ? 'start' : 'nearest' });
  };
  useEffect(() => show(last?.id), [last?.id]);
  useEffect(() => show(answer), [answer, answered]);

  const empty = desk ? words.emptyDesk : words.emptyChat;
  return (
    // Longer than its frame, it is moved with the arrow keys: the frame can be focused.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="messages" role="log" aria-label={words.bot} aria-relevant="additions text" tabIndex={0} ref={end}>
      {messages === undefined && <Spinner label={wordsIn(language).link.loading} />}
      {messages?.length === 0 && !busy && (
        <div className="empty">
          <h2>{fill(empty.title, { name: person.name })}</h2>
          <p className="quiet">{empty.text}</p>
        </div>
      )}
      {messages?.map((message) => (
        <article
          key={message.id}
          id={`m-${message.id}`}
          className={message.from === 'person' ? 'message mine' : 'message'}
        >
          <p className="byline">
            <span>{message.from === 'person' ? words.you : words.bot}</span>
            <time dateTime={message.at}>{time(message.at)}</time>
            {message.only !== undefined && message.from === 'bot' && (
              <span>{fill(words.onlyYou, { name: person.name })}</span>
            )}
          </p>
          {message.text !== undefined && (
            <div className="said">
              <p>{message.text}</p>
              <Tooltip content={words.remove} relationship="label">
                <Button
                  size="small"
                  appearance="transparent"
                  icon={<DeleteRegular />}
                  onClick={() => remove(message.id)}
                />
              </Tooltip>
            </div>
          )}
          {message.card && (
            <CardView card={message.card} disabled={busy} press={(button) => press(button, message.id)} />
          )}
        </article>
      ))}
    </div>
  );
}
