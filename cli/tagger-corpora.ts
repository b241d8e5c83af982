import type { Mark, MarkedText } from '../bench/identifiers/corpora.ts';
import type { TaggedKind } from '../domain/identifiers/tagger/labels.ts';
import type { Lesson } from '../domain/identifiers/tagger/learn.ts';

/** The labels of the corpora, as the kinds of the domain. What is not here (age, sex, profession, the catch-all) is learned as text that stays. */
const kinds: Readonly<Record<string, TaggedKind>> = {
  NOMBRE_SUJETO_ASISTENCIA: 'name',
  NOMBRE_PERSONAL_SANITARIO: 'name',
  FECHAS: 'date',
  CORREO_ELECTRONICO: 'email',
  CALLE: 'address',
  TERRITORIO: 'place',
  PAIS: 'place',
  HOSPITAL: 'institution',
  INSTITUCION: 'institution',
  CENTRO_SALUD: 'institution',
  NUMERO_TELEFONO: 'phone',
  NUMERO_FAX: 'phone',
  ID_ASEGURAMIENTO: 'number',
  ID_CONTACTO_ASISTENCIAL: 'number',
  ID_SUJETO_ASISTENCIA: 'number',
  ID_TITULACION_PERSONAL_SANITARIO: 'number',
  ID_EMPLEO_PERSONAL_SANITARIO: 'number',
  NOM: 'name',
  PRENOM: 'name',
  DATE: 'date',
  DATE_NAISSANCE: 'birth-date',
  HOPITAL: 'institution',
  IPP: 'number',
  NDA: 'number',
  SECU: 'number',
  MAIL: 'email',
  TEL: 'phone',
  ADRESSE: 'address',
  VILLE: 'place',
  ZIP: 'place',
};

/** The labels of the passages written for this project. Ages, professions, employers, wards, hours and web addresses are learned as text that stays. */
const passageKinds: Readonly<Record<string, TaggedKind>> = {
  NAME: 'name',
  DATE: 'date',
  PLACE: 'place',
  ADDRESS: 'address',
  INSTITUTION: 'institution',
  NUMBER: 'number',
  PHONE: 'phone',
  MAIL: 'email',
};

/** A text of the corpora as one to learn from. */
export function lessonOf({ text, marks }: MarkedText): Lesson {
  return { text, marks: marks.flatMap((mark) => learned(text, mark)) };
}

/** A passage as one to learn from. */
export function passageLessonOf({ text, marks }: MarkedText): Lesson {
  return {
    text,
    marks: marks.flatMap(({ start, end, kind }) => {
      const known = passageKinds[kind];
      return known ? [{ start, end, kind: known }] : [];
    }),
  };
}

function learned(text: string, { start, end, kind }: Mark): Lesson['marks'] {
  const words = text.slice(start, end);
  if (kind === 'FAMILIARES_SUJETO_ASISTENCIA') return namesAmong(words, start);
  const known = kinds[kind];
  // Ways of life ('casada', 'lactante') are marked as numbers of the person, though hardly ever: they cannot be told from other text.
  if (!known || (known === 'number' && !/\p{Nd}/u.test(words))) return [];
  const born =
    known === 'date' && /nacimiento|nacid[oa]|né\(?e?\)? le/i.test(text.slice(Math.max(0, start - 24), start));
  return [{ start, end, kind: born ? 'birth-date' : known }];
}

/** Of 'su esposo, María Pérez' the name. */
function namesAmong(words: string, start: number): Lesson['marks'] {
  return Array.from(words.matchAll(/(?<=\s)\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*/gu), (found) => ({
    start: start + found.index,
    end: start + found.index + found[0].length,
    kind: 'name',
  }));
}
