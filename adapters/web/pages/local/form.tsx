import { Button, DialogActions, DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Field, Form, Option, Values } from '../../../../bot/view.ts';
import { Modal } from '../shared/modal.tsx';
import { Trouble } from '../shared/trouble.tsx';
import { FieldView, type Given } from './fields.tsx';
import type { Suggest } from './search-field.tsx';
import { words } from './words.ts';

/** What a field holds when the form opens. A box is ticked by nobody but the person; what was typed before a refusal stays. */
function initial(field: Field): Given {
  switch (field.kind) {
    case 'choices':
      return field.value ?? [];
    case 'search':
      return field.value ?? [];
    case 'check':
      return false;
    default:
      return field.value ?? '';
  }
}

function valueOf(field: Field, given: Given): Values[string] {
  if (field.kind !== 'search') return given as Values[string];
  return (given as readonly Option[]).map(({ value }) => value);
}

/** A form as a dialog. The errors of one that was not taken stand on the very field, and the first of them takes the focus. */
export function FormDialog({
  suggest,
  form,
  errors,
  turn,
  busy,
  trouble,
  submit,
  close,
}: {
  readonly suggest: Suggest;
  readonly form: Form;
  readonly errors: Readonly<Record<string, string>>;
  /** Counts the answers, so that the same error twice is shown twice. */
  readonly turn: number;
  readonly busy: boolean;
  readonly trouble: string | undefined;
  readonly submit: (values: Values) => void;
  readonly close: () => void;
}) {
  const [given, setGiven] = useState<Readonly<Record<string, Given>>>({});
  const place = useRef<HTMLFormElement>(null);
  const count = Object.keys(errors).length;
  useEffect(() => {
    if (count > 0 && turn > 0)
      place.current?.querySelector<HTMLElement>('[aria-invalid="true"], .wrong input, .wrong button')?.focus();
  }, [count, turn]);

  const send = (event: FormEvent) => {
    event.preventDefault();
    submit(
      Object.fromEntries(form.fields.map((field) => [field.name, valueOf(field, given[field.name] ?? initial(field))])),
    );
  };
  const whole = errors[''] ?? trouble ?? (count > 0 ? words.formErrors : undefined);
  return (
    // A click beside the form must not throw away what was typed.
    <Modal close={(_, { open, type }) => !open && type !== 'backdropClick' && close()}>
      <form ref={place} onSubmit={send} noValidate>
        <DialogBody>
          <DialogTitle>{form.title}</DialogTitle>
          <DialogContent className="fields">
            {form.intro !== undefined && <p className="lines quiet">{form.intro}</p>}
            <Trouble words={whole} />
            {form.fields.map((field) => (
              <FieldView
                key={field.name}
                suggest={suggest}
                field={field}
                given={given[field.name] ?? initial(field)}
                error={errors[field.name]}
                change={(value) => setGiven((before) => ({ ...before, [field.name]: value }))}
              />
            ))}
          </DialogContent>
          <DialogActions>
            <Button type="submit" appearance="primary" disabled={busy}>
              {form.submit}
            </Button>
            <Button onClick={close}>{words.cancel}</Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Modal>
  );
}
