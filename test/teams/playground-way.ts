import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { buildPages } from '../../adapters/web/build.ts';
import { readConfig } from '../../config.ts';
import { start } from '../../main.ts';
import { localCode, localHands, localInvitations } from '../journeys/local-hands.ts';
import { samplePdf } from '../journeys/sample-file.ts';
import { throughThePage } from '../journeys/stage.ts';
import { becomeMember, enrolACase, shareACase, until } from '../journeys/way.ts';
import { deskConversation, startPlayground } from './playground.ts';
import { openPlaygroundWindow } from './playground-hands.ts';

/** What the walk ended with, for its judges. */
export interface Walked {
  readonly scrubbed: Uint8Array;
  readonly invitations: readonly { readonly to: string; readonly ics: string }[];
  /** The words of the clinician's chat and of the helpdesk's channel at the end. */
  readonly clinician: string;
  readonly desk: string;
}

const hanna = 'hanna@cpms-desk.example';

/**
 * Two people in two of Microsoft's clients, on one bot in local mode: a clinician registers, records a consent, asks for a meeting and for help; the
 * helpdesk does its part in its chat and its channel. The lead, the administrator and the expert are on the local page meanwhile. `take` is called where
 * there is something to see.
 */
export async function walkInPlayground(
  browser: Browser,
  take: (page: Page, name: string) => Promise<void>,
): Promise<Walked> {
  await buildPages();
  const folder = mkdtempSync(join(tmpdir(), 'cpms-playground-data-'));
  const server = await start(
    readConfig({
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: process.env['TEST_LOG'] ?? 'error',
      TEAMS_PLAYGROUND: '1',
      TEAMS_DESK_CONVERSATION: deskConversation,
    }),
  );
  const { url } = server;
  const clients = await Promise.all(
    ['Clara Clinician', 'Hanna Helpdesk'].map((person) => startPlayground(person, `${url}/api/messages`)),
  );
  try {
    const size = {
      viewport: { width: 1280, height: 900 },
      colorScheme: 'light',
      timezoneId: 'Europe/Brussels',
    } as const;
    const open = (client: { readonly url: string } | undefined) =>
      openPlaygroundWindow(browser, client?.url ?? '', size);
    const clara = await open(clients[0]);
    const desk = await open(clients[1]);
    const clinician = clara.hands;
    const helpdesk = desk.hands;
    const lead = localHands(url, 'lead');
    const expert = localHands(url, 'expert-1');
    const administrator = localHands(url, 'administrator');

    await helpdesk.says(`verify ${hanna}`);
    await helpdesk.says(`code ${await localCode(url, hanna)}`);
    // A first word in the channel tells the bot where it is.
    await desk.opens('Helpdesk');
    await desk.posts('queue');
    await desk.opens('Personal Chat');

    await becomeMember({ clinician, lead, helpdesk, administrator, mailedCode: (to) => localCode(url, to) });
    await take(clara.page, 'teams-registration.png');
    await enrolACase({ clinician });
    await clinician.says('page');
    const tab = await clara.page.context().newPage();
    await tab.goto(await clinician.link('Open my page'));
    await tab.getByRole('button', { name: 'Continue' }).click();
    await tab.getByRole('navigation').waitFor();
    await tab.locator('.card').first().waitFor();
    await take(tab, 'teams-tab.png');
    await tab.close();
    const { scrubbed, invitations } = await shareACase({
      clinician,
      helpdesk,
      expert,
      file: samplePdf(),
      upload: (address, file) => throughThePage(url, address, file),
      invitations: () => localInvitations(url, 3),
    });

    await clinician.says('support');
    await clinician.presses('Ask the helpdesk');
    await clinician.fills({ topic: 'meeting', text: 'Can the meeting be an hour later?' });
    await desk.opens('Helpdesk');
    const channel = desk.channelHands;
    await until({ ...helpdesk, ...channel }, 'Can the meeting be an hour later?');
    await channel.presses('Take it');
    await channel.presses('Note');
    await channel.fills({ text: 'She called before.' });
    await channel.presses('Reply');
    await take(desk.page, 'teams-desk.png');
    await channel.fills({ text: 'Yes, I will ask the experts.' });
    await until(clinician, 'Yes, I will ask the experts.');
    await take(clara.page, 'teams-reply.png');
    await until({ ...helpdesk, ...channel }, 'Yes, I will ask the experts.');
    return { scrubbed, invitations, clinician: await clinician.sees(), desk: await channel.sees() };
  } finally {
    await Promise.all(clients.map((client) => client.stop()));
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
