import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { judgeInvitations, judgeScrubbed } from '../journeys/judge.ts';
import { launch } from '../web/browser.ts';
import { walkInPlayground } from './playground-way.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

it("takes two people in Microsoft's own client through registration, consent, meeting and a helpdesk reply", async () => {
  const shown: string[] = [];
  const walked = await walkInPlayground(browser, async (page, name) => {
    shown.push(name);
    // The client writes so into a card that it cannot show.
    expect(await page.getByText(/unable to (show|render)|not supported/i).count()).toBe(0);
  });
  judgeScrubbed(walked.scrubbed);
  judgeInvitations(walked.invitations, ['erik.expert@hopital-modele.example', 'eleni.experti@musterklinikum.example']);
  expect(walked.clinician).toContain('Yes, I will ask the experts.');
  expect(walked.clinician).not.toContain('She called before.');
  expect(walked.desk).toContain('She called before.');
  expect(walked.desk.match(/Ticket T-/g)).toHaveLength(1);
  expect(shown).toHaveLength(4);
}, 600_000);
