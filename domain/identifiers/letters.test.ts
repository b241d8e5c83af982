import { expect, it } from 'vitest';
import { foundIn } from './testing.ts';

/** The same letter in the languages of the network that the interface does not speak, with people, houses and numbers inflected as the language does. */
const letters = [
  [
    'pl',
    'Szanowni Państwo, przesyłamy kartę informacyjną pacjenta ⟦Tomasza Wróblewskiego⟧, urodzonego ⟦3 maja 1971 r.⟧ w ⟦Zamościu⟧, zamieszkałego przy ⟦ul. Kwiatowej 8/12⟧ w ⟦Lublinie⟧. Syn pacjenta, ⟦Michał Wróblewski⟧, prosi o kontakt pod numerem ⟦501 234 567⟧. Z poważaniem, lek. med. ⟦Katarzyna Nowicka⟧.',
  ],
  [
    'cs',
    'Vážená paní doktorko, posílám zprávu o pacientovi ⟦Tomáši Dvořáčkovi⟧, narozeném ⟦3. května 1971⟧ v ⟦Třebíči⟧, bytem ⟦Květinová 8⟧, ⟦Jihlava⟧. Jeho syn ⟦Michal Dvořáček⟧ prosí o zavolání na číslo ⟦603 222 111⟧. S pozdravem MUDr. ⟦Kateřina Novotná⟧.',
  ],
  [
    'sk',
    'Vážená pani doktorka, posielam správu o pacientovi ⟦Tomášovi Kováčovi⟧, narodenom ⟦3. mája 1971⟧ v ⟦Trnave⟧, bytom ⟦Kvetná 8⟧, ⟦Nitra⟧. Jeho syn ⟦Michal Kováč⟧ prosí o zavolanie na číslo ⟦0903 222 111⟧. S pozdravom MUDr. ⟦Katarína Horváthová⟧.',
  ],
  [
    'sl',
    'Spoštovani, pošiljam izvid bolnika ⟦Tomaža Kovača⟧, rojenega ⟦3. maja 1971⟧ v ⟦Celju⟧, stanujočega na ⟦Cvetlični ulici 8⟧ v ⟦Kranju⟧. Njegov sin ⟦Miha Kovač⟧ prosi za klic na ⟦041 222 111⟧. Lep pozdrav, dr. ⟦Katarina Novak⟧.',
  ],
  [
    'hr',
    'Poštovani, šaljem nalaz bolesnika ⟦Tomislava Horvata⟧, rođenog ⟦3. svibnja 1971⟧. u ⟦Sisku⟧, s prebivalištem u ⟦Cvjetnoj ulici 8⟧ u ⟦Zadru⟧. Njegov sin ⟦Mihael Horvat⟧ moli poziv na ⟦091 222 1111⟧. S poštovanjem, dr. ⟦Katarina Babić⟧.',
  ],
  [
    'bg',
    'Уважаема колежке, изпращам епикриза на пациента ⟦Тодор Петков⟧, роден на ⟦3 май 1971 г.⟧ в ⟦Плевен⟧, живущ на ⟦ул. Цветна 8⟧ в ⟦Ловеч⟧. Синът му ⟦Михаил Петков⟧ моли да му се обадите на ⟦0888 222 111⟧. С уважение, д-р ⟦Катерина Иванова⟧.',
  ],
  [
    'el',
    'Αγαπητή συνάδελφε, σας στέλνω το ενημερωτικό του ασθενούς ⟦Θωμά Παπαδάκη⟧, γεννηθέντος στις ⟦3 Μαΐου 1971⟧ στα ⟦Χανιά⟧, κατοίκου ⟦οδού Ανθέων 8⟧ στο ⟦Ηράκλειο⟧. Ο γιος του, ⟦Μιχάλης Παπαδάκης⟧, παρακαλεί να τον καλέσετε στο ⟦6944 222 111⟧. Με εκτίμηση, δρ ⟦Κατερίνα Νικολάου⟧.',
  ],
  [
    'hu',
    'Mellékelten küldöm ⟦Kovács Tamás⟧ zárójelentését, aki ⟦1971. május 3⟧-án született ⟦Egerben⟧, lakik ⟦Gyöngyösön⟧ a ⟦Virág utca 8⟧-ban. Fia, ⟦Kovács Mihály⟧ kéri, hogy hívják a ⟦06 30 222 1111⟧ számon. Üdvözlettel dr. ⟦Nagy Katalin⟧.',
  ],
  [
    'ro',
    'Stimată doamnă doctor, vă trimit scrisoarea medicală a pacientului ⟦Toma Ionescu⟧, născut la ⟦3 mai 1971⟧ în ⟦Ploiești⟧, domiciliat pe ⟦strada Florilor 8⟧ din ⟦Brașov⟧. Fiul său, ⟦Mihai Ionescu⟧, vă roagă să îl sunați la ⟦0722 222 111⟧. Cu stimă, dr. ⟦Caterina Popescu⟧.',
  ],
  [
    'pt',
    'Exma. colega, envio o relatório do doente ⟦Tomás Figueiredo⟧, nascido a ⟦3 de maio de 1971⟧ em ⟦Viseu⟧, residente na ⟦Rua das Flores, n.º 8⟧, em ⟦Aveiro⟧. O filho, ⟦Miguel Figueiredo⟧, pede contacto para o ⟦912 222 111⟧. Com os melhores cumprimentos, Dra. ⟦Catarina Nunes⟧.',
  ],
  [
    'da',
    'Kære kollega, hermed epikrise på ⟦Thomas Kirkegaard⟧, født den ⟦3. maj 1971⟧ i ⟦Randers⟧, bosat ⟦Blomstervej 8⟧ i ⟦Horsens⟧. Sønnen ⟦Mikkel Kirkegaard⟧ beder om opringning på ⟦22 22 11 11⟧. Med venlig hilsen, overlæge ⟦Katrine Nygaard⟧.',
  ],
  [
    'nb',
    'Kjære kollega, vedlagt epikrise på ⟦Thomas Bakken⟧, født ⟦3. mai 1971⟧ på ⟦Hamar⟧, bosatt i ⟦Blomsterveien 8⟧ på ⟦Lillehammer⟧. Sønnen ⟦Mikkel Bakken⟧ ber om å bli oppringt på ⟦922 22 111⟧. Med vennlig hilsen, overlege ⟦Katrine Solberg⟧.',
  ],
  [
    'sv',
    'Bästa kollega, härmed epikris för ⟦Thomas Lundqvist⟧, född den ⟦3 maj 1971⟧ i ⟦Gävle⟧, bosatt på ⟦Blomstervägen 8⟧ i ⟦Falun⟧. Sonen ⟦Mikael Lundqvist⟧ ber om samtal på ⟦070-222 11 11⟧. Med vänlig hälsning, överläkare ⟦Katarina Nyström⟧.',
  ],
  [
    'fi',
    'Hyvä kollega, ohessa epikriisi potilaasta ⟦Tuomas Korhonen⟧, syntynyt ⟦3. toukokuuta 1971⟧ ⟦Kuopiossa⟧, asuu osoitteessa ⟦Kukkatie 8⟧, ⟦Joensuu⟧. Poika ⟦Mikko Korhonen⟧ pyytää soittamaan numeroon ⟦040 222 1111⟧. Ystävällisin terveisin, ylilääkäri ⟦Katariina Nieminen⟧.',
  ],
  [
    'et',
    'Lugupeetud kolleeg, saadan patsiendi ⟦Toomas Tamme⟧ epikriisi, sündinud ⟦3. mail 1971⟧, elab ⟦Lille tänav 8⟧, ⟦Tartu⟧. Poeg ⟦Mihkel Tamm⟧ palub helistada numbril ⟦5222 1111⟧. Lugupidamisega dr ⟦Katrin Saar⟧.',
  ],
  [
    'lv',
    'Cienījamā kolēģe, nosūtu pacienta ⟦Toma Kalniņa⟧ izrakstu, dzimis ⟦1971. gada 3. maijā⟧ ⟦Cēsīs⟧, dzīvo ⟦Ziedu ielā 8⟧, ⟦Valmierā⟧. Dēls ⟦Miķelis Kalniņš⟧ lūdz piezvanīt uz ⟦2922 2111⟧. Ar cieņu, dr. ⟦Katrīna Ozola⟧.',
  ],
  [
    'lt',
    'Gerbiama kolege, siunčiu paciento ⟦Tomo Kazlausko⟧ išrašą, gimusio ⟦1971 m. gegužės 3 d.⟧ ⟦Alytuje⟧, gyvenančio ⟦Gėlių g. 8⟧, ⟦Panevėžyje⟧. Sūnus ⟦Mykolas Kazlauskas⟧ prašo paskambinti ⟦8 612 22111⟧. Pagarbiai, gyd. ⟦Kotryna Petrauskienė⟧.',
  ],
] as const;

it.each(letters)('in a letter in %s every identifier is found, and nothing else', (_, letter) => {
  expect(foundIn(letter)).toBe(letter);
});
