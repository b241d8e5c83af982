import type { ActButton, Button, Card, Form, Values } from '../../bot/view.ts';
import { plainText } from '../../bot/view.ts';
import { buttonsOf } from '../world.ts';
import { eventually } from './stage.ts';
import type { Hands } from './way.ts';

interface Said {
  readonly messages?: readonly { readonly card?: Card }[];
  readonly form?: Form;
  readonly errors?: unknown;
  readonly options?: readonly { readonly value: string }[];
}

/** Somebody of the local mode by its calls (docs/local-mode.md), without a browser. */
export function localHands(address: string, user: string): Hands {
  let form: Form | undefined;
  const of = `${address}/local/people/${user}`;
  const call = async (path: string, body?: object): Promise<Said> => {
    const response = await fetch(
      `${of}/${path}`,
      body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    );
    const said = (await response.json()) as Said;
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(said)}`);
    form = said.form ?? form;
    return said;
  };
  const cards = async (): Promise<readonly Card[]> =>
    ((await call('messages')).messages ?? []).flatMap(({ card }) => (card ? [card] : []));
  const newest = async <Kind extends Button>(matches: (button: Button) => button is Kind): Promise<Kind | undefined> =>
    (await cards()).toReversed().flatMap(buttonsOf).find(matches);
  return {
    says: async (text) => void (await call('say', { text })),
    async presses(label) {
      const button = await eventually(
        () => newest((one): one is ActButton => 'action' in one && one.label === label),
        `the button ${label} of ${user}`,
      );
      await call('press', { action: button.action, ...(button.ref ? { ref: button.ref } : {}) });
    },
    async fills(values) {
      if (!form) throw new Error(`${user} has no form open`);
      const given = await Promise.all(
        Object.entries(values).map(async ([name, value]) => {
          const field = form?.fields.find((one) => one.name === name);
          if (field?.kind !== 'search') return [name, value] as const;
          const { options = [] } = await call('suggest', { source: field.source, words: String(value) });
          return [name, options.slice(0, 1).map((option) => option.value)] as const;
        }),
      );
      const { ref } = form;
      const { errors } = await call('submit', {
        form: form.form,
        ...(ref ? { ref } : {}),
        // What stands in the form already is sent along, as the page does.
        values: { ...standing(form), ...Object.fromEntries(given) },
      });
      if (errors) throw new Error(`Refused: ${JSON.stringify(errors)}`);
    },
    sees: async () => (await cards()).map(plainText).join('\n---\n'),
    async link(label) {
      const button = await newest(
        (one): one is Extract<Button, { url: string }> => 'url' in one && one.label === label,
      );
      if (!button) throw new Error(`${user} has no link ${label}`);
      return button.url;
    },
  };
}

function standing({ fields }: Form): Values {
  return Object.fromEntries(
    fields.map((field) => {
      if (field.kind === 'check') return [field.name, false];
      if (field.kind === 'search') return [field.name, (field.value ?? []).map(({ value }) => value)];
      return [field.name, field.value];
    }),
  );
}

/** The newest code that was mailed to the address, from the local mailbox; waits for it. */
export function localCode(address: string, to: string): Promise<string> {
  return eventually(async () => {
    const { letters } = (await (await fetch(`${address}/local/mailbox`)).json()) as {
      letters: readonly { readonly to: string; readonly text: string; readonly at: string }[];
    };
    const own = letters.filter((letter) => letter.to === to).toSorted((a, b) => a.at.localeCompare(b.at));
    return own.map(({ text }) => /\b(\d{4} \d{4})\b/.exec(text)?.[1]).findLast((code) => code !== undefined);
  }, `a code for ${to}`);
}

/** The calendar objects that were mailed, with their recipients; waits until there are so many. */
export function localInvitations(
  address: string,
  count: number,
): Promise<readonly { readonly to: string; readonly ics: string }[]> {
  return eventually(async () => {
    const { letters } = (await (await fetch(`${address}/local/mailbox`)).json()) as {
      letters: readonly { readonly to: string; readonly calendar?: { readonly ics: string } }[];
    };
    const found = letters.flatMap(({ to, calendar }) => (calendar ? [{ to, ics: calendar.ics }] : []));
    return found.length >= count ? found : undefined;
  }, 'invitations');
}
