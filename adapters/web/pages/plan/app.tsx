import { Button, Checkbox, Field, Input, MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { DatesSetInfo, EventClickInfo, EventDropInfo } from '@fullcalendar/react';
import { useCallback, useRef, useState } from 'react';
import type { PlanEntry, PlanMove, PlanState } from '../../../../bot/pages/pages.ts';
import { Gate, type Open } from '../link/gate.tsx';
import { Heading } from '../link/heading.tsx';
import { callJson, isRefused, type Refused } from '../link/session.ts';
import { Confirm } from '../local/confirm.tsx';
import { fill, wordsIn } from '../shared/words.ts';
import { CalendarView, narrow } from './calendar.tsx';
import { entryKey, entryTitle, eventsOf, hoursDrawn, noGroup } from './entries.ts';
import { instantOf, localOf, saidIn } from './hours.ts';
import './plan.css';

interface Wanted extends PlanMove {
  /** Puts the entry back where it was dragged from. */
  readonly revert: () => void;
  /** What is in the way, where something is. */
  readonly trouble?: string;
}

/** The helpdesk's page with the month and the week. */
export function PlanApp() {
  return (
    <Gate<PlanState> part="plan" look="/plan/api/look" wide>
      {(open) => <Plan {...open} />}
    </Gate>
  );
}

function Plan({ state, handle, take }: Open<PlanState>) {
  const words = wordsIn(state.language).plan;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<PlanEntry>();
  const [wanted, setWanted] = useState<Wanted>();
  const [told, setTold] = useState<string>();
  const range = useRef('');
  const groups = [...state.groups, { code: noGroup, name: words.noGroup }];
  const shown = new Set(groups.map(({ code }) => code).filter((code) => !hidden.has(code)));
  const said = (start: string) => saidIn(start, state.zone, state.language);

  const load = useCallback(
    async () => take(await callJson<PlanState>(`/plan/api/look${range.current}`, handle)),
    [handle, take],
  );
  const datesSet = useCallback(
    ({ start, end }: DatesSetInfo) => {
      const asked = `?from=${start.toISOString()}&to=${end.toISOString()}`;
      if (asked === range.current) return;
      range.current = asked;
      void load();
    },
    [load],
  );
  const entryOf = (key: string) => state.entries.find((entry) => entryKey(entry) === key);
  const clicked = ({ event }: EventClickInfo) => setChosen(entryOf(event.id));
  const dropped = ({ event, revert }: EventDropInfo) => {
    const entry = entryOf(event.id);
    if (!entry || !event.start) return revert();
    setWanted({ id: entry.id, start: event.start.toISOString(), minutes: entry.minutes, revert });
  };
  const move = async (asked: Wanted) => {
    const { id, start, minutes } = asked;
    const body = {
      delivery: crypto.randomUUID(),
      move: { id, start, minutes, ...(asked.trouble === undefined ? {} : { despite: true }) },
    };
    setWanted(undefined);
    setTold(undefined);
    const answer = await callJson<{ readonly moved: boolean; readonly words?: string } | Refused>(
      '/plan/api/move',
      handle,
      { method: 'POST', body },
    );
    if (isRefused(answer)) {
      asked.revert();
      return take(answer);
    }
    if (!answer.moved && asked.trouble === undefined) return setWanted({ ...asked, trouble: answer.words ?? '' });
    if (!answer.moved) {
      asked.revert();
      return setTold(answer.words);
    }
    setChosen(undefined);
    setTold(fill(words.moved, { id, hour: said(start) }));
    await load();
  };

  return (
    <>
      <details className="groups" open={!narrow.matches}>
        <summary>{`${words.groups} (${shown.size}/${groups.length})`}</summary>
        <div className="row">
          {groups.map(({ code, name }) => (
            <Checkbox
              key={code}
              label={code ? `${code} · ${name}` : name}
              checked={!hidden.has(code)}
              onChange={(_, { checked }) =>
                setHidden((before) => new Set(checked ? [...before].filter((one) => one !== code) : [...before, code]))
              }
            />
          ))}
        </div>
      </details>
      <output>
        {told !== undefined && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>{told}</MessageBarBody>
          </MessageBar>
        )}
      </output>
      <section className="panel calendar" aria-label={words.title}>
        <CalendarView
          language={state.language}
          today={words.today}
          zone={state.zone}
          drawn={hoursDrawn(state)}
          events={eventsOf(words, state, shown)}
          datesSet={datesSet}
          clicked={clicked}
          dropped={dropped}
        />
        <p className="quiet">{fill(words.legend, { zone: state.zone })}</p>
      </section>
      {chosen && (
        <Details
          key={entryKey(chosen)}
          entry={chosen}
          zone={state.zone}
          language={state.language}
          move={(start) => setWanted({ id: chosen.id, start, minutes: chosen.minutes, revert: () => undefined })}
          close={() => setChosen(undefined)}
        />
      )}
      <section className="panel">
        <h2>{fill(words.pending, { count: state.pending.length })}</h2>
        {state.pending.length > 0 ? (
          <ul>
            {state.pending.map(({ id, group, hour, polled }) => (
              <li key={id}>
                {[id, group ?? words.noGroup, ...(hour ? [said(hour)] : []), ...(polled ? [words.polled] : [])].join(
                  ' · ',
                )}
              </li>
            ))}
          </ul>
        ) : (
          <p>{words.nothingPending}</p>
        )}
        <p className="quiet">{words.inChat}</p>
      </section>
      {wanted && (
        <Confirm
          question={wanted.trouble ?? fill(words.ask, { id: wanted.id, hour: said(wanted.start) })}
          label={wanted.trouble === undefined ? words.move : words.despite}
          yes={() => void move(wanted)}
          no={() => {
            wanted.revert();
            setWanted(undefined);
          }}
        />
      )}
    </>
  );
}

/** One entry, and for a meeting the way to move it without dragging. */
function Details({
  entry,
  zone,
  language,
  move,
  close,
}: {
  readonly entry: PlanEntry;
  readonly zone: string;
  readonly language: string;
  readonly move: (start: string) => void;
  readonly close: () => void;
}) {
  const words = wordsIn(language).plan;
  const [local, setLocal] = useState(localOf(entry.start, zone));
  const start = instantOf(local, zone);
  return (
    <section className="panel" aria-label={entry.id}>
      <Heading>{entryTitle(words, entry)}</Heading>
      <p>{fill(words.hour, { hour: saidIn(entry.start, zone, language), minutes: entry.minutes })}</p>
      <p className="quiet">{fill(words.show, { id: entry.id })}</p>
      {entry.movable && (
        <Field
          label={fill(words.newHour, { zone })}
          {...(start === undefined ? { validationMessage: words.noHour } : {})}
        >
          <Input type="datetime-local" value={local} onChange={(_, { value }) => setLocal(value)} />
        </Field>
      )}
      <div className="row">
        {entry.movable && (
          <Button
            appearance="primary"
            disabled={start === undefined || start === entry.start}
            onClick={() => start !== undefined && move(start)}
          >
            {words.move}
          </Button>
        )}
        <Button onClick={close}>{words.close}</Button>
      </div>
    </section>
  );
}
