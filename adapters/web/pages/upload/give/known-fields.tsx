import { Field, Input, Textarea } from '@fluentui/react-components';
import type { RefObject } from 'react';
import { wordsIn } from '../../shared/words.ts';
import type { Typed } from './known.ts';

// What is typed here goes to no spelling service and into no list of earlier entries.
const discreet = { autoComplete: 'off', autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false } as const;

/** What the person knows of the patient: optional, for this one search alone. */
export function KnownFields({
  language,
  typed,
  change,
  dateError,
  tooMuch,
  dateInput,
}: {
  readonly language: string;
  readonly typed: Typed;
  readonly change: (typed: Typed) => void;
  readonly dateError: boolean;
  readonly tooMuch: readonly ('names' | 'numbers')[];
  readonly dateInput: RefObject<HTMLInputElement | null>;
}) {
  const words = wordsIn(language).upload.known;
  const validity = (wrong: boolean, message: string) =>
    wrong ? { validationMessage: message, validationState: 'error' as const } : {};
  return (
    <section className="known" aria-labelledby="known-title">
      <h3 id="known-title">
        {words.title} <span className="quiet">{words.optional}</span>
      </h3>
      <p>{words.why}</p>
      <div className="fields">
        <Field
          label={words.names}
          hint={words.namesHint}
          className="wide"
          {...validity(tooMuch.includes('names'), words.tooMuch)}
        >
          <Textarea
            {...discreet}
            size="large"
            resize="vertical"
            rows={3}
            maxLength={4000}
            value={typed.names}
            onChange={(_, { value }) => change({ ...typed, names: value })}
          />
        </Field>
        <Field label={words.birthDate} {...validity(dateError, words.birthDateWrong)}>
          <Input
            {...discreet}
            input={{ ref: dateInput }}
            size="large"
            type="date"
            min="1876-01-01"
            value={typed.birthDate}
            onChange={(_, { value }) => change({ ...typed, birthDate: value })}
          />
        </Field>
        <Field label={words.numbers} hint={words.numbersHint} {...validity(tooMuch.includes('numbers'), words.tooMuch)}>
          <Textarea
            {...discreet}
            size="large"
            resize="vertical"
            rows={2}
            maxLength={4000}
            value={typed.numbers}
            onChange={(_, { value }) => change({ ...typed, numbers: value })}
          />
        </Field>
      </div>
      <p className="quiet lock">{words.privacy}</p>
    </section>
  );
}
