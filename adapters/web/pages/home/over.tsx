import type { ActButton, Form, Values } from '../../../../bot/view.ts';
import { Confirm } from '../local/confirm.tsx';
import { FormDialog } from '../local/form.tsx';
import type { Suggest } from '../local/search-field.tsx';

/** A form that is open, with the errors of its last try. `turn` counts the answers, so that the same error twice is shown twice. */
export interface OpenForm {
  readonly form: Form;
  readonly errors: Readonly<Record<string, string>>;
  readonly turn: number;
}

/** The form that is open after an answer: a new one, the same with its errors, or none. */
export function formAfter(
  before: OpenForm | undefined,
  { form, errors }: { readonly form?: Form; readonly errors?: Readonly<Record<string, string>> },
): OpenForm | undefined {
  const turn = (before?.turn ?? 0) + 1;
  if (form) return { form, errors: errors ?? {}, turn };
  return errors && before ? { ...before, errors, turn } : undefined;
}

/** What stands over a page while somebody acts on it: the form that is open, or the question that a button asks before it counts. */
export function Over({
  open,
  asking,
  busy,
  trouble,
  suggest,
  submit,
  close,
  answer,
}: {
  readonly open: OpenForm | undefined;
  readonly asking: ActButton | undefined;
  readonly busy: boolean;
  readonly trouble: string | undefined;
  readonly suggest: Suggest;
  readonly submit: (values: Values) => void;
  readonly close: () => void;
  readonly answer: (yes: boolean) => void;
}) {
  return (
    <>
      {open && (
        <FormDialog
          key={`${open.form.form}-${open.form.ref ?? ''}`}
          suggest={suggest}
          form={open.form}
          errors={open.errors}
          turn={open.turn}
          busy={busy}
          trouble={trouble}
          submit={submit}
          close={close}
        />
      )}
      {asking && (
        <Confirm
          question={asking.confirm ?? ''}
          label={asking.label}
          yes={() => answer(true)}
          no={() => answer(false)}
        />
      )}
    </>
  );
}
