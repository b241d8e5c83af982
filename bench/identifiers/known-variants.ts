/** One way to write a name. */
export interface Variant {
  readonly kind: string;
  readonly text: string;
}

const withoutAccents = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(
      /[łŁøØđĐıßæþð]/g,
      (letter) =>
        ({ ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ı: 'i', ß: 'ss', æ: 'ae', þ: 'th', ð: 'd' })[letter] ??
        letter,
    );
const german: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  å: 'aa',
  Å: 'Aa',
  ø: 'oe',
  Ø: 'Oe',
  æ: 'ae',
  Æ: 'Ae',
};
const greek: Readonly<Record<string, string>> = {
  ου: 'ou',
  Ου: 'Ou',
  αυ: 'av',
  ευ: 'ev',
  Ευ: 'Ev',
  μπ: 'mp',
  Μπ: 'Mp',
  ντ: 'nt',
  γγ: 'ng',
  γκ: 'gk',
  Γκ: 'Gk',
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
};
/** What all of them write alike, or most of them. */
const letters = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
};
const cyrillic: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bg: { ...letters, й: 'y', щ: 'sht', ъ: 'a', ь: 'y', ю: 'yu', я: 'ya' },
  uk: {
    ...letters,
    г: 'h',
    ґ: 'g',
    є: 'ie',
    и: 'y',
    і: 'i',
    ї: 'i',
    й: 'i',
    х: 'kh',
    щ: 'shch',
    ь: '',
    ю: 'iu',
    я: 'ia',
  },
  ru: { ...letters, ё: 'e', й: 'i', х: 'kh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia' },
  sr: { ...letters, ђ: 'đ', ж: 'ž', ј: 'j', љ: 'lj', њ: 'nj', ћ: 'ć', ц: 'c', ч: 'č', џ: 'dž', ш: 'š' },
};
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function romanised(text: string, language: string): string {
  if (language === 'el')
    return text
      .split(' ')
      .map((word) => {
        const low = word
          .toLowerCase()
          .replace(/ϊ/g, 'ι\u200B')
          .replace(/ΐ/g, 'ι\u200B')
          .normalize('NFD')
          .replace(/\p{M}/gu, '');
        return capital(
          low.replace(/αυ|ευ|ου|μπ|ντ|γγ|γκ|\p{L}/gu, (letters) => greek[letters] ?? letters).replace(/\u200B/g, ''),
        );
      })
      .join(' ');
  const table = cyrillic[language];
  if (table)
    return text
      .split(' ')
      .map((word) => capital(Array.from(word.toLowerCase(), (letter) => table[letter] ?? letter).join('')))
      .join(' ');
  return Array.from(text, (letter) => german[letter] ?? letter).join('');
}

/** One letter in the middle of a word gone, doubled, exchanged for the next, or another. */
function mistyped(word: string, how: number): string {
  const at = Math.floor(word.length / 2);
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  if (how % 4 === 0) return before + after;
  if (how % 4 === 1) return before + letter + letter + after;
  if (how % 4 === 2) return before + after.charAt(0) + letter + after.slice(1);
  return `${before}x${after}`;
}

const misread: readonly [RegExp, string][] = [
  [/o/, '0'],
  [/l/, '1'],
  [/rn/, 'm'],
  [/m/, 'rn'],
  [/d/, 'cl'],
  [/w/, 'vv'],
  [/s/, '5'],
  [/i/, 'l'],
  [/B/, '8'],
  [/O/, '0'],
  [/S/, '5'],
];

/** What a name may look like in a text: a made list, independent of how it is looked for. `forms` are its case and family forms. */
export function variantsOf(typed: string, forms: readonly string[], language: string): Variant[] {
  const words = typed.split(' ');
  const [given = '', ...rest] = language === 'hu' ? [words.slice(1).join(' '), words[0] ?? ''] : words;
  const family = rest.join(' ');
  const initial = `${given.charAt(0)}.`;
  const variants: Variant[] = [];
  const add = (kind: string, text: string) => variants.push({ kind, text });
  add('typed', typed);
  for (const form of forms) {
    add('inflected', form);
    add('inflected, capitals', form.toUpperCase());
    add('inflected, no accents', withoutAccents(form));
  }
  for (const form of forms.slice(0, 1)) {
    const roman = romanised(form, language);
    if (roman !== form) add('inflected, other letters', roman);
    add('inflected, decomposed', form.normalize('NFD'));
  }
  add('capitals', typed.toUpperCase());
  add('small', typed.toLowerCase());
  add('no accents', withoutAccents(typed));
  add('other letters', romanised(typed, language));
  add('other letters, capitals', romanised(typed, language).toUpperCase());
  add('decomposed', typed.normalize('NFD'));
  add('initial', `${initial} ${family}`);
  add('initial behind', `${family} ${initial}`);
  add('initial, capitals', `${initial} ${family.toUpperCase()}`);
  add('order', `${family}, ${given}`);
  add('order, capitals', `${family.toUpperCase()} ${given}`);
  add('family name', family);
  if (given.length > 2) add('given name', given);
  add('line break', `${given}\n${family}`);
  if (family.length > 4) {
    const half = Math.ceil(family.length / 2);
    add('hyphen', `${given} ${family.slice(0, half)}-\n${family.slice(half)}`);
    add('soft hyphen', `${given} ${family.slice(0, half)}\u00AD${family.slice(half)}`);
    add('zero width', `${given.slice(0, 1)}\u200B${given.slice(1)} ${family}`);
  }
  add(
    'letters apart',
    Array.from(family.normalize('NFC'))
      .filter((letter) => letter !== ' ')
      .join(' '),
  );
  add(
    'letters apart, both',
    Array.from(`${given} ${family}`.normalize('NFC'), (letter) => (letter === ' ' ? ' ' : letter)).join(' '),
  );
  if (family.length > 5) {
    for (let how = 0; how < 4; how++) add('one edit', `${given} ${mistyped(family, how)}`);
    add('one edit, alone', mistyped(family, family.length));
  }
  for (const [pattern, look] of misread)
    if (pattern.test(family)) add('misread', `${given} ${family.replace(pattern, look)}`);
  add('joined', `${given}${family}`);
  add('underscore', `${family}_${given}`);
  return variants;
}
