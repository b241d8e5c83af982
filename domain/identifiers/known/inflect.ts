import { latinised } from './fold.ts';
import tables from './inflections.json' with { type: 'json' };

interface Paradigm {
  /** What the name ends in: letters, 'C' (a consonant), 'V' (a vowel), '*' (anything); and what comes in its place. */
  readonly stems: readonly { readonly from: string; readonly to: readonly string[] }[];
  readonly endings: readonly string[];
}

const vowel = /[aeiouy]$/;
const latin = (ending: string) => (ending === '-' ? [''] : latinised(ending));
const unique = (values: readonly string[]) => [...new Set(values)];

function paradigm(line: string): Paradigm {
  const [stems = '', endings = ''] = line.split('|');
  return {
    stems: stems
      .trim()
      .split(/\s+/)
      .map((stem) => {
        const [from = '', to] = stem.split(':');
        const ends = /^[CV*]$/.test(from);
        return { from: ends ? from : latinised(from)[0], to: unique((to ?? '-').split(',').flatMap(latin)) };
      }),
    endings: unique(endings.trim().split(/\s+/).flatMap(latin)),
  };
}

const paradigms: readonly Paradigm[] = Object.values(tables).flatMap((lines) => lines.map(paradigm));

function stemOf(name: string, from: string): string | undefined {
  if (from === '*') return name;
  if (from === 'C') return vowel.test(name) ? undefined : name;
  if (from === 'V') return vowel.test(name) ? name : undefined;
  return name.endsWith(from) ? name.slice(0, -from.length) : undefined;
}

/**
 * Every case form, and family form, that a name may take in the languages of `inflections.json`, with the length of the stem it keeps. Takes and
 * gives latinised words. The language of a name is not known, so all tables apply.
 *
 * A line of a table is 'ending:replacement,replacement … | endings': '-' is the empty one; 'C', 'V' and '*' stand for a name in a consonant, a
 * vowel, or anything, and keep the whole of it.
 */
export function inflected(name: string): Map<string, number> {
  const forms = new Map<string, number>();
  for (const { stems, endings } of paradigms) {
    for (const { from, to } of stems) {
      const stem = stemOf(name, from);
      if (stem === undefined || stem.length < 2) continue;
      for (const middle of to) {
        for (const ending of endings) {
          const form = stem + middle + ending;
          if (form.length < 3 || form === name) continue;
          forms.set(form, Math.max(forms.get(form) ?? 0, stem.length));
        }
      }
    }
  }
  return forms;
}
