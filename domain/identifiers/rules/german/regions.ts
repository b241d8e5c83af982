import type { Span } from '../../spans.ts';
import { fold } from '../fold.ts';
import { gap, type Reading, span } from '../reading.ts';

/** Countries and landscapes as German calls them, written for this project: where people come from, go to and live. */
const COUNTRIES = fold(
  'Afghanistan Ägypten Albanien Algerien Angola Argentinien Armenien Aserbaidschan Äthiopien Australien Bangladesch Belarus Weißrussland Belgien Bolivien Bosnien Herzegowina Brasilien Bulgarien Chile China Dänemark Ecuador Elfenbeinküste England Eritrea Estland Finnland Frankreich Gambia Georgien Ghana Griechenland Großbritannien Guinea Indien Indonesien Irak Iran Irland Island Israel Italien Jamaika Japan Jemen Jordanien Kamerun Kanada Kasachstan Kenia Kirgisistan Kolumbien Kongo Kosovo Kroatien Kuba Kuwait Lettland Libanon Libyen Litauen Luxemburg Madagaskar Malaysia Mali Malta Marokko Mazedonien Nordmazedonien Mexiko Moldawien Moldau Mongolei Montenegro Mosambik Myanmar Namibia Nepal Neuseeland Niederlande Niederlanden Nigeria Nordirland Norwegen Oman Österreich Pakistan Palästina Panama Paraguay Peru Philippinen Polen Portugal Rumänien Russland Rußland Saudi-Arabien Schottland Schweden Schweiz Senegal Serbien Sierra Simbabwe Slowakei Slowenien Somalia Spanien Südafrika Sudan Südkorea Nordkorea Korea Syrien Tadschikistan Taiwan Tansania Thailand Togo Tschechien Tschechei Tschechoslowakei Tunesien Türkei Turkmenistan Uganda Ukraine Ungarn Uruguay Usbekistan Venezuela Vietnam Wales Zypern Jugoslawien Sowjetunion UdSSR DDR USA Amerika',
);
/** Landscapes, islands and lands of German-speaking countries, and those elsewhere that people come from. */
const LANDSCAPES = fold(
  'Bayern Baden Württemberg Brandenburg Hessen Mecklenburg Vorpommern Niedersachsen Westfalen Rheinland Pfalz Saarland Sachsen Anhalt Holstein Schleswig Thüringen Burgenland Kärnten Niederösterreich Oberösterreich Steiermark Tirol Südtirol Osttirol Vorarlberg Aargau Appenzell Graubünden Thurgau Tessin Wallis Waadt Liechtenstein Franken Oberfranken Unterfranken Mittelfranken Schwaben Oberschwaben Oberbayern Niederbayern Oberpfalz ' +
    'Allgäu Eifel Harz Hunsrück Westerwald Odenwald Schwarzwald Spessart Taunus Rhön Vogelsberg Sauerland Siegerland Münsterland Emsland Ostfriesland Nordfriesland Friesland Dithmarschen Angeln Wendland Altmark Uckermark Prignitz Lausitz Oberlausitz Niederlausitz Spreewald Fläming Havelland Barnim Erzgebirge Vogtland Eichsfeld Kraichgau Breisgau Ortenau Hegau Linzgau Kaiserstuhl Markgräflerland Hohenlohe Remstal Zollernalb Ammerland Oldenburgerland Artland Bergischen Ruhrgebiet Ruhrpott Niederrhein Rheinhessen Rheingau Wetterau Bergstraße Chiemgau Rupertiwinkel Hallertau Holledau Innviertel Mühlviertel Waldviertel Weinviertel Mostviertel Hausruckviertel Salzkammergut Pinzgau Pongau Lungau Flachgau Tennengau Zillertal Ötztal Stubaital Pustertal Vinschgau Engadin Emmental Entlebuch Oberland Toggenburg Rheintal Seeland ' +
    'Schlesien Oberschlesien Niederschlesien Ostpreußen Westpreußen Pommern Hinterpommern Sudetenland Siebenbürgen Banat Bessarabien Galizien Masuren Wolhynien Böhmen Mähren Bukowina Anatolien Kurdistan Kaukasus Tschetschenien Sibirien Krim Donbass Balkan Katalonien Andalusien Galicien Baskenland Toskana Sizilien Sardinien Apulien Kalabrien Kampanien Umbrien Lombardei Piemont Venetien Friaul Kreta Rhodos Korfu Kos Peloponnes Mazedonien Thrakien Istrien Dalmatien Normandie Bretagne Provence Elsass Elsaß Lothringen Burgund Korsika Flandern Wallonien Jütland Lappland Mallorca Ibiza Menorca Teneriffa Lanzarote Fuerteventura Kanaren Balearen Madeira Azoren Algarve Bali Kerala Punjab Goa Kalifornien Florida Texas Alaska Malediven Seychellen Mauritius Kapverden Helgoland Sylt Amrum Föhr Pellworm Norderney Juist Borkum Langeoog Spiekeroog Wangerooge Baltrum Fehmarn Rügen Usedom Hiddensee Poel Darß Bodensee Chiemsee Ammersee Tegernsee Plattensee Gardasee Ostsee Nordsee',
);
const countries: ReadonlySet<string> = new Set(COUNTRIES.split(' '));
const landscapes: ReadonlySet<string> = new Set(LANDSCAPES.split(' '));
const PART = /^(?:ober|unter|nieder|sud|nord|ost|west|mittel|zentral|nordost|nordwest|sudost|sudwest|hoch|vor|hinter)/;

/** Whether a folded word is a country, a landscape or a part of one: 'Kroatien', 'Oberallgäu', 'Südpfalz'. */
export const isRegion = (word: string): boolean =>
  countries.has(word) || [word, word.replace(PART, '')].some((name) => landscapes.has(name) || countries.has(name));

/** What stands before a place that somebody comes from, lives in or goes to; with an article, and with 'StA.' for whose citizen somebody is. */
const WHERE = /^(?:in|aus|nach|im|aus|raum|richtung|sta|bei|auf|an|der|dem|den|die|das|land|kreis|urlaub|reise|und)$/;

/** Countries and landscapes in German behind a preposition ('aus dem Oberallgäu', 'in Kroatien', 'auf Lanzarote'). All of them are possible, not certain. */
export function regionNames(reading: Reading): Span[] {
  const { tokens, text, capitalNouns } = reading;
  if (!capitalNouns) return [];
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1];
    if (token.shape !== 'capitalised' || !before || !isRegion(token.folded) || !WHERE.test(before.folded)) return [];
    // 'reiste nach Kenia': a country that somebody has been to is many people's.
    if (before.folded === 'nach' && countries.has(token.folded)) return [];
    if (
      !/^(?: |\. ?)$/.test(gap(reading, at - 1)) ||
      /^-\p{Uppercase}?\p{Ll}/u.test(text.slice(token.end, token.end + 3))
    )
      return [];
    return [span(token.start, token.end, 'place', 'possible', 'place:region')];
  });
}
