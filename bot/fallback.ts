/**
 * Words in the shape of the English ones: each sentence that the other language has stands in its place, English where it has none. Takes parsed
 * JSON of any depth; what has another shape than the English is passed over.
 */
export function withFallback<T>(english: T, other: unknown): T {
  if (typeof english === 'string') return (typeof other === 'string' ? other : english) as T;
  if (Array.isArray(english)) return (isTexts(other) ? other : english) as T;
  const more = typeof other === 'object' && other !== null ? (other as Readonly<Record<string, unknown>>) : {};
  return Object.fromEntries(
    Object.entries(english as Readonly<Record<string, unknown>>).map(([key, value]) => [
      key,
      withFallback(value, more[key]),
    ]),
  ) as T;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
