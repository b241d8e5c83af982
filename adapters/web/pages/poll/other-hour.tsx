import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import type { PollAnswer, PollState } from '../../../../bot/pages/pages.ts';
import type { Refused } from '../link/session.ts';
import { fill, moment, wordsIn } from '../shared/words.ts';

type Other = NonNullable<PollAnswer['other']>;

const refusals = ['meeting.hour-past', 'poll.hour-twice', 'poll.deadline-late', 'poll.too-many-proposals'];

/** Whether a refusal speaks of the hour that was proposed, and not of the answer. */
export function ofTheOtherHour({ refused }: Refused): boolean {
  return refused.startsWith('hour.') || refusals.includes(refused);
}

/** 'None of them? Another hour': a field in the voter's zone, what they mean where the clocks skip or repeat it, and what they have proposed before. */
export function OtherHour({
  state,
  given,
  refused,
  change,
}: {
  readonly state: PollState;
  readonly given?: Other;
  readonly refused?: Refused;
  readonly change: (other: Other | undefined) => void;
}) {
  const words = wordsIn(state.language).poll;
  const choices = given && refused ? readingsOf(refused, given, words) : [];
  return (
    <>
      {state.proposed.length > 0 && (
        <p>
          {fill(words.proposed, {
            hours: state.proposed.map((instant) => moment(instant, state.language, state.zone)).join(', '),
          })}
        </p>
      )}
      <Field
        label={words.other}
        hint={fill(words.otherHint, { zone: state.zone })}
        {...(refused ? { validationMessage: refused.words } : {})}
      >
        <Input
          type="datetime-local"
          value={given?.local ?? ''}
          onChange={(_, { value }) => change(value === '' ? undefined : { local: value.slice(0, 16) })}
        />
      </Field>
      {given && choices.length > 0 && (
        <Field label={words.otherWhich}>
          <RadioGroup
            layout="horizontal"
            value={given.reading ?? ''}
            onChange={(_, { value }) => change({ ...given, reading: value as NonNullable<Other['reading']> })}
          >
            {choices.map(([value, label]) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </RadioGroup>
        </Field>
      )}
    </>
  );
}

/** What an hour can mean that does not exist or comes twice; none where it was another hour that was refused. */
function readingsOf(
  { refused, params = {} }: Refused,
  { local }: Other,
  words: { readonly first: string; readonly second: string },
): readonly (readonly [NonNullable<Other['reading']>, string])[] {
  const told = (key: string) => String(params[key] ?? '').replace('T', ' ');
  if (params['local'] !== local) return [];
  if (refused === 'hour.exists-twice')
    return [
      ['first', fill(words.first, { offset: told('first') })],
      ['second', fill(words.second, { offset: told('second') })],
    ];
  return refused === 'hour.does-not-exist'
    ? [
        ['before', told('before')],
        ['after', told('after')],
      ]
    : [];
}
