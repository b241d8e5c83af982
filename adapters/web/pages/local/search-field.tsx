import { Option as Choice, Combobox, Tag, TagGroup } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Option, Source } from '../../../../bot/view.ts';
import { fill } from '../shared/words.ts';
import { words } from './words.ts';

/** Asks for the options of a typeahead. */
export type Suggest = (source: Source, words: string) => Promise<readonly Option[]>;

/** Typeahead over a long list; with `several`, what was chosen stands above it and can be taken away again. */
export function SearchField({
  suggest,
  source,
  several,
  chosen,
  change,
  ...labelling
}: {
  readonly suggest: Suggest;
  readonly source: Source;
  readonly several: boolean;
  readonly chosen: readonly Option[];
  readonly change: (chosen: readonly Option[]) => void;
  /** The labelling that the field around it hands down. */
  readonly id?: string;
  readonly 'aria-labelledby'?: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: boolean | 'true' | 'false' | 'grammar' | 'spelling';
  readonly 'aria-required'?: boolean | 'true' | 'false';
}) {
  const [typed, setTyped] = useState(several ? '' : (chosen[0]?.label ?? ''));
  const [options, setOptions] = useState<readonly Option[]>([]);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      void suggest(source, typed.slice(0, 200)).then(
        (found) => current && setOptions(found),
        () => current && setOptions([]),
      );
    }, 150);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [suggest, source, typed]);

  const choose = (value: string | undefined) => {
    const option = options.find((one) => one.value === value);
    if (!option) return;
    const held = chosen.some((one) => one.value === value);
    if (several) change(held ? chosen.filter((one) => one.value !== value) : [...chosen, option]);
    else change([option]);
    setTyped(several ? '' : option.label);
  };
  return (
    <div className="search">
      {several && chosen.length > 0 && (
        <TagGroup className="chosen" onDismiss={(_, { value }) => change(chosen.filter((one) => one.value !== value))}>
          {chosen.map(({ value, label }) => (
            <Tag
              key={value}
              value={value}
              dismissible
              dismissIcon={{ 'aria-label': fill(words.searchRemove, { name: label }) }}
            >
              {label}
            </Tag>
          ))}
        </TagGroup>
      )}
      <Combobox
        {...labelling}
        freeform
        inlinePopup
        multiselect={several}
        placeholder={words.search}
        value={typed}
        selectedOptions={chosen.map(({ value }) => value)}
        onChange={(event) => {
          setTyped(event.target.value);
          // What is typed over a choice is a new search: the old choice must not be sent with it.
          if (!several && chosen.length > 0) change([]);
        }}
        onOptionSelect={(_, { optionValue }) => choose(optionValue)}
      >
        {options.map(({ value, label }) => (
          <Choice key={value} value={value}>
            {label}
          </Choice>
        ))}
        {options.length === 0 && (
          <Choice key="none" value="" disabled>
            {words.searchNone}
          </Choice>
        )}
      </Combobox>
    </div>
  );
}
