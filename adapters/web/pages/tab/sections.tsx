import { Button, MessageBar, MessageBarBody, Spinner, useFocusFinders } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer } from '../../../../bot/interaction.ts';
import type { TabAct, TabState } from '../../../../bot/pages.ts';
import type { ActButton, Card, Form, Option, Values } from '../../../../bot/view.ts';
import { callJson, isOver, isRefused, type Refused } from '../link/session.ts';
import { CardView } from '../local/card.tsx';
import { Confirm } from '../local/confirm.tsx';
import { FormDialog } from '../local/form.tsx';
import type { Suggest } from '../local/search-field.tsx';
import { wordsIn } from '../shared/words.ts';

interface OpenForm {
  readonly form: Form;
  readonly errors: Readonly<Record<string, string>>;
  readonly turn: number;
}

/** Does something in the person's name; under an id of its own, so that a repeated request is done once. */
function ask(handle: string, act: TabAct): Promise<Answer | Refused> {
  const body = { delivery: crypto.randomUUID(), act };
  return callJson<Answer>('/tab/api/act', handle, { method: 'POST', body });
}

/** The sections of the page. Each is what its command answers in the chat; a press shows its answer in the place of what was there, and one can go back. */
export function Sections({
  handle,
  state,
  over,
}: {
  readonly handle: string;
  readonly state: TabState;
  readonly over: (refused: Refused) => void;
}) {
  const words = wordsIn(state.language).tab;
  // Keeps the library's keeper of focus while no dialog is open: one that ends with its dialog leaves the page hidden from who hears it.
  useFocusFinders();
  const [section, setSection] = useState(state.sections[0]?.name ?? '');
  const [trail, setTrail] = useState<readonly (readonly Card[])[]>([]);
  const [form, setForm] = useState<OpenForm>();
  const [asking, setAsking] = useState<ActButton>();
  const [busy, setBusy] = useState(true);
  const [trouble, setTrouble] = useState<string>();
  const place = useRef<HTMLElement>(null);

  const took = useCallback(
    (answer: Answer | Refused): Answer | undefined => {
      setBusy(false);
      if (!isRefused(answer)) return answer;
      if (isOver(answer)) over(answer);
      else setTrouble(answer.words);
      return undefined;
    },
    [over],
  );
  const act = async (what: TabAct): Promise<Answer | undefined> => {
    setBusy(true);
    setTrouble(undefined);
    return took(await ask(handle, what));
  };
  const open = async (name: string) => {
    setSection(name);
    const answer = await act({ do: 'open', section: name });
    if (answer) setTrail([answer.cards ?? []]);
  };
  const first = state.sections[0]?.name ?? '';
  useEffect(() => {
    // Busy with it from the start: what is shown first is asked for when the page is there.
    void ask(handle, { do: 'open', section: first }).then((given) => {
      const answer = took(given);
      if (answer) setTrail([answer.cards ?? []]);
    });
  }, [handle, took, first]);

  const take = (answer: Answer | undefined) => {
    if (!answer) return;
    const { cards = [], replace } = answer;
    if (answer.form) setForm({ form: answer.form, errors: answer.errors ?? {}, turn: (form?.turn ?? 0) + 1 });
    else if (answer.errors && form) setForm({ ...form, errors: answer.errors, turn: form.turn + 1 });
    else setForm(undefined);
    if (cards.length === 0) return;
    setTrail((before) => [...(replace ? before.slice(0, -1) : before), cards]);
  };
  // What was pressed is often gone with its card: the reader, and who hears the page, goes on at the new one.
  const steps = trail.length;
  const busyWithForm = form !== undefined || asking !== undefined;
  useEffect(() => {
    if (busyWithForm || trail.length === 0) return;
    place.current?.focus();
  }, [trail, busyWithForm]);
  const press = async ({ action, ref }: ActButton) =>
    take(await act({ do: 'press', action, ...(ref === undefined ? {} : { ref }) }));
  const submit = async (values: Values) => {
    if (!form) return;
    const { form: name, ref } = form.form;
    take(await act({ do: 'submit', form: name, values, ...(ref === undefined ? {} : { ref }) }));
  };
  const suggest = useCallback<Suggest>(
    async (source, typed) => {
      const found = await callJson<{ readonly options: readonly Option[] }>('/tab/api/suggest', handle, {
        method: 'POST',
        body: { source, words: typed },
      });
      return isRefused(found) ? [] : found.options;
    },
    [handle],
  );

  return (
    <>
      <header className="head">
        <h1>{state.name || words.title}</h1>
        <nav aria-label={words.title}>
          {state.sections.map(({ name, label }) => (
            <Button
              key={name}
              appearance="subtle"
              {...(name === section ? { 'aria-current': 'page' as const } : {})}
              onClick={() => void open(name)}
            >
              {label}
            </Button>
          ))}
        </nav>
      </header>
      <main ref={place} className="cards" tabIndex={-1}>
        <div className="row">
          {steps > 1 && (
            <Button size="small" onClick={() => setTrail((before) => before.slice(0, -1))}>
              {words.back}
            </Button>
          )}
          <output>{busy && <Spinner size="tiny" label={words.working} />}</output>
        </div>
        <div role="alert">
          {trouble !== undefined && !form && (
            <MessageBar intent="error" layout="multiline">
              <MessageBarBody>{trouble}</MessageBarBody>
            </MessageBar>
          )}
        </div>
        {(trail.at(-1) ?? []).map((card) => (
          <CardView
            key={card.title}
            card={card}
            disabled={busy}
            press={(button) => (button.confirm ? setAsking(button) : void press(button))}
          />
        ))}
      </main>
      {form && (
        <FormDialog
          key={`${form.form.form}-${form.form.ref ?? ''}`}
          suggest={suggest}
          form={form.form}
          errors={form.errors}
          turn={form.turn}
          busy={busy}
          trouble={trouble}
          submit={(values) => void submit(values)}
          close={() => setForm(undefined)}
        />
      )}
      {asking && (
        <Confirm
          question={asking.confirm ?? ''}
          label={asking.label}
          yes={() => {
            setAsking(undefined);
            void press(asking);
          }}
          no={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
