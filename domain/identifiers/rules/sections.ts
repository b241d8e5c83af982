/** '5.2 Treatment' at the start of a line: a chapter and a section of it, without a stop behind that. */
const SECTION = /^[ \t]*(\d{1,2})\.(\d{1,2}) {1,4}\p{Uppercase}\p{Alpha}/gmu;
const CHAPTER = /^[ \t]*(\d{1,2})\.? {1,4}\p{Uppercase}\p{Alpha}/gmu;

/**
 * The chapters of a text, by their numbers: a line begins with the number, one with its first section, one with its second. A section's number at the start of a line is written like the day and the month of a note; notes of
 * three days would hardly begin so.
 */
export function chaptersOf(text: string): ReadonlySet<string> {
  const sections = new Set<string>();
  for (const [, chapter, section] of text.matchAll(SECTION)) sections.add(`${chapter}.${section}`);
  const chapters = new Set<string>();
  for (const [, chapter = ''] of text.matchAll(CHAPTER))
    if (sections.has(`${chapter}.1`) && sections.has(`${chapter}.2`)) chapters.add(chapter);
  return chapters;
}
