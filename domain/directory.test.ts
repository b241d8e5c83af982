import { describe, expect, test } from 'vitest';
import { isRefusal } from './decider.ts';
import { type DirectoryContent, directory } from './directory.ts';
import { frozen, noon } from './testing/histories.ts';
import { content } from './testing/usual.ts';

const by = { at: noon, by: 'system' };
const imported = (then: DirectoryContent) => ({ type: 'directory.import', ...by, content: frozen(then) }) as const;

/** The directory after some imports, and what the last one wrote down. */
function after(...files: readonly DirectoryContent[]) {
  let state = frozen(directory.initial);
  let written: readonly string[] = [];
  for (const file of files) {
    const outcome = directory.decide(state, imported(file), null);
    if (isRefusal(outcome)) return { state, written: [outcome.refused] };
    written = outcome.map((event) => event.type);
    state = outcome.reduce((before, event) => frozen(directory.evolve(before, event)), state);
  }
  return { state, written };
}

test('an import makes the directory what the file says', () => {
  const { state, written } = after(content);
  expect(state).toEqual(content);
  expect(written).toEqual(['country-listed', 'hcp-listed', 'group-listed', 'roster-set', 'link-set']);
});

test('the same file again writes nothing', () => {
  expect(after(content, content).written).toEqual([]);
});

describe('what differs is written down', () => {
  const { FR } = content.countries;
  const { A } = content.hcps;
  if (!FR || !A) throw new Error('The sample has changed');

  test.each<[string, DirectoryContent, string[]]>([
    ['a majority', { ...content, countries: { FR: { ...FR, majority: 17 } } }, ['country-listed']],
    ['a name', { ...content, hcps: { A: { ...A, name: 'Other' } } }, ['hcp-listed']],
    ['another HCP', { ...content, hcps: { ...content.hcps, B: { ...A, code: 'B' } } }, ['hcp-listed']],
    ['an HCP gone', { ...content, hcps: {} }, ['hcp-delisted']],
    ['a group gone', { ...content, groups: {}, rosters: {} }, ['group-delisted']],
    ['a roster', { ...content, rosters: { HHT: [] } }, ['roster-set']],
    ['a roster gone', { ...content, rosters: {} }, ['roster-set']],
    ['a link gone', { ...content, links: {} }, ['link-removed']],
  ])('%s', (_, changed, types) => {
    const { state, written } = after(content, changed);
    expect(written).toEqual(types);
    expect({ ...state, rosters: {} }).toEqual({ ...changed, rosters: {} });
    expect(Object.values(state.rosters).flat()).toEqual(Object.values(changed.rosters).flat());
    expect(after(content, changed, changed).written).toEqual([]);
  });
});

describe('a file is refused, whole', () => {
  const { A } = content.hcps;
  if (!A) throw new Error('The sample has changed');

  test.each<[string, DirectoryContent, string]>([
    [
      'with an HCP of an unknown country',
      { ...content, hcps: { A: { ...A, country: 'XX' } } },
      'directory.country-unknown',
    ],
    [
      'with a country that every object has',
      { ...content, hcps: { A: { ...A, country: 'constructor' } } },
      'directory.country-unknown',
    ],
    ['with a roster of an unknown group', { ...content, rosters: { XX: [] } }, 'directory.group-unknown'],
    ['with a roster of what every object has', { ...content, rosters: { toString: [] } }, 'directory.group-unknown'],
    ['with an HCP under another code', { ...content, hcps: { B: A } }, 'directory.code-mismatch'],
  ])('%s', (_, file, refused) => {
    expect(after(content, file)).toEqual({ state: content, written: [refused] });
  });
});
