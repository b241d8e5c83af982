/** What a clinician writes, in Word's, Excel's and PowerPoint's manner, in one language: identifiers stand between ⟦ and ⟧. All people, houses and numbers are invented. */
export interface Clinic {
  readonly language: string;
  /** Labels and values of the table at the head of a letter. */
  readonly head: readonly (readonly [label: string, value: string])[];
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** A table of measurements: heads, then rows. */
  readonly echo: readonly (readonly string[])[];
  /** A sheet of a study: heads, then rows. */
  readonly study: readonly (readonly string[])[];
  readonly slides: readonly { readonly title: string; readonly points: readonly string[]; readonly notes: string }[];
}
