import bg from './languages/bg.json' with { type: 'json' };
import cs from './languages/cs.json' with { type: 'json' };
import da from './languages/da.json' with { type: 'json' };
import de from './languages/de.json' with { type: 'json' };
import el from './languages/el.json' with { type: 'json' };
import en from './languages/en.json' with { type: 'json' };
import es from './languages/es.json' with { type: 'json' };
import et from './languages/et.json' with { type: 'json' };
import fi from './languages/fi.json' with { type: 'json' };
import fr from './languages/fr.json' with { type: 'json' };
import hr from './languages/hr.json' with { type: 'json' };
import hu from './languages/hu.json' with { type: 'json' };
import it from './languages/it.json' with { type: 'json' };
import lt from './languages/lt.json' with { type: 'json' };
import lv from './languages/lv.json' with { type: 'json' };
import nb from './languages/nb.json' with { type: 'json' };
import nl from './languages/nl.json' with { type: 'json' };
import pl from './languages/pl.json' with { type: 'json' };
import pt from './languages/pt.json' with { type: 'json' };
import ro from './languages/ro.json' with { type: 'json' };
import sk from './languages/sk.json' with { type: 'json' };
import sl from './languages/sl.json' with { type: 'json' };
import sv from './languages/sv.json' with { type: 'json' };

/** What the word in front of a value says of it. */
export const labelKinds = [
  'name',
  'birth',
  'number',
  'phone',
  'address',
  'place',
  'institution',
  'date',
  'signature',
  'age',
] as const;
export type LabelKind = (typeof labelKinds)[number];

/** What the rules know of one language; all of it is data. */
export interface LanguageTable {
  /** BCP 47 primary language. */
  readonly language: string;
  /** Frequent words, by which the language of a text is recognised. */
  readonly stopWords: readonly string[];
  readonly labels: Readonly<Record<LabelKind, readonly string[]>>;
  /** Salutations and titles: a name follows. */
  readonly titles: readonly string[];
  /** Words after which a name may follow: 'Ehefrau', 'paciente'. */
  readonly relations: readonly string[];
  /** Words of kinship and company beside which a first name stands alone: 'sister', 'marito'. */
  readonly kin: readonly string[];
  /** Capitalised words that end a name: 'Oberarzt', 'Service'. */
  readonly roles: readonly string[];
  /** Small words within a name: 'von', 'de la'. */
  readonly particles: readonly string[];
  readonly joiners: readonly string[];
  /** Words before the name of a street: 'rue'. */
  readonly streetsBefore: readonly string[];
  /** Ends of a street's name, joined or apart: 'straße'. */
  readonly streetsEnd: readonly string[];
  /** Words after the name of a street: 'utca'. */
  readonly streetsAfter: readonly string[];
  readonly institutions: readonly string[];
  readonly institutionEnds: readonly string[];
  /** Where the name stands before the word for the house, or that word is inflected: how that word begins, alone or behind others in a compound ('sjukhus' in 'universitetssjukhuset'). */
  readonly houseStems?: readonly string[];
  /** How words begin that may stand between the two: 'yliopistollisessa', 'klīniskā'. */
  readonly houseQualifiers?: readonly string[];
  /** How words begin that together name a ward of any hospital: what it is, and what is treated there ('karkirur', 'afdeling'). */
  readonly wards?: readonly string[];
  /** Prepositions before a town. */
  readonly towns: readonly string[];
  /** Forms of months that `Intl` does not give. */
  readonly months: readonly string[];
  /** What a date in words is made of. */
  readonly numbers: readonly string[];
  readonly ordinary: readonly string[];
  readonly firstNames: readonly string[];
  /** Feast days and school holidays; those written small in the table stand small in a text, too. */
  readonly feasts: readonly string[];
  /** Hospitals, insurers and offices with a name of their own. */
  readonly houses: readonly string[];
}

/** The languages of the network's countries, the six of the interface first. */
export const languageTables: readonly LanguageTable[] = [
  en,
  fr,
  de,
  it,
  es,
  nl,
  bg,
  hr,
  cs,
  da,
  et,
  fi,
  el,
  hu,
  lv,
  lt,
  nb,
  pl,
  pt,
  ro,
  sk,
  sl,
  sv,
];
