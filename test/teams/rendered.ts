import { renderCard } from '../../adapters/teams/cards.ts';
import { forDialog } from '../../adapters/teams/elements.ts';
import { renderForm } from '../../adapters/teams/form.ts';
import { cataloguedWords } from '../../adapters/teams/words.ts';
import type { Answer } from '../../bot/interaction.ts';
import type { Field, Form } from '../../bot/view.ts';
import { fullest } from '../everything.ts';
import { longest } from '../slack/cast.ts';
import { elements, type Json, wordsOf } from './screen.ts';

/** Every card that an answer becomes in Teams: its cards, its form as it opens, and the form with as much in it as it takes and an error on each field, in the chat and in a dialog. */
export function pagesOf({ cards = [], form }: Answer, language: string): readonly Json[] {
  const words = cataloguedWords(language);
  const pages = cards.flatMap((card) => renderCard(card, words));
  if (!form) return pages as unknown as readonly Json[];
  const errors = Object.fromEntries([['', longest(400)], ...form.fields.map(({ name }) => [name, longest(400)])]);
  const refused = renderForm(full(form), words, errors);
  return [...pages, renderForm(form, words), refused, forDialog(refused)] as unknown as readonly Json[];
}

/** The form with the longest that a person can put into each field. */
function full(form: Form): Form {
  const values = fullest(form);
  const filled = (field: Field): Field => {
    const value = values[field.name];
    if (field.kind === 'search')
      return { ...field, value: (value as readonly string[]).map((one) => ({ value: one, label: longest(200) })) };
    return field.kind === 'check' || value === undefined ? field : ({ ...field, value } as Field);
  };
  return { ...form, fields: form.fields.map(filled) };
}

/** All that a reader finds on a card: its words, and what stands on buttons and beside inputs. */
export function shownOf(card: Json): string {
  const beside = elements(card).flatMap(({ title, label, placeholder }) => [title, label, placeholder]);
  return [wordsOf(card), ...beside.filter((one) => typeof one === 'string')].join('\n');
}
