import { suggestCases } from './conversations/cases/access.ts';
import type { Turn } from './turn.ts';
import type { Option, Source } from './view.ts';

const fold = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/**
 * Options for a typeahead: every typed word must stand in the label or be the value itself; at most `limit`. Experts are told from
 * members by the directory's roles, and are for members, assistants and the helpdesk to look through alone.
 */
export async function suggest(turn: Turn, source: Source, words: string, limit: number): Promise<readonly Option[]> {
  if (source === 'case') return suggestCases(turn.ports, turn.actor, turn.say, words, limit);
  if (source === 'expert') return suggestPeople(turn, words, limit);
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const fits = ({ value, label }: Option) => value === words || wanted.every((word) => fold(label).includes(word));
  return (await listed(turn, source)).filter(fits).slice(0, limit);
}

/** The directory is one document in memory: to look through it reads nothing. */
async function listed(turn: Turn, source: 'hcp' | 'group'): Promise<readonly Option[]> {
  const directory = await turn.directory();
  if (source === 'hcp')
    return Object.values(directory.hcps).map(({ code, name, city, country }) => ({
      value: code,
      label: `${name}, ${city} (${country})`,
    }));
  return Object.values(directory.groups).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }));
}

async function suggestPeople({ actor, ports }: Turn, words: string, limit: number): Promise<readonly Option[]> {
  if (!actor.verified || !actor.grants.some(({ role }) => ['member', 'assistant', 'helpdesk'].includes(role)))
    return [];
  const { store } = ports;
  // A chosen option is asked for by its value, to be shown again.
  if (/^P-[0-9A-Z]{8}$/.test(words)) {
    const chosen = (await store.load('person', words)).state.grants.some(
      ({ role }) => role === 'expert' || role === 'member',
    );
    const details = chosen ? await store.person(words) : undefined;
    if (details) return [{ value: words, label: details.name }];
  }
  const found = await store.searchPeople(words, ['expert', 'member'], limit);
  return found.map(({ id, name }) => ({ value: id, label: name }));
}
