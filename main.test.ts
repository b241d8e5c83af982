import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { start } from './main.ts';

it('keeps a connection for longer than a reverse proxy does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cpms-main-'));
  const running = await start(readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error' }));
  try {
    const { headers } = await fetch(`${running.url}/health`);
    const [, seconds] = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(60);
  } finally {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
