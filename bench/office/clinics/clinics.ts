import type { Clinic } from './clinic.ts';
import { dutch } from './dutch.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { italian } from './italian.ts';
import { spanish } from './spanish.ts';

/** One in each language that a document is written in. */
export const clinics: readonly Clinic[] = [english, german, french, italian, spanish, dutch];
