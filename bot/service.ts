import type { Incoming, MailboxTrouble } from '../domain/mail-ports.ts';
import { createBot } from './bot.ts';
import { calendarFile } from './calendar/feed.ts';
import { takeMail, tellOfMailbox } from './calendar/mailbox.ts';
import type { Ports } from './context.ts';
import type { Bot } from './interaction.ts';
import { createDelivery, type Delivery } from './outbox/delivery.ts';
import { createDecisionPage } from './pages/decision.ts';
import { beginPage } from './pages/links.ts';
import type { Pages } from './pages/pages.ts';
import { createPlanPage } from './pages/plan.ts';
import { createPollPage } from './pages/poll.ts';
import { createSignInPage } from './pages/sign-in.ts';
import { createOwnPage, createTabPage } from './pages/tab.ts';
import { createSlowWork } from './slow-work.ts';
import { createUploadPage } from './upload/upload.ts';

export interface Service {
  readonly bot: Bot;
  readonly pages: Pages;
  readonly delivery: Delivery;
  /** Does what a mail of the helpdesk's mailbox means. Throws only when the store fails. */
  readonly takeMail: (mail: Incoming) => Promise<void>;
  /** Tells the helpdesk what its mailbox has trouble with. */
  readonly tellOfMailbox: (trouble: MailboxTrouble) => Promise<void>;
}

/** The bot, its pages and the delivery of its messages, over one set of ports: what a page did goes out as soon as what a chat did. */
export function createService(ports: Ports): Service {
  const own = createBot(ports, () => delivery.poke());
  const slow = createSlowWork(ports, own);
  const delivery: Delivery = createDelivery(ports, slow.finish);
  const poking =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A) => {
      try {
        return await work(...args);
      } finally {
        delivery.poke();
      }
    };
  const all = <P extends object>(page: P): P =>
    Object.fromEntries(Object.entries(page).map(([name, work]) => [name, poking(work as never)])) as P;
  const page = all(createOwnPage(ports, { handle: slow.handle }));
  return {
    bot: { ...own, handle: slow.handle },
    delivery,
    takeMail: poking((mail: Incoming) => takeMail(ports, mail)),
    tellOfMailbox: poking((trouble: MailboxTrouble) => tellOfMailbox(ports, trouble)),
    pages: {
      begin: (token) => beginPage(ports, token, ['upload', 'decision']),
      calendarFile: (token, meetingId) => calendarFile(ports, token, meetingId),
      upload: all(createUploadPage(ports)),
      decision: all(createDecisionPage(ports)),
      signIn: all(createSignInPage(ports)),
      own: page,
      tab: all(createTabPage(ports, page, own)),
      poll: all(createPollPage(ports)),
      plan: all(createPlanPage(ports, { handle: slow.handle })),
    },
  };
}
