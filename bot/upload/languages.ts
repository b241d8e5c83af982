/** Countries of the network in which a hospital writes in more than the likeliest language. */
const several: Readonly<Record<string, readonly string[]>> = {
  BE: ['nl', 'fr', 'de'],
  CH: ['de', 'fr', 'it'],
  CY: ['el', 'en'],
  FI: ['fi', 'sv'],
  LU: ['fr', 'de'],
  MT: ['en', 'mt'],
};

/** The languages (BCP 47 primary) that a file of a hospital in this country (ISO 3166-1) is likely written in, the likeliest first: the country's (CLDR likely subtags), then the person's own. */
export function languagesOf(country: string | undefined, own: string | undefined): string[] {
  const likely = country !== undefined && /^[A-Z]{2}$/.test(country) ? (several[country] ?? [likeliest(country)]) : [];
  const ofPerson = own?.split('-')[0];
  return [...new Set([...likely, ...(ofPerson ? [ofPerson] : [])])];
}

const likeliest = (country: string) => new Intl.Locale(`und-${country}`).maximize().language;
