import { suggestCases } from './conversations/case-access.ts';
import type { Turn } from './turn.ts';
import type { Option, Source } from './view.ts';

const fold = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Options for a typeahead: every typed word must stand in the label or be the value itself. Experts are told from members by the directory's roles. */
export async function suggest(turn: Turn, source: Source, words: string, limit: number): Promise<readonly Option[]> {
  if (source === 'case') return suggestCases(turn.ports, turn.actor, turn.say, words, limit);
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const fits = ({ value, label }: Option) => value === words || wanted.every((word) => fold(label).includes(word));
  return (await allOf(turn, source)).filter(fits).slice(0, limit);
}

async function allOf(turn: Turn, source: Exclude<Source, 'case'>): Promise<readonly Option[]> {
  const directory = await turn.directory();
  if (source === 'hcp')
    return Object.values(directory.hcps).map(({ code, name, city, country }) => ({
      value: code,
      label: `${name}, ${city} (${country})`,
    }));
  if (source === 'group')
    return Object.values(directory.groups).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }));
  // Who can be invited is not for everybody to look through: members, assistants and the helpdesk.
  if (!turn.actor.verified || !turn.actor.grants.some(({ role }) => ['member', 'assistant', 'helpdesk'].includes(role)))
    return [];
  const { store } = turn.ports;
  const found = (
    await Promise.all((['expert', 'member'] as const).map((role) => store.find('person', { role }, { limit: 1000 })))
  ).flat();
  const ids = [...new Set(found.map(({ id }) => id))];
  const people = await Promise.all(ids.map(async (id) => ({ id, details: await store.person(id) })));
  return people.flatMap(({ id, details }) => (details ? [{ value: id, label: details.name }] : []));
}
