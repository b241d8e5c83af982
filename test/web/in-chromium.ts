import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { buildPages } from '../../adapters/web/build.ts';
import type { Hands } from '../journeys/way.ts';
import { launch } from './browser.ts';
import { type Product, startProduct, toACase } from './product.ts';

/** The whole product and a browser before it, with a clinician who can attach files to a case. */
export interface Stage {
  readonly browser: Browser;
  readonly product: Product;
  readonly clinician: Hands;
  /** For the test's own files; the product's data lie in its `data`. */
  readonly folder: string;
}

/** Sets the stage before the tests of a file and clears it after them; what it gives is there once they run. `name` is in the folder's name. */
export function inChromium(name: string): Stage {
  const stage: { -readonly [Part in keyof Stage]?: Stage[Part] } = {};
  beforeAll(async () => {
    await buildPages();
    stage.browser = await launch();
    stage.folder = mkdtempSync(join(tmpdir(), `cpms-${name}-`));
    stage.product = await startProduct(join(stage.folder, 'data'));
    stage.clinician = await toACase(stage.product.url);
  }, 120_000);
  afterAll(async () => {
    await stage.browser?.close();
    await stage.product?.close();
    if (stage.folder) rmSync(stage.folder, { recursive: true, force: true });
  });
  return stage as Stage;
}
