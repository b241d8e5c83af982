import { Avatar, Spinner } from '@fluentui/react-components';
import { ChatMultipleRegular } from '@fluentui/react-icons';
import { type DragEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { ActButton, Values } from '../../../../bot/view.ts';
import { formAfter, type OpenForm, Over } from '../home/over.tsx';
import { fill } from '../shared/words.ts';
import { api, CallFailed, type Doing, type Message, type Outcome, type Person, type Place } from './api.ts';
import { Back } from './back.tsx';
import { Composer } from './composer.tsx';
import { Messages } from './messages.tsx';
import type { Suggest } from './search-field.tsx';
import { Views } from './views.tsx';
import { plainName, words } from './words.ts';

/** One person's chat, or the helpdesk's channel as one of its people: the messages, what is typed, the form that is open. */
export function Chat({
  person,
  place,
  messages,
  elsewhere,
  refresh,
  back,
  own,
}: {
  readonly person: Person;
  readonly place: Place;
  readonly messages: readonly Message[] | undefined;
  readonly elsewhere: number;
  readonly refresh: () => void;
  readonly back: () => void;
  /** Shows the person's own page. */
  readonly own: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string>();
  const [form, setForm] = useState<OpenForm & { readonly message: string | undefined }>();
  const [asking, setAsking] = useState<{ readonly button: ActButton; readonly message: string }>();
  const [answer, setAnswer] = useState<string>();
  const greeted = useRef(false);
  const desk = place.room === 'desk';
  const suggest = useCallback<Suggest>((source, typed) => api.suggest(person.user, source, typed), [person.user]);

  const act = useCallback(
    async (what: Doing): Promise<Outcome | undefined> => {
      setBusy(true);
      setFailed(undefined);
      try {
        const outcome = await api.act(place, what, crypto.randomUUID());
        setAnswer(outcome.messages.at(-1)?.id);
        return outcome;
      } catch (error) {
        setFailed(error instanceof CallFailed ? error.message : String(error));
        return undefined;
      } finally {
        setBusy(false);
        refresh();
      }
    },
    [place, refresh],
  );
  const take = (outcome: Outcome | undefined, message: string | undefined) => {
    if (!outcome) return;
    const open = formAfter(form, outcome);
    setForm(open && { ...open, message });
  };
  const press = async ({ action, ref }: ActButton, message: string) => {
    take(await act({ do: 'press', action, message, ...(ref === undefined ? {} : { ref }) }), message);
  };
  const submit = async (values: Values) => {
    if (!form) return;
    const { form: name, ref } = form.form;
    const message = form.message === undefined ? {} : { message: form.message };
    take(
      await act({ do: 'submit', form: name, values, ...message, ...(ref === undefined ? {} : { ref }) }),
      form.message,
    );
  };
  const say = async (text: string) => take(await act({ do: 'say', text }), undefined);

  // The first look at an empty chat is what a platform calls the app's first opening.
  const empty = messages?.length === 0;
  useEffect(() => {
    if (!empty || desk || greeted.current) return;
    greeted.current = true;
    void act({ do: 'hello' });
  }, [empty, desk, act]);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    // The bytes stay where they are: the bot only hears that somebody dropped a file.
    if (event.dataTransfer.files.length > 0) void act({ do: 'file' });
  };
  return (
    // Dropping a file only tells the bot that somebody did: there is nothing a keyboard would miss.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className="chat"
      aria-label={desk ? words.messagesDesk : fill(words.messages, { name: person.name })}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <header className="chat-head">
        <Back label={words.backLabel} elsewhere={elsewhere} onClick={back} />
        {desk ? (
          <span className="sign">
            <ChatMultipleRegular />
          </span>
        ) : (
          <Avatar name={plainName(person.name)} color="colorful" size={36} aria-hidden="true" />
        )}
        <div>
          <h1>{desk ? words.deskChannel : `${words.youAre} ${person.name}`}</h1>
          <p className="quiet">{desk ? fill(words.deskAs, { name: person.name }) : person.role}</p>
        </div>
        {!desk && <Views current="chat" go={own} />}
      </header>
      <Messages
        person={person}
        desk={desk}
        messages={messages}
        answer={answer}
        busy={busy}
        press={(button, message) => (button.confirm ? setAsking({ button, message }) : void press(button, message))}
        remove={(message) => void api.remove(place, message).then(refresh)}
      />
      <div className="below">
        <div role="alert">
          {failed !== undefined && <p className="failed">{fill(words.failed, { words: failed })}</p>}
        </div>
        <output className="working">{busy && <Spinner size="tiny" label={words.working} />}</output>
        <Composer person={person} desk={desk} say={(text) => void say(text)} />
      </div>
      <Over
        open={form}
        asking={asking?.button}
        busy={busy}
        trouble={failed}
        suggest={suggest}
        submit={(values) => void submit(values)}
        close={() => setForm(undefined)}
        answer={(yes) => {
          setAsking(undefined);
          if (yes && asking) void press(asking.button, asking.message);
        }}
      />
    </section>
  );
}
