/** Styles that a program knows by their name. */
const BUILT_IN =
  /^(?:Standard|standard|Default|Text_20_body|Heading(?:_20_\d{1,2})?|Title|Subtitle|Header|Footer|List|Caption|Index|Table_20_Contents|Table_20_Heading|Footnote|Footnote_20_Symbol|Footnote_20_anchor|Endnote|Endnote_20_Symbol|Endnote_20_anchor|Internet_20_[Ll]ink|Graphics|Frame|Frame_20_contents|First_20_Page|Numbering_20_Symbols|Bullet_20_Symbols|Contents_20_(?:Heading|\d{1,2})|Page_20_Number|List_20_\d|Numbering_20_\d|Outline|Preformatted_20_Text|Quotations|OLE|Result\d?|Accent(?:_20_\d)?|Status|Good|Neutral|Bad|Warning|Error|Note|Text|Hyperlink|objectwithoutfill|Object_20_with_20_no_20_fill_20_and_20_no_20_line|default|gr\d{1,4}|ro\d{1,4}|co\d{1,4}|ce\d{1,4}|ta\d{1,4}|dp\d{1,4}|pr\d{1,4}|[PTLNS]\d{1,4}|Mgr\d{1,3}|MP\d{1,3}|MT\d{1,3}|Mdp\d{1,3}|Mpr\d{1,3}|Mpm\d{1,3}|pm\d{1,3}|fr\d{1,4}|Mfr\d{1,3}|Sect\d{1,3}|Table\d{1,4}(?:\.[A-Z]{1,2}\d{0,5})?|PM\d{1,3}|ch\d{1,4})$/;
const OF_A_MASTER = /^(.*)-(title|subtitle|outline\d|notes|background|backgroundobjects)$/;

/** Gives styles names that say nothing: a program's own stay, others become a number, the same one wherever a name is used. */
export function namer(): (name: string) => string {
  const given = new Map<string, string>();
  const rename = (name: string): string => {
    if (name === '' || BUILT_IN.test(name)) return name;
    const [, master, part] = OF_A_MASTER.exec(name) ?? [];
    if (master !== undefined && part !== undefined) return `${rename(master)}-${part}`;
    const before = given.get(name);
    if (before !== undefined) return before;
    const made = `Style${given.size + 1}`;
    given.set(name, made);
    return made;
  };
  return rename;
}
