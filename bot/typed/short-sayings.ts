import type { Likeness } from '../questions/questions.ts';
import { foldedSentence } from './sentences.ts';

/** The topics that are asked by short sayings alone; no samples are of them. */
export const shortTopics = ['help', 'yes-no'] as const;

/** What is said in a word or two and means the same whatever stands around it, by language and topic: as samples, such words would be like too much. */
const sayings: Readonly<Record<string, Readonly<Record<(typeof shortTopics)[number], string>>>> = {
  en: {
    help: 'good morning, good afternoon, good evening, hey, hi there, hello there, hi all, hello all',
    'yes-no':
      'yes, yep, yes please, no, nope, no thanks, no thank you, cancel, cancel that, back, go back, undo, undo that, never mind, continue, next, confirm, agree, i agree, wrong button',
  },
  de: {
    help: 'guten morgen, guten tag, guten abend, hallo zusammen, hi zusammen, moin, moin moin, servus, grüezi, grüß gott, mahlzeit',
    'yes-no':
      'ja, ja bitte, ja gerne, nein, nein danke, abbrechen, abbruch, zurück, rückgängig, rückgängig machen, vergiss es, egal, weiter, bestätigen, einverstanden, falscher knopf',
  },
  fr: {
    help: 'bonsoir, salut, bonjour à tous, bonjour à toutes et à tous, coucou',
    'yes-no':
      'oui, oui merci, oui s’il vous plaît, non, non merci, annuler, retour, revenir, laisse tomber, continuer, suivant, confirmer, d’accord, mauvais bouton',
  },
  it: {
    help: 'buongiorno, buon giorno, buonasera, buona sera, salve, ciao a tutti, salve a tutti',
    'yes-no':
      'sì, sì grazie, no, no grazie, annulla, indietro, torna indietro, lascia stare, continua, avanti, conferma, d’accordo, pulsante sbagliato',
  },
  es: {
    help: 'buenos días, buenas tardes, buenas noches, buenas, hola a todos, hola buenas',
    'yes-no':
      'sí, sí gracias, sí por favor, no, no gracias, cancelar, volver, atrás, deshacer, olvídalo, continuar, siguiente, confirmar, de acuerdo, botón equivocado',
  },
  nl: {
    help: 'goedemorgen, goeiemorgen, goedemiddag, goedenavond, hoi, dag allemaal, hallo allemaal',
    'yes-no':
      'ja, ja graag, nee, nee bedankt, nee dank je, annuleren, terug, ga terug, ongedaan maken, laat maar, doorgaan, verder, volgende, bevestigen, akkoord, verkeerde knop',
  },
};

/** A thumb or a heart alone, as the character or by Slack's name for it. */
const emoji = /^(?:\s|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|:[a-z+][\w+-]*:)+$/u;

const plain = (text: string) => (foldedSentence(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

const known = new Map(
  Object.entries(sayings).map(([language, topics]) => [
    language,
    new Map(
      Object.entries(topics).flatMap(([topic, said]) => said.split(',').map((one) => [plain(one), topic] as const)),
    ),
  ]),
);

/** The topic of a greeting, a yes or no, a wish to go back, an emoji, where the text is nothing else; undefined for any other text. Its language is the person's (BCP 47) where that has these words, else English or another that does. */
export function shortSaying(text: string, language: string): Likeness | undefined {
  const own = language.slice(0, 2).toLowerCase();
  if (text.trim() !== '' && emoji.test(text)) return { topic: 'thanks', likeness: 1, language: own };
  const said = plain(text);
  for (const code of [own, ...known.keys()]) {
    const topic = known.get(code)?.get(said);
    if (topic) return { topic, likeness: 1, language: code };
  }
  return undefined;
}
