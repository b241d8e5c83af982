import { createHash } from 'node:crypto';
import { z } from 'zod';
import { seemsIdentifying } from '../../../bot/guard.ts';
import type { Field, Form, Option, Source, Values } from '../../../bot/view.ts';
import type { Kept } from '../../../domain/memory-ports.ts';
import type { Clock } from '../../../domain/ports.ts';
import { english } from '../words.ts';
import { draftable, inputOf } from './modal.ts';
import { readValues, type StateValues } from './values.ts';

/** An open form: whose, in which view, and which form about what. */
export interface OpenForm {
  readonly user: string;
  readonly view: string;
  readonly form: string;
  readonly ref: string | undefined;
}

/**
 * What was typed into forms that were closed before they were sent. While a form is open its state is in memory alone; closing it keeps what is
 * left after `keepable`, sealed, for an hour. The process that ends in between has no draft.
 */
export interface Drafts {
  /** What stands in an open form now; `at` is the moment of the change, since two of them can arrive in the wrong order. */
  note(open: OpenForm, at: string, state: StateValues): void;
  /** The form was closed. */
  close(open: OpenForm): Promise<void>;
  /** The form was sent, or its draft thrown away: nothing of it is kept. */
  forget(open: OpenForm): Promise<void>;
  has(user: string, form: string, ref: string | undefined): Promise<boolean>;
  read(user: string, form: string, ref: string | undefined): Promise<Values>;
}

const keptMs = 60 * 60_000;
const mostOpen = 2000;

const draftShape = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** See `Drafts`: the drafts of one installation, `tenant`. */
export function drafts(kept: Kept, tenant: string, clock: Clock): Drafts {
  const open = new Map<string, { readonly user: string; readonly at: string; readonly state: StateValues }>();
  const key = (user: string, form: string, ref: string | undefined) =>
    `slack:draft:${tenant}:${user}:${createHash('sha256')
      .update(JSON.stringify([form, ref ?? '']))
      .digest('base64url')}`;

  const read: Drafts['read'] = async (user, form, ref) => {
    const found = await kept.get(key(user, form, ref));
    return found === undefined ? {} : draftShape.parse(JSON.parse(found));
  };

  return {
    note({ user, view }, at, state) {
      const known = open.get(view);
      if (known && Number(known.at) > Number(at)) return;
      open.delete(view);
      open.set(view, { user, at, state });
      const [oldest] = open.keys();
      if (open.size > mostOpen && oldest !== undefined) open.delete(oldest);
    },
    async close({ user, view, form, ref }) {
      const known = open.get(view);
      open.delete(view);
      if (known?.user !== user) return;
      const values = keepable(known.state);
      const expiresAt = new Date(Date.parse(clock.now()) + keptMs).toISOString();
      if (Object.keys(values).length > 0) await kept.put(key(user, form, ref), JSON.stringify(values), expiresAt);
    },
    async forget({ user, view, form, ref }) {
      open.delete(view);
      await kept.delete(key(user, form, ref));
    },
    has: async (user, form, ref) => Object.keys(await read(user, form, ref)).length > 0,
    read,
  };
}

/** What a draft may hold of a form: fields of the kinds that are `draftable`, without a text that seems to hold a patient's identity (rule 9). */
function keepable(state: StateValues): Values {
  const fields = Object.fromEntries(Object.entries(state).filter(([id]) => draftable(inputOf(id)?.part ?? '')));
  const { values } = readValues(fields, english);
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) =>
      typeof value === 'string'
        ? value !== '' && seemsIdentifying(value).length === 0
        : Array.isArray(value) && value.length > 0,
    ),
  );
}

/** The form with these values in it; what a search had chosen is looked up again by `find`, and left out where it is not there (for this person) any more. */
export async function filledForm(
  form: Form,
  values: Values,
  find: (source: Source, value: string) => Promise<Option | undefined>,
): Promise<Form> {
  const filled = async (field: Field): Promise<Field> => {
    const value = values[field.name];
    if (value === undefined || typeof value === 'boolean' || field.kind === 'check') return field;
    const several = typeof value === 'string' ? [value] : value;
    if (field.kind === 'search') {
      const found = await Promise.all(several.map((one) => find(field.source, one)));
      return { ...field, value: found.filter((one) => one !== undefined) };
    }
    return field.kind === 'choices' ? { ...field, value: several } : { ...field, value: several[0] ?? '' };
  };
  return { ...form, fields: await Promise.all(form.fields.map(filled)) };
}
