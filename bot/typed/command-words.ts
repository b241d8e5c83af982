/**
 * What the commands are called in the other languages, by their English names. The first word is the one that help shows; all are understood in
 * whatever language somebody is answered, so none may mean two commands. Accents and case do not count.
 */
const translated: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  de: {
    help: ['hilfe', 'hallo', 'anfang'],
    status: ['status', 'stand'],
    page: ['seite'],
    register: ['registrieren', 'registrierung', 'anmeldung'],
    verify: ['verifizieren', 'verknüpfen'],
    code: ['code'],
    consent: ['einwilligung', 'einwilligungen'],
    case: ['fall', 'fälle'],
    attach: ['datei', 'dateien', 'anhang', 'hochladen'],
    meeting: ['besprechung', 'besprechungen', 'sitzung'],
    support: ['support', 'frage', 'fragen'],
    privacy: ['datenschutz', 'dsgvo', 'daten'],
    language: ['sprache'],
    queue: ['warteschlange', 'eingang'],
    show: ['zeigen', 'öffnen'],
    assign: ['zuweisen', 'übernehmen'],
    reply: ['antworten', 'antwort'],
    note: ['notiz'],
    schedule: ['planen', 'ansetzen'],
    poll: ['umfrage', 'terminumfrage'],
    series: ['serie', 'serien'],
    calendar: ['kalender'],
    reschedule: ['verschieben'],
    cancel: ['absagen'],
    decline: ['ablehnen'],
    close: ['erledigt', 'schließen', 'schliessen'],
    member: ['mitglied'],
  },
  fr: {
    help: ['aide', 'bonjour', 'début'],
    status: ['statut', 'état', 'avancement'],
    register: ['inscription', "s'inscrire"],
    verify: ['vérifier', 'relier'],
    code: ['code'],
    consent: ['consentement', 'consentements'],
    case: ['cas', 'dossier', 'dossiers'],
    attach: ['fichier', 'fichiers', 'joindre'],
    meeting: ['réunion', 'réunions'],
    support: ['assistance', 'problème'],
    privacy: ['confidentialité', 'rgpd', 'données'],
    language: ['langue'],
    page: ['page'],
    queue: ['attente'],
    show: ['afficher', 'ouvrir', 'voir'],
    assign: ['attribuer', 'prendre'],
    reply: ['répondre', 'réponse'],
    note: ['note'],
    schedule: ['planifier'],
    poll: ['sondage'],
    series: ['série', 'séries'],
    calendar: ['calendrier'],
    reschedule: ['déplacer', 'reporter'],
    cancel: ['annuler'],
    decline: ['refuser'],
    close: ['clore', 'fermer', 'résolu'],
    member: ['membre'],
  },
  it: {
    help: ['aiuto', 'ciao', 'inizio'],
    status: ['stato'],
    register: ['registrazione', 'registrarsi', 'iscrizione'],
    verify: ['verifica', 'collega'],
    code: ['codice'],
    consent: ['consenso', 'consensi'],
    case: ['caso', 'casi'],
    attach: ['allega', 'documento', 'documenti', 'carica'],
    meeting: ['riunione', 'riunioni'],
    support: ['assistenza', 'problema', 'domanda'],
    privacy: ['privacy', 'riservatezza', 'dati'],
    language: ['lingua'],
    page: ['pagina'],
    queue: ['coda'],
    show: ['mostra', 'apri'],
    assign: ['assegna', 'prendi'],
    reply: ['rispondi', 'risposta'],
    note: ['nota'],
    schedule: ['pianifica', 'programma'],
    poll: ['sondaggio'],
    series: ['serie'],
    calendar: ['calendario'],
    reschedule: ['sposta'],
    cancel: ['annulla'],
    decline: ['rifiuta'],
    close: ['chiudi', 'risolto'],
    member: ['membro'],
  },
  es: {
    help: ['ayuda', 'hola', 'inicio'],
    status: ['estado'],
    register: ['registro', 'registrarse', 'inscripción'],
    verify: ['verificar', 'vincular'],
    code: ['código'],
    consent: ['consentimiento', 'consentimientos'],
    case: ['caso', 'casos'],
    attach: ['archivo', 'archivos', 'adjuntar', 'documento', 'documentos'],
    meeting: ['reunión', 'reuniones'],
    support: ['soporte', 'problema', 'pregunta'],
    privacy: ['privacidad', 'rgpd', 'datos'],
    language: ['idioma', 'lengua'],
    page: ['página'],
    queue: ['cola'],
    show: ['mostrar', 'abrir', 'ver'],
    assign: ['asignar', 'tomar'],
    reply: ['responder', 'respuesta'],
    note: ['nota'],
    schedule: ['programar', 'planificar'],
    poll: ['sondeo', 'encuesta'],
    series: ['serie', 'series'],
    calendar: ['calendario'],
    reschedule: ['mover', 'aplazar'],
    cancel: ['cancelar', 'anular'],
    decline: ['rechazar'],
    close: ['cerrar', 'resuelto'],
    member: ['miembro'],
  },
  nl: {
    help: ['help', 'hallo', 'begin'],
    status: ['status', 'stand'],
    page: ['pagina'],
    register: ['registreren', 'registratie', 'aanmelden'],
    verify: ['verifiëren', 'koppelen'],
    code: ['code'],
    consent: ['toestemming', 'toestemmingen'],
    case: ['casus', 'casussen'],
    attach: ['bestand', 'bestanden', 'bijlage', 'uploaden'],
    meeting: ['overleg', 'vergadering', 'bespreking'],
    support: ['ondersteuning', 'probleem', 'vraag'],
    privacy: ['privacy', 'avg', 'gegevens'],
    language: ['taal'],
    queue: ['wachtrij'],
    show: ['tonen', 'openen'],
    assign: ['toewijzen', 'overnemen'],
    reply: ['antwoorden', 'antwoord'],
    note: ['notitie'],
    schedule: ['plannen', 'inplannen'],
    poll: ['peiling'],
    series: ['reeks', 'serie'],
    calendar: ['kalender'],
    reschedule: ['verplaatsen', 'verzetten'],
    cancel: ['annuleren', 'afzeggen'],
    decline: ['afwijzen', 'weigeren'],
    close: ['opgelost', 'sluiten'],
    member: ['lid'],
  },
};

