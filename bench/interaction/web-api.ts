import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Slack's Web API as far as a server under load calls it: every call is answered at once, nothing is kept. Gives its address and how to close it. */
export async function startWebApi(): Promise<{ readonly url: string; readonly calls: () => number; close(): void }> {
  let calls = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      calls += 1;
      const answer = {
        ok: true,
        channel: request.url?.includes('/conversations.') ? { id: `D${calls}`, is_ext_shared: false } : 'C0HELPDESK',
        ts: `1700000000.${String(calls).padStart(6, '0')}`,
        user: { id: 'U0HELPDESK', tz: 'Europe/Paris', locale: 'en-GB', real_name: 'Hanna Helpdesk' },
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    calls: () => calls,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
