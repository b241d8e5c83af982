const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};

/** A word without case, accents and ligatures: 'Łódź' and 'LODZ' give 'lodz', 'Müller' gives 'muller', 'Œuvre' gives 'oeuvre'. Greek and Cyrillic keep their letters. */
export function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþıς]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[’ʼ`´]/g, "'");
}

/** A folded word that is written without umlauts ('mueller', 'goeke') as with them: 'muller', 'goke'. Others stay as they are. */
export function foldUmlauts(folded: string): string {
  return /[aou]e/.test(folded) ? folded.replace(/([aou])e/g, '$1') : folded;
}
