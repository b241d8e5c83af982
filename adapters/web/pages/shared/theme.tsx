import {
  createDOMRenderer,
  FluentProvider,
  RendererProvider,
  teamsHighContrastTheme,
  webDarkTheme,
  webLightTheme,
} from '@fluentui/react-components';
import { type ReactNode, StrictMode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';

const dark = matchMedia('(prefers-color-scheme: dark)');
const forced = matchMedia('(forced-colors: active)');

function subscribe(changed: () => void): () => void {
  for (const query of [dark, forced]) query.addEventListener('change', changed);
  return () => {
    for (const query of [dark, forced]) query.removeEventListener('change', changed);
  };
}

function chosen(): 'light' | 'dark' | 'contrast' {
  if (forced.matches) return 'contrast';
  return dark.matches ? 'dark' : 'light';
}

const themes = { light: webLightTheme, dark: webDarkTheme, contrast: teamsHighContrastTheme };

function Themed({ children }: { readonly children: ReactNode }) {
  const theme = useSyncExternalStore(subscribe, chosen);
  return (
    <FluentProvider theme={themes[theme]} className="page">
      {children}
    </FluentProvider>
  );
}

/** Shows a page under the reader's theme. The styles that are made while it runs carry the nonce of the page's own answer. */
export function show(page: ReactNode): void {
  const place = document.getElementById('root');
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
  const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {});
  if (place)
    createRoot(place).render(
      <StrictMode>
        <RendererProvider renderer={renderer}>
          <Themed>{page}</Themed>
        </RendererProvider>
      </StrictMode>,
    );
}