/** What may stand alone behind a command: 'case new', 'meeting calendar'. */
const rests: Readonly<Record<string, readonly string[]>> = {
  new: ['neu', 'nouveau', 'nouvelle', 'nuovo', 'nuova', 'nuevo', 'nueva', 'nieuw', 'nieuwe'],
  calendar: ['kalender', 'calendrier', 'calendario', 'agenda'],
};
const mes: readonly string[] = ['me', 'ich', 'mich', 'mir', 'moi', 'mi', 'io', 'yo', 'mij', 'ik'];

/**
 * What a message in a ticket's room begins with, before a colon, when it is for the person who asked; `ask` waits for their answer. The first word of each is the one that is
 * shown; all are understood in whatever language. Words that a note may well begin with ('Question: …', 'Frage: …') are not among them.
 */
const markers: Readonly<Record<string, Readonly<Record<'reply' | 'ask', readonly string[]>>>> = {
  en: { reply: ['reply', 'answer'], ask: ['ask'] },
  de: { reply: ['antworten', 'antwort'], ask: ['nachfragen'] },
  fr: { reply: ['répondre', 'réponse'], ask: ['demander'] },
  it: { reply: ['rispondere', 'risposta'], ask: ['chiedere'] },
  es: { reply: ['responder', 'respuesta'], ask: ['preguntar'] },
  nl: { reply: ['antwoorden', 'antwoord'], ask: ['navragen'] },
};

/** Which marker a word is, in whatever language; undefined for any other word. */
export function markerOf(word: string): 'reply' | 'ask' | undefined {
  const typed = folded(word);
  return (['reply', 'ask'] as const).find((marker) =>
    Object.values(markers).some((of) => of[marker].some((known) => folded(known) === typed)),
  );
}

/** The words for the markers in a language, and what a reply begins with in the others. */
export function markersIn(language: string): Readonly<Record<'reply' | 'ask' | 'others', string>> {
  const shown = (code: string, marker: 'reply' | 'ask') => `${markers[code]?.[marker][0] ?? marker}:`;
  const others = Object.keys(markers).filter((code) => code !== language);
  return {
    reply: shown(language, 'reply'),
    ask: shown(language, 'ask'),
    others: others.map((code) => shown(code, 'reply')).join(', '),
  };
}

/** A word as commands are compared: without accents, in lower case. */
export function folded(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase();
}

/** The words of a command, by its English name, in a language (a code of ours); none in English, whose words are in the table itself. */
export function translatedWords(name: string, language: string): readonly string[] {
  return translated[language]?.[name] ?? [];
}

/** The word that a command is shown by in a language. */
export function wordOfCommand(name: string, language: string): string {
  return translatedWords(name, language)[0] ?? name;
}

/** Each translated word as it is compared, with the name of the command that it means. Two commands for one word are a mistake of ours: throws. */
export function commandsByWord(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [language, names] of Object.entries(translated))
    for (const [name, words] of Object.entries(names))
      for (const word of words.map(folded)) {
        if ((found.get(word) ?? name) !== name)
          throw new Error(`${language}: ${word} means ${found.get(word)} and ${name}`);
        found.set(word, name);
      }
  return found;
}

/** What follows a command, with a lone 'new' or 'calendar' of any language said in English. */
export function restInEnglish(rest: string): string {
  const word = folded(rest.trim());
  return Object.keys(rests).find((english) => rests[english]?.includes(word)) ?? rest;
}

/** Whether a word means the one who types it. */
export function meansMe(word: string): boolean {
  return mes.includes(folded(word));
}
