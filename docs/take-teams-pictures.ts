import { statSync } from 'node:fs';
import { join } from 'node:path';
import { walkInPlayground } from '../test/teams/playground-way.ts';
import { launch } from '../test/web/browser.ts';

/** Takes the README's pictures of Teams in Microsoft's own local client, on the walk of its test; `npm run pictures`. */

const largest = 200_000;
const browser = await launch();
try {
  await walkInPlayground(browser, async (page, name) => {
    const path = join(import.meta.dirname, 'pictures', name);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(500);
    await page.screenshot({ path, animations: 'disabled' });
    const { size } = statSync(path);
    if (size > largest) throw new Error(`${name} has ${size} bytes, more than ${largest}`);
    process.stdout.write(`docs/pictures/${name}: ${Math.round(size / 1000)} kB\n`);
  });
} finally {
  await browser.close();
}
