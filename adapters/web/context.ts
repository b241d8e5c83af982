import type { Express, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Bot } from '../../bot/interaction.ts';
import type { Pages } from '../../bot/pages/pages.ts';
import type { Card } from '../../bot/view.ts';
import type { Kept } from '../../domain/memory-ports.ts';
import type { Clock, Ids } from '../../domain/ports.ts';
import { wordsFor } from './words.ts';

/** An e-mail as the local mailbox shows it. */
export interface MailboxLetter {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  /** When it was sent: ISO 8601, UTC. */
  readonly at: string;
  readonly text: string;
  readonly html?: string;
  readonly calendar?: { readonly name: string; readonly method: string; readonly ics: string };
}

/** Somebody to be in turn on the local page. */
export interface LocalPerson {
  readonly user: string;
  readonly name: string;
  /** What they are, in words. */
  readonly role: string;
  /** Whether the helpdesk's channel is theirs to read; without it, whether the role begins with 'helpdesk'. */
  readonly desk?: boolean;
}

/** A line of the command list that the local page offers while one types. */
export interface LocalCommand {
  readonly words: string;
  readonly help: string;
  readonly desk?: boolean;
}

export interface LocalMode {
  readonly people: readonly LocalPerson[];
  mailbox(): Promise<readonly MailboxLetter[]>;
  readonly commands?: (language: string) => readonly LocalCommand[];
}

export interface WebOptions {
  readonly app: Express;
  readonly bot: Bot;
  readonly pages: Pages;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  /** The address that people open, without a path: 'https://bot.example.org'. */
  readonly publicUrl: string;
  /** Whether cookies are for HTTPS alone. */
  readonly secureCookies: boolean;
  /** The privacy notice in a language, shown at `/privacy`. */
  readonly privacy?: (language: string) => Card;
  readonly local?: LocalMode;
  /** Who may frame a person's own page, as sources of CSP: where the chat platform has a place for it. */
  readonly tabAncestors?: readonly string[];
  /** Where the built pages stand; the project's `dist/web` where nothing is said. */
  readonly dist?: string;
}

/** A route whose failure is logged under a reference id and answered in words: no message of an error reaches the reader or the log's text. */
export function route(
  options: Pick<WebOptions, 'ids' | 'log'>,
  work: (req: Request, res: Response) => Promise<void>,
): RequestHandler {
  return async (req, res) => {
    try {
      await work(req, res);
    } catch (error) {
      const reference = options.ids.next('E');
      options.log.error({ reference, error: error instanceof Error ? error.name : 'unknown' }, 'web.failed');
      if (!res.headersSent)
        res
          .status(500)
          .json({ refused: 'web.failed', words: wordsFor(res).refused.failed.replace('{reference}', reference) });
    }
  };
}
