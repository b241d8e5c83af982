import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import {
  createServer,
  createWeb,
  type LocalMode,
  type MailboxLetter,
  type Web,
  type WebOptions,
} from '../../adapters/web/web.ts';
import type { Kept } from '../../domain/memory-ports.ts';
import { memoryKept } from '../kept.ts';
import { createDemoBot, type DemoBot } from './demo-bot.ts';
import { createDemoPages, type DemoPages, tokens } from './demo-pages.ts';

export const people: LocalMode['people'] = [
  { user: 'noor', name: 'Dr. Noor Fictiva', role: 'Clinician, Northbridge University Hospital' },
  { user: 'ada', name: 'Prof. Ada Lindqvist', role: 'HCP lead, Northbridge University Hospital' },
  { user: 'hanna', name: 'Hanna Helping', role: 'Helpdesk' },
  { user: 'luc', name: 'Luc Localman', role: 'Local administrator, Northbridge' },
  { user: 'eva', name: 'Dr. Eva Expertise', role: 'Expert, HTAD, Lakeside Teaching Hospital' },
];

const ics = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:m-1@cpms.example',
  'SEQUENCE:0',
  'DTSTART;TZID=Europe/Paris:20261201T150000',
  'DTEND;TZID=Europe/Paris:20261201T160000',
  'SUMMARY:Case discussion M-2B3C4D5E (HTAD)',
  'ORGANIZER;CN=Helpdesk:mailto:helpdesk@network.example',
  'ATTENDEE;CN="Dr. Eva Expertise";RSVP=TRUE:mailto:eva@lakeside.exam',
  ' ple',
  'BEGIN:VALARM',
  'DESCRIPTION:not this one',
  'END:VALARM',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

export interface Demo {
  readonly address: string;
  readonly web: Web;
  readonly bot: DemoBot;
  readonly pages: DemoPages;
  readonly letters: MailboxLetter[];
  close(): Promise<void>;
}

/** The web adapter over the scripted bot, on a free port of this machine (or the given one). */
export async function startDemo(
  given: { readonly port?: number; readonly kept?: Kept; readonly local?: boolean } = {},
): Promise<Demo> {
  const app = createServer();
  const server = app.listen(given.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const letters: MailboxLetter[] = [
    {
      id: 'l-1',
      to: 'ada@northbridge.example',
      subject: 'A colleague asks for your authorisation',
      at: '2026-11-23T08:00:00.000Z',
      text: `Dr. Noor Fictiva asks for your authorisation.\n\nDecide here: ${address}/d/${tokens.decision}.\n`,
    },
    {
      id: 'l-2',
      to: 'eva@lakeside.example',
      subject: 'Invitation: case discussion M-2B3C4D5E',
      at: '2026-11-23T09:00:00.000Z',
      text: 'The helpdesk invites you to a case discussion.',
      calendar: { name: 'invite.ics', method: 'REQUEST', ics },
    },
  ];
  const held: { web?: Web } = {};
  const bot = createDemoBot(async () => {
    await held.web?.channel?.postToDesk(
      {
        title: 'New registration',
        tone: 'waiting',
        body: [
          {
            kind: 'facts',
            rows: [
              ['From', 'Dr. Noor Fictiva'],
              ['Hospital', 'Northbridge University Hospital'],
            ],
          },
        ],
        buttons: [{ label: 'Take it', action: 'take', ref: 'R-1', style: 'primary' }],
      },
      '77',
    );
  });
  const pages = createDemoPages();
  let count = 0;
  const options: WebOptions = {
    app,
    bot,
    pages,
    kept: given.kept ?? memoryKept(),
    clock: { now: () => new Date().toISOString() },
    ids: { next: (prefix) => `${prefix}-${++count}`, token: () => '', code: () => '' },
    log: pino({ level: 'silent' }),
    publicUrl: address,
    secureCookies: false,
    ...(given.local === false
      ? {}
      : {
          local: {
            people,
            mailbox: async () => [...letters],
            commands: () => [
              { words: 'register', help: 'Get access to CPMS 2.0' },
              { words: 'status', help: 'Where you stand, and on whom it waits' },
              { words: 'queue', help: 'What waits on the helpdesk', desk: true },
            ],
          },
        }),
  };
  const web = createWeb(options);
  held.web = web;
  return {
    address,
    web,
    bot,
    pages,
    letters,
    async close() {
      web.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
