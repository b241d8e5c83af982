/** Whether a folded word behind 'Station' or 'Klinik' is of a discipline, which says nothing of whom. */
export function isDepartment(word: string): boolean {
  return /(?:ologi[aekst]?|ologie|chirurg\p{Alpha}*|medizin\p{Alpha}*|medicin\p{Alpha}*|medecine|geneeskunde|iatri\p{Alpha}*|intensiv\p{Alpha}*|ambulanz|notaufnahme|urgenc\p{Alpha}*|stroke|gefass\p{Alpha}*|vascul\p{Alpha}*|interne?|innere)$/u.test(
    word,
  );
}
