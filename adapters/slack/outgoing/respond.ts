const slackHosts = new Set(['hooks.slack.com', 'hooks.slack-gov.com']);

/**
 * Posts to a `response_url` (docs.slack.dev, 'Handling user interaction', message responses: five times within 30 minutes). Only Slack's own
 * hosts are posted to, or with `apiUrl` that one's origin. Throws for any other address, any other status than 200, and after 5 s.
 */
export function responder(apiUrl: string | undefined): (url: string, body: object) => Promise<void> {
  const ownOrigin = apiUrl && new URL(apiUrl).origin;
  return async (url, body) => {
    const address = new URL(url);
    const allowed = ownOrigin
      ? address.origin === ownOrigin
      : address.protocol === 'https:' && slackHosts.has(address.host);
    if (!allowed) throw new Error('a response_url that is not Slack’s');
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(5000),
    });
    if (!response.ok) throw new Error('a response_url was not taken');
  };
}
