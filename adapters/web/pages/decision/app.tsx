import { Button, Field, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { DecisionState } from '../../../../bot/pages/pages.ts';
import { Gate, type Open } from '../link/gate.tsx';
import { Heading } from '../link/heading.tsx';
import { callJson } from '../link/session.ts';
import { moment, wordsIn } from '../shared/words.ts';

/** The page on which a lead or deputy decides a colleague's registration by a one-time link. */
export function DecisionApp() {
  return (
    <Gate<DecisionState> part="decision" look="/d/api/look">
      {(open) => <Decision {...open} />}
    </Gate>
  );
}

function Decision({ state, handle, take }: Open<DecisionState>) {
  const words = wordsIn(state.language).decision;
  const [declining, setDeclining] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);

  const decide = async (outcome: 'authorised' | 'declined') => {
    if (outcome === 'declined' && reason.trim() === '') return setMissing(true);
    setBusy(true);
    const body = outcome === 'declined' ? { outcome, reason: reason.trim() } : { outcome };
    take(await callJson<DecisionState>('/d/api/decide', handle, { method: 'POST', body }));
    setBusy(false);
  };

  const facts = (
    <dl className="facts">
      <dt>{words.applicant}</dt>
      <dd>{state.applicant}</dd>
      <dt>{words.as}</dt>
      <dd>{words[state.as]}</dd>
      <dt>{words.hcp}</dt>
      <dd>{state.hcp}</dd>
      <dt>{words.requestedAt}</dt>
      <dd>{moment(state.requestedAt, state.language)}</dd>
    </dl>
  );
  if (state.outcome) {
    const { title, text } = words.outcome[state.outcome];
    return (
      <section className="panel" key={state.outcome}>
        <Heading>{title}</Heading>
        <p>{text}</p>
        {facts}
      </section>
    );
  }
  return (
    <section className="panel">
      {facts}
      <p className="quiet">{words.explain}</p>
      {declining ? (
        <>
          <Field
            label={words.reason}
            hint={words.reasonHint}
            required
            {...(missing && reason.trim() === '' ? { validationMessage: words.reasonMissing } : {})}
          >
            <Textarea value={reason} rows={4} maxLength={2000} onChange={(_, { value }) => setReason(value)} />
          </Field>
          <div className="row">
            <Button appearance="primary" size="large" disabled={busy} onClick={() => void decide('declined')}>
              {words.declineNow}
            </Button>
            <Button size="large" onClick={() => setDeclining(false)}>
              {words.back}
            </Button>
          </div>
        </>
      ) : (
        <div className="row">
          <Button appearance="primary" size="large" disabled={busy} onClick={() => void decide('authorised')}>
            {words.authorise}
          </Button>
          <Button size="large" onClick={() => setDeclining(true)}>
            {words.decline}
          </Button>
        </div>
      )}
    </section>
  );
}
