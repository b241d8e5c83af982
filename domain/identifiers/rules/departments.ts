/** Whether a folded word behind 'Station' or 'Klinik' is of a discipline, which says nothing of whom. */
export function isDepartment(word: string): boolean {
  return /(?:ologi[aekst]?|ologie|chirurg\p{L}*|medizin\p{L}*|medicin\p{L}*|medecine|geneeskunde|iatri\p{L}*|intensiv\p{L}*|ambulanz|notaufnahme|urgenc\p{L}*|stroke|gefass\p{L}*|vascul\p{L}*|interne?|innere)$/u.test(
    word,
  );
}
