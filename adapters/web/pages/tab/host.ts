import { app } from '@microsoft/teams-js';
import type { ThemeName, ThemeSource } from '../shared/theme.tsx';

/** Whether the page stands in somebody's frame, which is Teams: no other may frame it. */
export const framed = window.parent !== window;

/** Teams' names of its themes ('Get context for your tab'). */
const themes: Readonly<Record<string, ThemeName>> = { default: 'light', dark: 'dark', contrast: 'contrast' };

/** The theme of Teams: what it wrote into the page's address, and what it changes to later. Outside of a frame the browser's. */
export function hostTheme(): ThemeSource | undefined {
  if (!framed) return undefined;
  let current = themes[new URLSearchParams(location.search).get('theme') ?? ''] ?? 'light';
  const listeners = new Set<() => void>();
  const take = (name: string) => {
    current = themes[name] ?? current;
    for (const listener of listeners) listener();
  };
  // A Teams that does not answer leaves the page as its address said.
  app.initialize().then(
    async () => {
      app.registerOnThemeChangeHandler(take);
      take((await app.getContext()).app.theme);
    },
    () => undefined,
  );
  return {
    chosen: () => current,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
