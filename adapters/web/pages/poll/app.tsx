import { Button, Field, MessageBar, MessageBarBody, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { PollAnswer, PollState } from '../../../../bot/pages/pages.ts';
import { Gate, type Open } from '../link/gate.tsx';
import { Heading } from '../link/heading.tsx';
import { callJson, isRefused, type Refused } from '../link/session.ts';
import { fill, moment, wordsIn } from '../shared/words.ts';
import { OtherHour, ofTheOtherHour } from './other-hour.tsx';

const commentLength = 300;

/** The page on which somebody who is not in a chat says which hours suit them. */
export function PollApp() {
  return (
    <Gate<PollState> part="poll" look="/p/api/look">
      {(open) => <Poll key={open.state.hours.length} {...open} />}
    </Gate>
  );
}

function Poll({ state, handle, take }: Open<PollState>) {
  const words = wordsIn(state.language).poll;
  const [given, setGiven] = useState<readonly (string | undefined)[]>(state.hours.map(({ vote }) => vote));
  const [comment, setComment] = useState(state.comment ?? '');
  const [other, setOther] = useState<PollAnswer['other']>();
  const [otherRefused, setOtherRefused] = useState<Refused>();
  const [missing, setMissing] = useState(false);
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  // Who has answered is asked about the hours alone that came in since.
  const again = state.hours.some(({ vote }) => vote) && state.hours.some(({ vote }) => !vote);
  const [all, setAll] = useState(!again);

  const send = async () => {
    if (given.some((vote) => vote === undefined)) return setMissing(true);
    setBusy(true);
    const body = { votes: given, ...(comment.trim() ? { comment: comment.trim() } : {}), ...(other ? { other } : {}) };
    const answer = await callJson<PollState>('/p/api/answer', handle, { method: 'POST', body });
    setBusy(false);
    const refused = isRefused(answer);
    setSent(!refused);
    if (refused && ofTheOtherHour(answer)) return setOtherRefused(answer);
    setOtherRefused(undefined);
    if (!refused) setOther(undefined);
    take(answer);
  };

  if (!state.open)
    return (
      <section className="panel">
        <Heading>{words.over}</Heading>
        <p>{words.overText}</p>
      </section>
    );
  return (
    <section className="panel">
      <p>
        {fill(words.explain, {
          id: state.id,
          group: state.group ?? '',
          deadline: moment(state.deadline, state.language, state.zone),
        })}
      </p>
      {again && !all && (
        <div className="row">
          <p>{words.again}</p>
          <Button onClick={() => setAll(true)}>{words.changeOthers}</Button>
        </div>
      )}
      {state.hours.map(({ start, minutes, vote: said }, index) =>
        said !== undefined && !all ? undefined : (
          <Field
            key={start}
            label={fill(words.hour, { hour: moment(start, state.language, state.zone), minutes })}
            required
            {...(missing && given[index] === undefined ? { validationMessage: words.missing } : {})}
          >
            <RadioGroup
              layout="horizontal"
              value={given[index] ?? ''}
              onChange={(_, { value }) => {
                setSent(false);
                setGiven((before) => before.map((vote, at) => (at === index ? value : vote)));
              }}
            >
              <Radio value="yes" label={words.yes} />
              <Radio value="if-need-be" label={words.ifNeedBe} />
              <Radio value="no" label={words.no} />
            </RadioGroup>
          </Field>
        ),
      )}
      {all && (
        <OtherHour
          state={state}
          {...(other ? { given: other } : {})}
          {...(otherRefused ? { refused: otherRefused } : {})}
          change={(value) => {
            setSent(false);
            setOther(value);
          }}
        />
      )}
      {all && (
        <Field label={words.comment} hint={words.commentHint}>
          <Textarea value={comment} rows={3} maxLength={commentLength} onChange={(_, { value }) => setComment(value)} />
        </Field>
      )}
      <output>
        {sent && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{words.sent}</MessageBarBody>
          </MessageBar>
        )}
      </output>
      <div className="row">
        <Button appearance="primary" size="large" disabled={busy} onClick={() => void send()}>
          {words.send}
        </Button>
      </div>
    </section>
  );
}
