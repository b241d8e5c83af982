/** A code for the log and the operator: never the server's words, which may hold an address. */
export function codeOf(error: unknown): string {
  const { code, responseStatus, authenticationFailed } = error as {
    readonly code?: unknown;
    readonly responseStatus?: unknown;
    readonly authenticationFailed?: unknown;
  };
  if (authenticationFailed === true) return 'authentication-failed';
  if (typeof code === 'string') return code;
  return typeof responseStatus === 'string'
    ? `answered-${responseStatus}`
    : error instanceof Error
      ? error.name
      : 'unknown';
}

/** Whether it was the password, or the account, that was refused. */
export const refused = (code: string) => code === 'authentication-failed';

/** The connection that a URL asks for. Throws for one that is none of IMAP, or names no user and password. */
export function optionsOf(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['imap:', 'imaps:'].includes(url.protocol) || url.username === '' || url.password === '')
    throw new Error('the mailbox is given as imaps://user:password@host or imap://…');
  const secure = url.protocol === 'imaps:';
  const local = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(url.hostname);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
    secure,
    // Never a password in clear, but on this machine.
    ...(secure || local ? {} : { doSTARTTLS: true }),
    tls: { minVersion: 'TLSv1.2' as const },
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
  };
}
