import {
  Checkbox,
  FieldContextProvider,
  Input,
  Field as Labelled,
  Radio,
  RadioGroup,
  Select,
  Textarea,
  useFieldControlProps_unstable,
} from '@fluentui/react-components';
import type { Field, Option } from '../../../../bot/view.ts';
import { SearchField, type Suggest } from './search-field.tsx';
import { words } from './words.ts';

/** What a field holds while the form is open. */
export type Given = string | boolean | readonly string[] | readonly Option[];

const inputs = { line: 'text', email: 'email', url: 'url', date: 'date', datetime: 'datetime-local' } as const;
/** So many options are shown at once; more go into a list that opens. */
const shownAtOnce = 5;

/** One field of a form with its label, its hint and its error. */
export function FieldView({
  suggest,
  field,
  given,
  error,
  change,
}: {
  readonly suggest: Suggest;
  readonly field: Field;
  readonly given: Given;
  readonly error: string | undefined;
  readonly change: (given: Given) => void;
}) {
  const wrong = error === undefined ? {} : { validationMessage: error };
  const label = field.optional ? `${field.label} (${words.optional})` : field.label;
  const common = { label, required: !field.optional, ...(field.hint ? { hint: field.hint } : {}), ...wrong };
  const className = error === undefined ? '' : 'wrong';

  switch (field.kind) {
    case 'check':
      return (
        <Labelled {...(field.hint ? { hint: field.hint } : {})} {...wrong} className={className}>
          <Checkbox label={label} checked={given === true} onChange={(_, { checked }) => change(checked === true)} />
        </Labelled>
      );
    case 'choice':
      return (
        <Labelled {...common} className={className}>
          {field.options.length <= shownAtOnce ? (
            <RadioGroup value={given as string} onChange={(_, { value }) => change(value)}>
              {field.options.map(({ value, label: words }) => (
                <Radio key={value} value={value} label={words} />
              ))}
            </RadioGroup>
          ) : (
            <Select value={given as string} onChange={(_, { value }) => change(value)}>
              <option value="">{words.choose}</option>
              {field.options.map(({ value, label: words }) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Labelled>
      );
    case 'choices':
      return (
        <Labelled {...common} className={className}>
          <Choices options={field.options} held={given as readonly string[]} change={change} />
        </Labelled>
      );
    case 'search':
      return (
        <Labelled {...common} className={className}>
          <SearchField
            suggest={suggest}
            source={field.source}
            several={field.several === true}
            chosen={given as readonly Option[]}
            change={change}
          />
        </Labelled>
      );
    case 'text':
      return (
        <Labelled {...common} className={className}>
          <Textarea
            value={given as string}
            rows={4}
            resize="vertical"
            onChange={(_, { value }) => change(value)}
            {...(field.max ? { maxLength: field.max } : {})}
            {...(field.placeholder ? { placeholder: field.placeholder } : {})}
          />
        </Labelled>
      );
    default:
      return (
        <Labelled {...common} className={className}>
          <Input
            type={inputs[field.kind]}
            value={given as string}
            onChange={(_, { value }) => change(value)}
            {...('max' in field && field.max ? { maxLength: field.max } : {})}
            {...('placeholder' in field && field.placeholder ? { placeholder: field.placeholder } : {})}
          />
        </Labelled>
      );
  }
}

/** What names and describes a control. */
interface Naming {
  readonly id?: string;
  readonly 'aria-labelledby'?: string;
  readonly 'aria-describedby'?: string;
}

/** '17:30' */
const briefly = 6;

/**
 * Boxes to tick, as a group that the field's label names. Each box is a control of its own: within the field's context all of them would get the field's one id, and the
 * label of any would tick the first.
 */
function Choices({
  options,
  held,
  change,
}: {
  readonly options: readonly Option[];
  readonly held: readonly string[];
  readonly change: (given: readonly string[]) => void;
}) {
  const field = useFieldControlProps_unstable<Naming>({}) ?? {};
  return (
    <fieldset
      id={field.id}
      aria-labelledby={field['aria-labelledby']}
      aria-describedby={field['aria-describedby']}
      className={options.every(({ label }) => label.length <= briefly) ? 'choices brief' : 'choices'}
    >
      <FieldContextProvider value={undefined}>
        {options.map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            checked={held.includes(value)}
            onChange={(_, { checked }) => change(checked ? [...held, value] : held.filter((other) => other !== value))}
          />
        ))}
      </FieldContextProvider>
    </fieldset>
  );
}
