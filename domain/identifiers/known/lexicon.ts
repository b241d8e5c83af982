import { bare, isLatin, latinised, looseSkeleton, opticalKey, skeleton } from './fold.ts';
import { inflected } from './inflect.ts';
import words from './words.json' with { type: 'json' };

/** One word of a name. `length` is that of its plain form; `initials` are what it may be shortened to. */
export interface Part {
  readonly id: number;
  /** Which of the typed names it belongs to. */
  readonly name: number;
  readonly plain: string;
  readonly length: number;
  readonly latin: boolean;
}

/** How a word of the text stands to a part of a name, the closest first. `stem`: how many letters of the name it keeps. */
export interface Likeness {
  readonly part: Part;
  readonly quality: 'exact' | 'spelling' | 'inflected' | 'optical' | 'edited';
  readonly stem: number;
}

/** What the names of one scrub look like, ready to be looked up. */
export interface Lexicon {
  readonly parts: readonly Part[];
  /** Particles that were typed ('van', 'den', 'de la'), latinised. */
  readonly particles: ReadonlySet<string>;
  /** First letters of optical keys: a word that starts otherwise needs no join. */
  readonly starts: ReadonlySet<string>;
  /** The name part that a word is a form of. `edits` allows a letter wrong, for words long enough. */
  readonly like: (raw: string, edits: boolean) => Likeness | undefined;
}

const maxNames = 20;
const maxNameLength = 100;
const maxParts = 60;
const wordSet = (list: string) => new Set(list.split(' ').map((word) => latinised(word)[0]));

/** Words that stand between the parts of a name, latinised. */
export const particles: ReadonlySet<string> = wordSet(words.particles);
/** Words that announce a name ('Herr', 'patient', 'příjmení'), latinised. */
export const titles: ReadonlySet<string> = wordSet(words.titles);

const alwaysParticle = wordSet(
  'de del della dello dei degli van von der den la le da dos das do di du des ter ten zu ní nic uí ibn bint bin el al',
);

interface Token {
  readonly raw: string;
  readonly particle: boolean;
}

