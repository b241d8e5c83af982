import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const pages = path.join(import.meta.dirname, 'pages');

/** Six pages into one folder, which who builds them names. The server puts the nonce in, and serves everything but the HTML from `/pages/assets`. */
export default defineConfig({
  root: pages,
  base: '/pages/',
  plugins: [react()],
  html: { cspNonce: '__NONCE__' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rollupOptions: {
      input: {
        local: path.join(pages, 'local.html'),
        upload: path.join(pages, 'upload.html'),
        decision: path.join(pages, 'decision.html'),
        tab: path.join(pages, 'tab.html'),
        plan: path.join(pages, 'plan.html'),
        poll: path.join(pages, 'poll.html'),
      },
    },
  },
});
