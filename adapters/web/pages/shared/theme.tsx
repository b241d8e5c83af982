import {
  createDOMRenderer,
  FluentProvider,
  RendererProvider,
  teamsHighContrastTheme,
  webDarkTheme,
  webLightTheme,
} from '@fluentui/react-components';
import { type ReactNode, StrictMode, useEffect, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { loadWords, spokenFor } from './words.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');
const forced = matchMedia('(forced-colors: active)');

function subscribe(changed: () => void): () => void {
  for (const query of [dark, forced]) query.addEventListener('change', changed);
  return () => {
    for (const query of [dark, forced]) query.removeEventListener('change', changed);
  };
}

function chosen(): ThemeName {
  if (forced.matches) return 'contrast';
  return dark.matches ? 'dark' : 'light';
}

const themes = { light: webLightTheme, dark: webDarkTheme, contrast: teamsHighContrastTheme };

export type ThemeName = keyof typeof themes;

/** Whose theme a page has: the browser's, unless what it stands in says. */
export interface ThemeSource {
  readonly subscribe: (changed: () => void) => () => void;
  readonly chosen: () => ThemeName;
}

function Themed({ children, source }: { readonly children: ReactNode; readonly source: ThemeSource }) {
  const theme = useSyncExternalStore(source.subscribe, source.chosen);
  useEffect(() => {
    // What the browser draws itself (scroll bars, fields of dates) follows.
    document.documentElement.style.colorScheme = theme === 'light' ? 'light' : 'dark';
  }, [theme]);
  return (
    <FluentProvider theme={themes[theme]} className="page">
      {children}
    </FluentProvider>
  );
}

/**
 * Shows a page under the reader's theme, or that of what it stands in, in the browser's language until it knows the reader's. The styles that are made while it runs carry the
 * nonce of the page's own answer.
 */
export async function show(page: ReactNode, source: ThemeSource = { subscribe, chosen }): Promise<void> {
  await loadWords(navigator.language);
  document.documentElement.lang = spokenFor(navigator.language);
  const place = document.getElementById('root');
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
  const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {});
  if (place)
    createRoot(place).render(
      <StrictMode>
        <RendererProvider renderer={renderer}>
          <Themed source={source}>{page}</Themed>
        </RendererProvider>
      </StrictMode>,
    );
}