/** The words of a name as it was typed; titles, shortenings ('J.') and marks left out. */
function tokensOf(name: string): Token[] {
  const raws = name
    .slice(0, maxNameLength)
    .normalize('NFC')
    .split(/[\s,;/()[\]"“”„«»<>|]+/u)
    .filter((raw) => /\p{Alpha}/u.test(raw) && !/^\p{Alpha}{1,3}\.$/u.test(raw));
  return raws.flatMap((raw, index) => {
    const plain = latinised(raw.replace(/[^\p{Alpha}\p{M}]/gu, ''))[0];
    const small = raw.charAt(0) === raw.charAt(0).toLowerCase();
    const particle =
      raws.length > 1 &&
      particles.has(plain) &&
      (small ||
        plain.length === 1 ||
        (alwaysParticle.has(plain) && index < raws.length - 1 && (index > 0 || plain.length < 4)));
    const title =
      raws.length > 2 && index === 0 && /^(?:dr|prof|mudr|herr|frau|mr|mrs|ms|pan|pani|mme|don)$/.test(plain);
    return title ? [] : [{ raw: raw.replace(/\.$/, ''), particle }];
  });
}

/** Compiles what was typed: at most 20 names of 100 characters and 60 parts in all; what goes beyond is left out. */
export function lexiconOf(names: readonly string[]): Lexicon {
  const parts: Part[] = [];
  const typedParticles = new Set<string>();
  const exact = new Map<string, Likeness>();
  const spelt = new Map<string, Likeness>();
  const loose = new Map<string, Likeness>();
  const optical = new Map<string, Likeness>();
  const keep = (map: Map<string, Likeness>, key: string, likeness: Likeness) => {
    const there = map.get(key);
    if (!there || (there.quality === 'inflected' && (likeness.quality !== 'inflected' || likeness.stem > there.stem)))
      map.set(key, likeness);
  };
  const forms: (readonly [plain: string, likeness: Likeness])[] = [];
  const learn = (plain: string, part: Part, quality: Likeness['quality'], stem: number) =>
    forms.push([plain, { part, quality, stem }]);
  const add = (raw: string, name: number, inflects: boolean) => {
    const letters = raw.replace(/[^\p{Alpha}\p{M}]/gu, '');
    const [plain, ...others] = latinised(letters);
    if (plain.length < 2 || parts.length >= maxParts || (exact.get(plain)?.part.name ?? -1) === name) return;
    const part: Part = { id: parts.length, name, plain, length: plain.length, latin: isLatin(bare(letters)) };
    parts.push(part);
    // Irish softens the first letter: 'Séamus', 'a Shéamuis'.
    if (plain.length > 3 && /^[bcdfgmpst][^h]/.test(plain))
      learn(`${plain.charAt(0)}h${plain.slice(1)}`, part, 'inflected', plain.length - 1);
    for (const reading of [plain, ...others, ...respelt(plain)]) {
      keep(exact, reading, { part, quality: reading === plain ? 'exact' : 'spelling', stem: plain.length });
      learn(reading, part, 'spelling', plain.length);
      if (!inflects) continue;
      for (const [form, stem] of inflected(reading)) learn(form, part, 'inflected', stem);
    }
  };
  for (const [name, typed] of names.slice(0, maxNames).entries()) {
    const tokens = tokensOf(typed);
    for (const { raw, particle } of tokens) {
      if (particle) {
        typedParticles.add(latinised(raw.replace(/[^\p{Alpha}\p{M}]/gu, ''))[0]);
        continue;
      }
      const pieces = raw.split(/[^\p{Alpha}\p{M}]+/u).filter((piece) => piece !== '');
      add(raw, name, true);
      if (pieces.length > 1) for (const piece of pieces) if (piece.length > 2) add(piece, name, true);
    }
    for (const joined of joins(tokens)) add(joined, name, false);
  }
  const plains = forms.map(([plain]) => plain);
  const [sounds, looser, looks] = [ofAll(plains, skeleton), ofAll(plains, looseSkeleton), ofAll(plains, opticalKey)];
  for (const [at, [plain, likeness]] of forms.entries()) {
    keep(spelt, sounds[at] ?? '', likeness);
    if (plain.length < 4) continue;
    keep(loose, looser[at] ?? '', likeness);
    keep(optical, looks[at] ?? '', { ...likeness, quality: 'optical' });
  }
  const starts = new Set(ofAll([...optical.keys(), ...spelt.keys()], opticalKey).map((key) => key.charAt(0)));

  const like = (raw: string, edits: boolean): Likeness | undefined => {
    const readings = latinised(raw);
    for (const reading of readings) {
      const found = exact.get(reading) ?? spelt.get(skeleton(reading));
      if (found) return found;
    }
    const latin = isLatin(bare(raw));
    for (const reading of readings) {
      const found = loose.get(looseSkeleton(reading));
      if (found && !(latin && found.part.latin)) return found;
    }
    const [plain] = readings;
    const seen = optical.get(opticalKey(plain));
    if (seen) return seen;
    return edits && plain.length >= 4 ? edited(plain, latin, parts) : undefined;
  };
  return { parts, particles: typedParticles, starts, like };
}

/** A key of each of the hundreds of forms that a name has, made of all in one text: a letter has none beside it over the end of a line. */
function ofAll(words: readonly string[], key: (latin: string) => string): readonly string[] {
  return key(words.join('\n')).split('\n');
}

/** Other usual spellings of a latinised part: 'Michail' is 'Mihail' to others, 'McDonald' 'MacDonald'. */
function respelt(plain: string): string[] {
  const spellings: string[] = [];
  if (plain.includes('ch')) spellings.push(plain.replaceAll('ch', 'h'));
  if (plain.startsWith('mc')) spellings.push(`mac${plain.slice(2)}`);
  return spellings;
}

/** Parts written as one: particles with what follows them ('delacruz'), neighbours ('jirinovak'), the whole, and the whole turned round. */
function joins(tokens: readonly Token[]): string[] {
  const words = tokens.map(({ raw }) => raw);
  const found: string[] = [];
  for (let from = 0; from < words.length && from < 6; from++) {
    for (let to = from + 2; to <= words.length && to <= from + 4; to++) {
      if (!tokens[to - 1]?.particle) found.push(words.slice(from, to).join(''));
    }
  }
  const cores = tokens.filter(({ particle }) => !particle).map(({ raw }) => raw);
  if (cores.length > 1) found.push([...cores].reverse().join(''), [...cores.slice(1), cores[0] ?? ''].join(''));
  return found.filter((joined) => joined.length <= 40);
}

/** A word with one letter wrong (two, from eleven letters on), or a long name with an ending that no table has. */
function edited(plain: string, latin: boolean, parts: readonly Part[]): Likeness | undefined {
  let shaped: Likeness | undefined;
  for (const part of parts) {
    const across = !(latin && part.latin);
    const [word, name] = across ? [skeleton(plain), skeleton(part.plain)] : [plain, part.plain];
    if (name.length < 4) continue;
    const limit = name.length >= 11 ? 2 : 1;
    if (Math.abs(word.length - name.length) <= limit && within(word, name, limit))
      return { part, quality: 'edited', stem: name.length - limit };
    const shared = sharedStart(word, name);
    if (!shaped && shared >= Math.max(5, name.length - 2) && word.length - shared <= 5)
      shaped = { part, quality: 'edited', stem: shared };
  }
  return shaped;
}

function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length++;
  return length;
}

/** Whether two words are at most `limit` insertions, deletions, substitutions or exchanges of neighbours apart. */
export function within(one: string, other: string, limit: number): boolean {
  const start = sharedStart(one, other);
  if (start === one.length && start === other.length) return true;
  if (limit === 0) return false;
  const [a, b] = [one.slice(start), other.slice(start)];
  return (
    within(a.slice(1), b.slice(1), limit - 1) ||
    (a !== '' && within(a.slice(1), b, limit - 1)) ||
    (b !== '' && within(a, b.slice(1), limit - 1)) ||
    (a.length > 1 && a[0] === b[1] && a[1] === b[0] && within(a.slice(2), b.slice(2), limit - 1))
  );
}
