import type { Button, Card } from '../../bot/view.ts';
import type { Element } from './elements.ts';
import { adaptiveCard } from './elements.ts';
import { markdown, neutral, shortened } from './escape.ts';

/** Teams shows six actions of a set and drops the rest without a word; one less leaves air. */
const inOneSet = 5;

/** A question stands in its card twice, and five of them in a set: what a longer one names stands on the card itself. */
const longestQuestion = 1000;

/** Buttons as actions, in sets that Teams shows whole. */
export function actionSets(buttons: readonly Button[]): readonly (readonly Element[])[] {
  const actions = buttons.map(action);
  return Array.from({ length: Math.ceil(actions.length / inOneSet) }, (_, set) =>
    actions.slice(set * inOneSet, (set + 1) * inOneSet),
  );
}

/**
 * A button as an action: a link opens, a press is a Universal Action with an Action.Submit for clients without those. A
 * question opens below the button with the real button in it, so that nothing counts before it is answered.
 */
export function action(button: Button): Element {
  if ('url' in button) return { type: 'Action.OpenUrl', title: neutral(button.label), url: button.url };
  const style = button.style ? { style: button.style === 'danger' ? 'destructive' : 'positive' } : {};
  const press = execute(button.label, button.action, button.ref === undefined ? {} : { ref: button.ref }, 'none');
  if (button.confirm === undefined) return { ...press, ...style };
  const asked = shortened(button.confirm, longestQuestion);
  const question = { type: 'TextBlock', text: markdown(asked), wrap: true };
  return {
    type: 'Action.ShowCard',
    title: neutral(button.label),
    ...style,
    card: adaptiveCard(asked, [question], [{ ...press, ...style }]),
  };
}

/** How a client asks for a card anew, by itself. */
export function refreshAction({ action: verb, ref }: NonNullable<Card['again']>): Element {
  return { type: 'Action.Execute', title: 'Refresh', verb, data: ref === undefined ? {} : { ref } };
}

/** An Action.Execute with its Action.Submit fallback. `inputs` says whether the card's inputs are checked and come along. */
export function execute(
  label: string,
  verb: string,
  data: Readonly<Record<string, string>>,
  inputs: 'auto' | 'none',
): Element {
  const shared = { title: neutral(label), associatedInputs: inputs };
  return {
    type: 'Action.Execute',
    ...shared,
    verb,
    data,
    fallback: { type: 'Action.Submit', ...shared, data: { verb, ...data } },
  };
}
