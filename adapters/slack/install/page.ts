import { createHash } from 'node:crypto';
import type { Installation } from './installations.ts';
import type { Scope } from './scopes.ts';

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}a.go{display:inline-block;padding:.6rem 1.2rem;border-radius:.3rem;background:#0f5c63;color:#fff;text-decoration:none;font-weight:600}dt{font-family:ui-monospace,monospace;margin-top:.6rem}dd{margin:0 0 0 1.5rem}@media (prefers-color-scheme:dark){body{background:#1b1b1b;color:#eee}a{color:#8fd3da}a.go{color:#fff}}';

/** What the installation's pages carry: nothing is stored, framed or run, and the address with its code is told to nobody. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow',
};

/** What the app may do, and the way to Slack. */
export function installPage(address: string, scopes: readonly Scope[]): string {
  const rights = scopes.map(({ scope, reason }) => `<dt>${escaped(scope)}</dt><dd>${escaped(reason)}</dd>`).join('');
  return page(
    'Install the CPMS bot in Slack',
    `<p>Slack asks a workspace’s administrator to agree to these rights. On Enterprise Grid an organisation’s administrator can install it for all workspaces at once.</p><p><a class="go" href="${escaped(address)}">Add to Slack</a></p><h2>What it may do, and why</h2><dl>${rights}</dl><p>It reads no channel that it was not invited to. What it keeps, and for how long: <a href="/privacy">the privacy notice</a>.</p>`,
  );
}

/** It is done, and what comes next. */
export function installedPage({ name, tenant, appId }: Installation): string {
  const address = tenant.startsWith('T')
    ? `https://slack.com/app_redirect?${new URLSearchParams({ app: appId, team: tenant }).toString()}`
    : 'https://slack.com/';
  return page(
    'The CPMS bot is installed',
    `<p>It now works in ${escaped(name)} (${escaped(tenant)}). Members find it under Apps, or type <code>/cpms help</code>.</p><p><a class="go" href="${escaped(address)}">Open Slack</a></p><p>To remove it, remove the app in Slack: its tokens and its notes about chats are then deleted here, too.</p>`,
  );
}

const troubles = {
  state: 'This installation was not begun in this browser, took longer than ten minutes, or was used already.',
  cancelled: 'The installation was cancelled in Slack. Nothing was changed.',
  slack: 'Slack could not complete the installation. Begin again; if it stays, tell the operator this reference:',
  'not-listed':
    'This server does not serve that workspace, and the app’s token was given back. The operator can add its id to SLACK_ALLOWED_TEAMS:',
  scopes:
    'The app was granted less than it needs, and its token was given back. The operator has to update the app’s manifest. Missing:',
} as const;

/** Why it did not work, what to do, and the way back. */
export function troublePage(code: keyof typeof troubles, detail: string, again: string): string {
  return page(
    'The CPMS bot was not installed',
    `<p>${escaped(troubles[code])}${detail === '' ? '' : ` <strong>${escaped(detail)}</strong>`}</p><p><a href="${escaped(again)}">Begin again</a></p>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
