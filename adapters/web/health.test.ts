import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { serveHealth } from './health.ts';
import { createServer } from './server.ts';

it('tells how the server stands, and that it does not where that cannot be told', async () => {
  let look = async (): Promise<Readonly<Record<string, unknown>>> => ({ undelivered: 2 });
  const app = createServer();
  app.get(
    '/health',
    serveHealth(() => look()),
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const ask = () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/health`);
    const well = await ask();
    expect([well.status, await well.json()]).toEqual([200, { serving: true, undelivered: 2 }]);
    expect(well.headers.get('cache-control')).toBe('no-store');
    look = () => Promise.reject(new Error('disk of desk@network.example'));
    const ill = await ask();
    expect([ill.status, await ill.text()]).toEqual([503, '{"serving":false}']);
  } finally {
    server.close();
  }
});
