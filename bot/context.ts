import type { Spool, Vault } from '../domain/bytes.ts';
import type { Calendar, Mail } from '../domain/mail-ports.ts';
import type { Kept, Outbox, Store } from '../domain/memory-ports.ts';
import type { Clock, DicomOption, Ids, Scrubber } from '../domain/ports.ts';
import type { SignIn } from '../domain/sign-in.ts';
import type { Topic } from '../domain/tickets.ts';
import type { Channel } from './channel.ts';

/** What the bot writes down of its own running: ids and codes only, never what people typed. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** An answer that the helpdesk has ready: its title and text by language (two letters), English always among them. */
export interface CannedAnswer {
  readonly id: string;
  /** Listed first for tickets of these topics. */
  readonly topics: readonly Topic[];
  readonly title: Readonly<Record<string, string>>;
  readonly text: Readonly<Record<string, string>>;
}

export interface Settings {
  /** In the order of the operator's file. */
  readonly answers: readonly CannedAnswer[];
  /** The address that people reach the pages at, without a slash at its end; on loopback in local mode. */
  readonly publicUrl: string;
  /** The sender of mails and the organiser of meetings: the helpdesk. */
  readonly organiser: { readonly name: string; readonly email: string };
  /** The room that meetings usually take place in (Teams, Webex, CPMS's own); the helpdesk may give another. */
  readonly joinUrl?: string;
  /** How long a scrubbed file is kept, in hours. */
  readonly vaultHours: number;
  /** How long an upload link is good, in minutes. */
  readonly uploadMinutes: number;
  /** How long a file stays under review while nobody touches it, in minutes: the spool's. */
  readonly reviewMinutes: number;
  /** How long a lead's decision link is good, in days. */
  readonly decisionDays: number;
  /** Largest file that is taken, in bytes. */
  readonly fileBytes: number;
  /** Largest DICOM file, in bytes. */
  readonly dicomBytes: number;
  /** Largest bundle of files, in bytes; each of its files is bounded by `fileBytes` or `dicomBytes`. */
  readonly bundleBytes: number;
  /** What of DICOM files is kept beyond the basic profile, where the submitter chooses nothing else. */
  readonly dicomOptions: readonly DicomOption[];
  /** Said in the privacy notice. */
  readonly controller: string;
  readonly hosting: string;
  readonly keptFor: Readonly<Record<'members' | 'cases' | 'tickets' | 'attestations' | 'files', Period>>;
}

/** A length of time that is said in each language. */
export interface Period {
  readonly count: number;
  readonly unit: 'year' | 'day' | 'hour';
}

/** Everything outside that the bot works with. */
export interface Ports {
  readonly store: Store;
  readonly kept: Kept;
  readonly outbox: Outbox;
  readonly vault: Vault;
  readonly scrubber: Scrubber;
  readonly spool: Spool;
  readonly calendar: Calendar;
  readonly mail: Mail;
  /** Absent where no provider is configured: then members attest. */
  readonly signIn?: SignIn;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The fronts that are on; filled while the parts are joined. */
  readonly channels: Channel[];
  readonly log: Log;
  readonly settings: Settings;
}

/** What deciding and committing need of the ports: an operator's command has no more, and no spool, which is the server's own. */
export type CorePorts = Pick<Ports, 'store' | 'kept' | 'outbox' | 'vault' | 'clock' | 'ids'> & {
  readonly spool?: Spool;
};
