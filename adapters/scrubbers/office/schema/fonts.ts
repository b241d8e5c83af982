/** Font families that come with operating systems and office suites, or that anyone may download: their names tell nothing about who wrote. */
export const fonts: readonly string[] = `
Arial|Arial Black|Arial Narrow|Arial Unicode MS|Arial Rounded MT Bold|Aptos|Aptos Display|Aptos Narrow|Aptos Serif|Aharoni|Aldhabi|Andalus|Angsana New|AngsanaUPC|Aparajita|Arabic Typesetting|
Baskerville|Baskerville Old Face|Batang|BatangChe|Bahnschrift|Bauhaus 93|Bell MT|Berlin Sans FB|Bodoni MT|Book Antiqua|Bookman Old Style|Bookshelf Symbol 7|Bradley Hand ITC|Britannic Bold|Broadway|Browallia New|BrowalliaUPC|Brush Script MT|
Calibri|Calibri Light|Californian FB|Calisto MT|Cambria|Cambria Math|Candara|Candara Light|Carlito|Caladea|Castellar|Centaur|Century|Century Gothic|Century Schoolbook|Chiller|Colonna MT|Comic Sans MS|Consolas|Constantia|Cooper Black|Copperplate Gothic Bold|Copperplate Gothic Light|Corbel|Corbel Light|Cordia New|CordiaUPC|Courier|Courier New|Curlz MT|
DaunPenh|David|DejaVu Sans|DejaVu Sans Condensed|DejaVu Sans Mono|DejaVu Serif|DengXian|DengXian Light|DFKai-SB|DilleniaUPC|DokChampa|Dotum|DotumChe|Droid Sans|Droid Sans Fallback|Droid Serif|
Ebrima|Edwardian Script ITC|Elephant|Engravers MT|Eras Bold ITC|Eras Demi ITC|Eras Light ITC|Eras Medium ITC|Estrangelo Edessa|EucrosiaUPC|Euphemia|
FangSong|Felix Titling|Footlight MT Light|Forte|Franklin Gothic Book|Franklin Gothic Demi|Franklin Gothic Heavy|Franklin Gothic Medium|FrankRuehl|FreesiaUPC|FreeMono|FreeSans|FreeSerif|Freestyle Script|French Script MT|
Gabriola|Gadugi|Garamond|Gautami|Geneva|Georgia|Gigi|Gill Sans|Gill Sans MT|Gisha|Gloucester MT Extra Condensed|Goudy Old Style|Goudy Stout|Gulim|GulimChe|Gungsuh|GungsuhChe|
Haettenschweiler|Harlow Solid Italic|Harrington|Helvetica|Helvetica Neue|High Tower Text|Hiragino Kaku Gothic Pro|Hiragino Mincho Pro|
Impact|Imprint MT Shadow|Informal Roman|Inter|IrisUPC|Iskoola Pota|JasmineUPC|Jokerman|Juice ITC|
KaiTi|Kalinga|Kartika|Khmer UI|KodchiangUPC|Kokila|Kristen ITC|Kunstler Script|Lao UI|Latha|Lato|Leelawadee|Leelawadee UI|Levenim MT|Liberation Mono|Liberation Sans|Liberation Sans Narrow|Liberation Serif|LilyUPC|Linux Libertine|Linux Libertine G|Lohit Devanagari|Lohit Hindi|
Lucida Bright|Lucida Calligraphy|Lucida Console|Lucida Fax|Lucida Grande|Lucida Handwriting|Lucida Sans|Lucida Sans Typewriter|Lucida Sans Unicode|
Magneto|Malgun Gothic|Mangal|Marlett|Meiryo|Meiryo UI|Menlo|Microsoft Himalaya|Microsoft JhengHei|Microsoft New Tai Lue|Microsoft PhagsPa|Microsoft Sans Serif|Microsoft Tai Le|Microsoft Uighur|Microsoft YaHei|Microsoft YaHei UI|Microsoft Yi Baiti|MingLiU|MingLiU_HKSCS|Miriam|Miriam Fixed|Mistral|Modern|Modern No. 20|Monaco|Mongolian Baiti|Monotype Corsiva|Montserrat|MoolBoran|MS Gothic|MS Mincho|MS Outlook|MS PGothic|MS PMincho|MS Reference Sans Serif|MS Reference Specialty|MS Sans Serif|MS Serif|MS UI Gothic|MT Extra|MV Boli|
Narkisim|New York|Niagara Engraved|Niagara Solid|Nirmala UI|Noto Sans|Noto Sans CJK JP|Noto Sans CJK SC|Noto Sans Devanagari|Noto Sans Mono|Noto Serif|NSimSun|Nyala|
OCR A Extended|OCRB|Old English Text MT|Onyx|Open Sans|OpenSymbol|Optima|Palace Script MT|Palatino|Palatino Linotype|Papyrus|Parchment|Perpetua|Perpetua Titling MT|Plantagenet Cherokee|Playbill|PMingLiU|Poor Richard|Pristina|PT Sans|PT Serif|
Raavi|Rage Italic|Ravie|Raleway|Roboto|Roboto Slab|Rockwell|Rockwell Condensed|Rockwell Extra Bold|Rod|Sakkal Majalla|Sans|Script MT Bold|Segoe Print|Segoe Script|Segoe UI|Segoe UI Emoji|Segoe UI Historic|Segoe UI Light|Segoe UI Semibold|Segoe UI Symbol|Serif|Showcard Gothic|Shonar Bangla|Shruti|SimHei|Simplified Arabic|Simplified Arabic Fixed|SimSun|SimSun-ExtB|Sitka Banner|Sitka Text|Snap ITC|Source Code Pro|Source Sans Pro|StarSymbol|Stencil|STFangsong|STKaiti|STSong|STXihei|Sylfaen|Symbol|System|
Tahoma|Tempus Sans ITC|Terminal|Thorndale|Times|Times New Roman|Traditional Arabic|Trebuchet MS|Tunga|Tw Cen MT|Tw Cen MT Condensed|Ubuntu|Urdu Typesetting|Utsaah|Vani|Verdana|Vijaya|Viner Hand ITC|Vivaldi|Vladimir Script|Vrinda|Webdings|Wide Latin|Wingdings|Wingdings 2|Wingdings 3|Yu Gothic|Yu Gothic Light|Yu Mincho|ZapfDingbats|Zapfino|
Albany AMT|Andale Mono|Bitstream Vera Sans|Bitstream Vera Serif|Cumberland|DejaVu LGC Sans|Albany|HG Mincho Light J|Lucidasans|Mincho|Nimbus Roman No9 L|Nimbus Sans L|Tahoma1|
ＭＳ 明朝|ＭＳ ゴシック|ＭＳ Ｐ明朝|ＭＳ Ｐゴシック|游明朝|游ゴシック|游ゴシック Light|メイリオ|宋体|黑体|新宋体|楷体|仿宋|微软雅黑|等线|等线 Light|新細明體|細明體|標楷體|微軟正黑體|맑은 고딕|바탕|돋움|굴림|Geneva CY
`
  .split('|')
  .map((name) => name.trim())
  .filter((name) => name !== '');
