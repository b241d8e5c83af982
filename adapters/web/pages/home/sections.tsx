import { Button, Spinner } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer } from '../../../../bot/interaction.ts';
import type { TabAct, TabState } from '../../../../bot/pages/pages.ts';
import type { ActButton, Card, Values } from '../../../../bot/view.ts';
import { isOver, isRefused, type Refused } from '../link/session.ts';
import { CardView } from '../local/card.tsx';
import type { Suggest } from '../local/search-field.tsx';
import { Trouble } from '../shared/trouble.tsx';
import { wordsIn } from '../shared/words.ts';
import { formAfter, type OpenForm, Over } from './over.tsx';
import './home.css';

/** What a person's own page asks the server for. */
export interface OwnCalls {
  readonly act: (act: TabAct) => Promise<Answer | Refused>;
  readonly suggest: Suggest;
}

/** How often a page that is looked at asks for what has changed. */
const anewMs = 20_000;

/** Whether a press turns a page of what is shown: its answer takes that place, and to ask for it again changes nothing. */
function turns({ action, ref = '' }: { readonly action: string; readonly ref?: string }): boolean {
  return action === 'home.page' || ref.includes('|');
}

/**
 * The sections of a person's own page: their home first, then what each command answers in the chat. What is pressed shows its answer over what was there, and one can go back. While nothing
 * else is done, what is shown follows what happens.
 */
export function Sections({
  calls,
  state,
  over,
  within = false,
}: {
  readonly calls: OwnCalls;
  readonly state: Pick<TabState, 'language' | 'name' | 'sections'>;
  readonly over: (refused: Refused) => void;
  /** Stands in another page, which has its own heading. */
  readonly within?: boolean;
}) {
  const words = wordsIn(state.language).tab;
  const first = state.sections[0]?.name ?? '';
  const [section, setSection] = useState(first);
  /** What gave the ground of the trail: to ask for it again. */
  const [ground, setGround] = useState<TabAct>({ do: 'open', section: first });
  const [trail, setTrail] = useState<readonly (readonly Card[])[]>([]);
  const [form, setForm] = useState<OpenForm>();
  const [asking, setAsking] = useState<ActButton>();
  const [busy, setBusy] = useState(true);
  const [trouble, setTrouble] = useState<string>();
  /** Counts what the reader did that showed something new. */
  const [moved, setMoved] = useState(0);
  const place = useRef<HTMLDivElement>(null);

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
    return took(await calls.act(what));
  };
  const lay = async (what: TabAct) => {
    setGround(what);
    const answer = await act(what);
    if (!answer) return;
    setTrail([answer.cards ?? []]);
    setMoved((before) => before + 1);
  };
  const open = (name: string) => {
    setSection(name);
    return lay({ do: 'open', section: name });
  };
  useEffect(() => {
    // Busy with it from the start: what is shown first is asked for when the page is there.
    void calls.act({ do: 'open', section: first }).then((given) => {
      const answer = took(given);
      if (answer) setTrail([answer.cards ?? []]);
    });
  }, [calls, took, first]);

  const steps = trail.length;
  const idle = steps === 1 && !busy && form === undefined && asking === undefined;
  useEffect(() => {
    if (!idle) return;
    let current = true;
    const look = async () => {
      if (document.visibilityState !== 'visible') return;
      const answer = await calls.act(ground);
      if (!current) return;
      // What was said once, below it, stays until one goes on.
      if (!isRefused(answer))
        setTrail(([before = []]) => [[...(answer.cards ?? []), ...before.slice(answer.cards?.length)]]);
      else if (isOver(answer)) over(answer);
    };
    const timer = setInterval(() => void look(), anewMs);
    const seen = () => void look();
    document.addEventListener('visibilitychange', seen);
    return () => {
      current = false;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [idle, ground, calls, over]);

  const take = (answer: Answer | undefined) => {
    if (!answer) return;
    const { cards = [], replace } = answer;
    setForm(formAfter(form, answer));
    if (cards.length === 0) return;
    // The ground stays: one comes back to it, as it is then.
    setTrail((before) => [...(replace && before.length > 1 ? before.slice(0, -1) : before), cards]);
    setMoved((before) => before + 1);
  };
  // What was pressed is often gone with its card: the reader, and who hears the page, goes on at the new one.
  const busyWithForm = form !== undefined || asking !== undefined;
  useEffect(() => {
    if (!busyWithForm && moved > 0) place.current?.focus();
  }, [moved, busyWithForm]);
  const press = async (button: ActButton) => {
    const { action, ref } = button;
    const what: TabAct = { do: 'press', action, ...(ref === undefined ? {} : { ref }) };
    return steps === 1 && turns(button) ? lay(what) : take(await act(what));
  };
  const submit = async (values: Values) => {
    if (!form) return;
    const { form: name, ref } = form.form;
    take(await act({ do: 'submit', form: name, values, ...(ref === undefined ? {} : { ref }) }));
  };
  const back = () => (steps === 2 ? void lay(ground) : setTrail((before) => before.slice(0, -1)));

  return (
    <>
      <header className="head">
        {!within && <h1>{state.name || words.title}</h1>}
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
      <div
        ref={place}
        role={within ? 'region' : 'main'}
        aria-label={state.sections.find(({ name }) => name === section)?.label}
        className={steps > 1 ? 'cards' : 'cards home'}
        tabIndex={-1}
      >
        <div className="row">
          {steps > 1 && (
            <Button size="small" onClick={back}>
              {words.back}
            </Button>
          )}
          <output>{busy && <Spinner size="tiny" label={words.working} />}</output>
        </div>
        <Trouble words={form ? undefined : trouble} />
        {(trail.at(-1) ?? []).map((card) => (
          <CardView
            key={card.title}
            card={card}
            disabled={busy}
            buttonsFirst={steps === 1}
            press={(button) => (button.confirm ? setAsking(button) : void press(button))}
          />
        ))}
      </div>
      <Over
        open={form}
        asking={asking}
        busy={busy}
        trouble={trouble}
        suggest={calls.suggest}
        submit={(values) => void submit(values)}
        close={() => setForm(undefined)}
        answer={(yes) => {
          setAsking(undefined);
          if (yes && asking) void press(asking);
        }}
      />
    </>
  );
}
