/** Languages whose names of countries are looked for. */
export const COUNTRY_LANGUAGES = ['fr', 'it', 'es', 'nl'] as const;
let countries: Map<string, ReadonlySet<string>> | undefined;

/** The countries of the world as a language calls them, from the runtime's own tables (CLDR). */
export function countryNames(language: string): ReadonlySet<string> {
  countries ??= new Map(
    COUNTRY_LANGUAGES.map((each) => {
      const names = new Intl.DisplayNames([each], { type: 'region' });
      const found = new Set<string>();
      for (let first = 65; first < 91; first++)
        for (let second = 65; second < 91; second++) {
          const code = String.fromCharCode(first, second);
          const name = names.of(code);
          if (name && name !== code) found.add(name);
        }
      return [each, found];
    }),
  );
  return countries.get(language) ?? new Set();
}
