declare module '*.css';

/** Vite's: the files that match, each a function that loads it. */
interface ImportMeta {
  glob<T>(pattern: readonly string[], options: { readonly import: 'default' }): Record<string, () => Promise<T>>;
}
