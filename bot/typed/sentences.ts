/**
 * What sentences in other languages than English seem to want: words of folded text (no accents, lower case, 'ss' for 'ß'), tried in this order. A
 * meeting goes before all. Nothing is done by a guess: it opens a card or a form.
 */
export interface SentenceWords {
  readonly meeting: RegExp;
  readonly cpmsError: RegExp;
  readonly euLogin: RegExp;
  readonly status: RegExp;
  readonly register: RegExp;
  readonly consent: RegExp;
  readonly attach: RegExp;
  readonly case: RegExp;
  readonly privacy: RegExp;
  readonly support: RegExp;
  readonly problem: RegExp;
  readonly help: RegExp;
}

const login = String.raw`(eu[- ]?login|ecas|2fa|mfa|authenticator`;

export const sentences: Readonly<Record<string, SentenceWords>> = {
  de: {
    meeting: /\b(besprech\w*|sitzung\w*|treffen|termin\w*|konferenz|videokonferenz|diskutieren)\b/,
    cpmsError:
      /\bcpms\b.*\b(fehler\w*|abgesturzt|ausgefallen|kaputt|leer\w*|nicht|hangt|50\d|40\d)\b|\b(fehler\w*|absturz)\b.*\bcpms\b/,
    euLogin: new RegExp(
      String.raw`\b${login}|zwei-?faktor\w*|zweit\w* faktor)\b.*\b(gesperrt|verloren|neu\w*|nicht|problem\w*|hilfe|vergessen|zurucksetzen|sms|code)\b|\bausgesperrt\b|\b(neues|verlorenes|gestohlenes|kaputtes) (handy|telefon|smartphone)\b|\b(handy|telefon|smartphone)\b.*\b(neu|verloren|gestohlen|kaputt)\b|\bpasswort\b.*\bvergessen\b|\bvergessen\b.*\bpasswort\b|\bsms\b`,
    ),
    status:
      /\b(wo|wie weit|worauf|was)\b.*\b(steh\w*|registrierung|wart\w*|stand)\b|\bmein\w* (stand|registrierung)\b|\bwie lange\b|\bals nachstes\b|\bwie geht es weiter\b/,
    register:
      /\b(brauche|mochte|will|bekomm\w*|beantrag\w*)\b.*\b(zugang|konto|registrier\w*)\b|\b(registrieren|anmelden|beitreten)\b|\bwie (fange|beginne|melde) ich\b/,
    consent: /\beinwilligung\w*\b|\bwiderruf\w*\b/,
    attach:
      /\b(hochladen|lade\w*|anhangen|schicken|senden|teilen|anonymisier\w*|schwarz\w*)\b.*\b(datei\w*|pdf|dokument\w*|befund\w*|bericht\w*|bild\w*|scan)\b|\b(datei\w*|pdf|dokument\w*|befund\w*|bericht\w*|bild\w*)\b.*\b(hochladen|anhangen|schicken|senden|teilen|anonymisieren|schwarzen)\b/,
    case: /\b(neu\w*|mein\w*|eroffnen)\b.*\b(fall|falle|patient\w*)\b|\b(fall|patient\w*)\b.*\b(anlegen|eroffnen|aufnehmen)\b/,
    privacy: /\bdatenschutz\b|\bdsgvo\b|\bmeine daten\b|\bvergiss mich\b|\blosch\w* (mich|meine)\b/,
    support: /\b(helpdesk|mensch\w*|jemand\w*|sprechen|kontakt\w*)\b/,
    problem: /\b(problem\w*|fehler|geht nicht|funktioniert nicht|klappt nicht|kaputt|komme nicht weiter)\b/,
    help: /\b(hilfe|was kannst du|was konnen sie|befehle)\b/,
  },
  fr: {
    meeting: /\b(discuter|reunion\w*|rendez-vous|conference|visioconference|rcp)\b/,
    cpmsError:
      /\bcpms\b.*\b(erreur\w*|plante\w*|panne|vide|blanche|ne charge pas|ne s'ouvre pas|50\d|40\d)\b|\b(erreur|panne|bug)\b.*\bcpms\b/,
    euLogin: new RegExp(
      String.raw`\b${login}|second facteur|double authentification|deux facteurs)\b.*\b(bloque\w*|perdu\w*|nouveau|nouvelle|impossible|pas|probleme\w*|aide|oublie\w*|sms|code)\b|\bcompte bloque\b|\b(telephone|portable|mobile)\b.*\b(nouveau|neuf|perdu|vole|casse)\b|\b(nouveau|perdu|vole|casse)\b.*\b(telephone|portable|mobile)\b|\bmot de passe\b.*\boublie\b|\boublie\b.*\bmot de passe\b|\bsms\b`,
    ),
    status:
      /\b(ou|quand|qu'attend)\b.*\b(en est|en suis|inscription|statut)\b|\b(mon statut|mon inscription)\b|\bcombien de temps\b|\bprochaine etape\b/,
    register:
      /\b(obtenir|avoir|besoin|veux|voudrais|demander)\b.*\b(acces|compte(?![- ]rendu)|inscription|inscrire)\b|\bm'inscrire\b|\bcomment (commencer|m'inscrire)\b/,
    consent: /\bconsentement\w*\b|\brevoqu\w*\b/,
    attach:
      /\b(televerser|deposer|joindre|envoyer|partager|anonymiser|caviarder|charger)\b.*\b(fichier\w*|pdf|document\w*|compte[- ]rendu|rapport\w*|image\w*)\b/,
    case: /\b(nouveau|nouvelle|mes|mon|ouvrir|creer|ajouter)\b.*\b(cas|dossier\w*|patient\w*)\b/,
    privacy: /\bvie privee\b|\brgpd\b|\bmes donnees\b|\bconfidentialite\b|\boubliez-moi\b|\bprotection des donnees\b/,
    support: /\b(assistance|helpdesk|humain|quelqu'un|parler|contacter)\b/,
    problem: /\b(probleme\w*|erreur|ne marche pas|ne fonctionne pas|bloque\w*|n'arrive pas|impossible)\b/,
    help: /\b(aide|que (peux-tu|pouvez-vous|sais-tu)|commandes)\b/,
  },
  es: {
    meeting: /\b(discutir|comentar|reunion\w*|cita|conferencia|videoconferencia)\b/,
    cpmsError:
      /\bcpms\b.*\b(error\w*|fallo|falla|caido|blanco|no carga|no abre|50\d|40\d)\b|\b(error|fallo)\b.*\bcpms\b/,
    euLogin: new RegExp(
      String.raw`\b${login}|segundo factor|doble factor|dos factores)\b.*\b(bloquead\w*|perdid\w*|nuevo|nueva|no|problema\w*|ayuda|olvid\w*|sms|codigo)\b|\bcuenta bloqueada\b|\b(telefono|movil)\b.*\b(nuevo|perdido|robado|roto)\b|\b(nuevo|perdido|robado|roto)\b.*\b(telefono|movil)\b|\bcontrasena\b.*\bolvid\w*\b|\bolvid\w*\b.*\bcontrasena\b|\bsms\b`,
    ),
    status:
      /\b(donde|cuando|que)\b.*\b(esta|va|registro|inscripcion|espera\w*)\b|\bmi (estado|registro|inscripcion)\b|\bcuanto (tiempo|falta)\b|\bsiguiente paso\b/,
    register:
      /\b(obtener|tener|necesito|quiero|solicitar|pedir)\b.*\b(acceso|cuenta|registro|registrar\w*)\b|\b(registrarme|inscribirme)\b|\bcomo (empiezo|me registro)\b/,
    consent: /\bconsentimiento\w*\b|\bretir\w* el consentimiento\b/,
    attach:
      /\b(subir|adjuntar|enviar|compartir|anonimizar|cargar)\b.*\b(archivo\w*|fichero\w*|pdf|documento\w*|informe\w*|imagen\w*)\b/,
    case: /\b(nuevo|mis|mi|abrir|crear|anadir)\b.*\b(caso\w*|paciente\w*)\b/,
    privacy: /\bprivacidad\b|\brgpd\b|\bmis datos\b|\bproteccion de datos\b|\bolvidame\b/,
    support: /\b(helpdesk|soporte|persona|alguien|hablar|contactar)\b/,
    problem: /\b(problema\w*|error|no funciona|fallo|falla|atascad\w*|no puedo)\b/,
    help: /\b(ayuda|que puedes|que sabes|comandos)\b/,
  },
  it: {
    meeting: /\b(discutere|riunion\w*|incontro|appuntamento|conferenza|videoconferenza)\b/,
    cpmsError:
      /\bcpms\b.*\b(errore|errori|bloccato|fuori servizio|vuota|bianca|non si apre|non carica|50\d|40\d)\b|\b(errore|errori)\b.*\bcpms\b/,
    euLogin: new RegExp(
      String.raw`\b${login}|secondo fattore|due fattori)\b.*\b(bloccat\w*|pers\w*|nuovo|nuova|non|problem\w*|aiuto|dimenticat\w*|sms|codice)\b|\b(telefono|cellulare)\b.*\b(nuovo|perso|rubato|rotto)\b|\b(nuovo|perso|rubato|rotto)\b.*\b(telefono|cellulare)\b|\bpassword\b.*\bdimenticat\w*\b|\bdimenticat\w*\b.*\bpassword\b|\bsms\b`,
    ),
    status:
      /\b(dove|quando|a che punto|cosa)\b.*\b(e|sta|registrazione|iscrizione|aspett\w*)\b|\b(mio stato|mia registrazione|mia iscrizione)\b|\bquanto (tempo|manca)\b|\bprossimo passo\b/,
    register:
      /\b(ottenere|avere|bisogno|voglio|vorrei|richiedere|chiedere)\b.*\b(accesso|account|registrazione|registrarmi)\b|\b(registrarmi|iscrivermi)\b|\bcome (inizio|mi registro)\b/,
    consent: /\bconsenso\b|\bconsensi\b/,
    attach:
      /\b(caricare|allegare|inviare|mandare|condividere|anonimizzare)\b.*\b(file|pdf|documento|documenti|referto|referti|immagine|immagini)\b/,
    case: /\b(nuovo|miei|mio|aprire|creare|aggiungere)\b.*\b(caso|casi|paziente|pazienti)\b/,
    privacy: /\bprivacy\b|\bgdpr\b|\bmiei dati\b|\bprotezione dei dati\b|\bdimenticami\b/,
    support: /\b(helpdesk|assistenza|persona|qualcuno|parlare|contattare)\b/,
    problem: /\b(problem\w*|errore|non funziona|bloccat\w*|non riesco)\b/,
    help: /\b(aiuto|cosa (puoi|sai)|comandi)\b/,
  },
  nl: {
    meeting: /\b(bespreken|bespreking\w*|vergadering\w*|overleg|afspraak|videoconferentie)\b/,
    cpmsError:
      /\bcpms\b.*\b(fout\w*|storing|kapot|leeg|leg\w*|laadt niet|opent niet|50\d|40\d)\b|\b(fout|foutmelding|storing)\b.*\bcpms\b/,
    euLogin: new RegExp(
      String.raw`\b${login}|tweede factor|tweestaps\w*|twee factoren)\b.*\b(geblokkeerd|kwijt|verloren|nieuw\w*|niet|probleem|problemen|hulp|vergeten|sms|code)\b|\bbuitengesloten\b|\b(telefoon|mobiel)\b.*\b(nieuw|kwijt|verloren|gestolen|kapot)\b|\b(nieuwe|verloren|gestolen|kapotte) (telefoon|mobiel)\b|\bwachtwoord\b.*\bvergeten\b|\bvergeten\b.*\bwachtwoord\b|\bsms\b`,
    ),
    status:
      /\b(waar|hoever|wat|waarop)\b.*\b(sta\w*|registratie|wacht\w*)\b|\bmijn (status|registratie)\b|\bhoe lang\b|\bvolgende stap\b/,
    register:
      /\b(krijg\w*|nodig|wil|aanvragen)\b.*\b(toegang|account|registratie|registreren)\b|\b(registreren|aanmelden)\b|\bhoe begin ik\b/,
    consent: /\btoestemming\w*\b/,
    attach:
      /\b(uploaden|bijvoegen|sturen|versturen|delen|anonimiseren)\b.*\b(bestand\w*|pdf|document\w*|verslag\w*|afbeelding\w*)\b|\b(bestand\w*|pdf|document\w*|verslag\w*|afbeelding\w*)\b.*\b(uploaden|bijvoegen|sturen|versturen|delen|anonimiseren)\b/,
    case: /\b(nieuwe?|mijn|openen|toevoegen)\b.*\b(casus\w*|patient\w*)\b|\b(casus|patient\w*)\b.*\b(openen|toevoegen|aanmelden)\b/,
    privacy: /\bprivacy\b|\bavg\b|\bmijn gegevens\b|\bgegevensbescherming\b|\bvergeet mij\b/,
    support: /\b(helpdesk|iemand|mens|spreken|contact)\b/,
    problem: /\b(probleem|problemen|fout|werkt niet|kapot|vastgelopen|lukt niet)\b/,
    help: /\b(hulp|wat kan je|wat kun je|opdrachten)\b/,
  },
};

/** The text as the expressions above read it. */
export function foldedSentence(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[’‘`]/g, "'").toLowerCase().replaceAll('ß', 'ss');
}
