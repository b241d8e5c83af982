import { expect } from 'vitest';

/** Somebody in front of a chat, on whichever platform: the same hands for the same journey. */
export interface Hands {
  /** Types to the bot in private. */
  says(text: string): Promise<void>;
  /** Presses the newest button with this label; where it opens a form, the form is open then. */
  presses(label: string): Promise<void>;
  /** Fills the open form by field name and sends it; throws where the bot leaves messages at its fields. */
  fills(values: Readonly<Record<string, string | readonly string[] | boolean>>): Promise<void>;
  /** All words that this person can see. */
  sees(): Promise<string>;
  /** The address behind a link button. */
  link(label: string): Promise<string>;
}

export interface Cast {
  readonly clinician: Hands;
  readonly lead: Hands;
  readonly helpdesk: Hands;
  readonly administrator: Hands;
  readonly expert: Hands;
  /** The newest code that was mailed to an address. */
  mailedCode(address: string): Promise<string>;
  /** The calendar objects that were mailed, oldest first, with their recipients. */
  invitations(): Promise<readonly { readonly to: string; readonly ics: string }[]>;
  /** Goes through the upload page behind the address with this file, as a browser does; gives the scrubbed file. */
  upload(address: string, file: Uint8Array): Promise<Uint8Array>;
  readonly file: Uint8Array;
}

/** Waits until somebody sees the words. */
export async function until(person: Hands, words: string | RegExp): Promise<string> {
  const seconds = 20;
  for (let tries = 0; tries < seconds * 10; tries += 1) {
    const seen = await person.sees();
    if (typeof words === 'string' ? seen.includes(words) : words.test(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Not seen within ${seconds} s: ${String(words)}. Seen: ${(await person.sees()).slice(-3000)}`);
}

const clinicianAddress = 'clara.clinician@saint-example.example';

/**
 * The whole way, with every actor: from a stranger's first word to the expert's answer to the invitation. Gives the scrubbed file
 * and the calendar objects for their judges.
 */
export async function walkTheWholeWay(cast: Cast): Promise<{
  readonly scrubbed: Uint8Array;
  readonly invitations: readonly { readonly to: string; readonly ics: string }[];
}> {
  await becomeMember(cast);
  await enrolACase(cast);
  return shareACase(cast);
}

/** From a stranger's first word to an active account. */
export async function becomeMember(
  cast: Pick<Cast, 'clinician' | 'lead' | 'helpdesk' | 'administrator' | 'mailedCode'>,
): Promise<void> {
  const { clinician, lead, helpdesk, administrator } = cast;

  await clinician.says('how do I get access?');
  await clinician.presses('Start my registration');
  await clinician.fills({ hcp: 'EXB-1', name: 'Clara Clinician', email: clinicianAddress });
  await clinician.says(`code ${await cast.mailedCode(clinicianAddress)}`);
  await until(clinician, 'Lotte Leadsma');

  await until(lead, 'Clara Clinician');
  await lead.presses('Authorise');
  await until(clinician, /authorised/i);

  await helpdesk.says('queue');
  await until(helpdesk, 'Clara Clinician');
  await helpdesk.presses('Show');
  await helpdesk.presses('Take it');
  await helpdesk.presses('Registration passed on');

  await clinician.says('status');
  await clinician.presses('I have an account');
  await clinician.presses('My second factor is ready');
  await clinician.fills({ method: 'app-qr' });
  await clinician.presses('The notice came');
  await clinician.fills({});
  expect(await clinician.link('Log in to CPMS')).toBe('https://cpms2.ern-net.eu');
  await clinician.presses('I sent my request');
  await clinician.fills({});

  await until(administrator, 'Clara Clinician');
  await administrator.presses('I approved this in CPMS');
  await administrator.fills({});
  await until(clinician, /active/i);
}

/** From there to a consented case that is enrolled in CPMS: files can be attached to it. */
export async function enrolACase({ clinician }: Pick<Cast, 'clinician'>): Promise<void> {
  await clinician.says('case');
  await clinician.presses('Open a case');
  await clinician.fills({ pseudonym: 'Blue Heron 7', group: 'HTAD', urgency: 'routine' });
  await clinician.presses('Record consent');
  await clinician.fills({
    form: 'commission',
    version: '3.0',
    language: 'en',
    signedOn: new Date().toISOString().slice(0, 10),
    signedBy: 'patient',
    care: 'given',
    archive: 'ARCH-2026-17',
    attest: true,
  });
  await until(clinician, 'ARCH-2026-17');

  await clinician.says('case');
  await clinician.presses('Show case');
  await clinician.presses('Enrolled in CPMS');
  await clinician.fills({ cpmsId: 'CPMS-0815', enrolled: true });
}

/** From an enrolled case to a meeting that an expert has accepted. */
export async function shareACase(
  cast: Pick<Cast, 'clinician' | 'helpdesk' | 'expert' | 'upload' | 'file' | 'invitations'>,
) {
  const { clinician, helpdesk, expert } = cast;
  await clinician.says('attach');
  const scrubbed = await cast.upload(await clinician.link('Open the upload page'), cast.file);

  const hour = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await clinician.says('meeting');
  await clinician.presses('Ask for a meeting');
  await clinician.fills({ case: 'HTAD', group: 'HTAD', when1: `${hour}T15:00`, minutes: '60' });

  await helpdesk.says('queue');
  await until(helpdesk, /Q-[0-9A-Z]{8}/);
  await helpdesk.presses('Show');
  await helpdesk.presses('Schedule');
  await helpdesk.fills({ hour: '0', join: 'https://meet.example/htad' });

  await until(expert, /M-[0-9A-Z]{8}/);
  await expert.presses('Accept');
  await until(clinician, /M-[0-9A-Z]{8}/);
  await findAnHour(cast);
  return { scrubbed, invitations: await cast.invitations() };
}

/** A second meeting of the case, whose hour a poll finds: asked, answered by two, and fixed with one press. */
async function findAnHour({
  clinician,
  helpdesk,
  expert,
}: Pick<Cast, 'clinician' | 'helpdesk' | 'expert'>): Promise<void> {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const newest = async (person: Hands, id: RegExp) => (await person.sees()).match(id)?.at(-1) ?? '';
  const meetings = async () => new Set((await expert.sees()).match(/M-[0-9A-Z]{8}/g)).size;

  await clinician.says('meeting');
  await clinician.presses('Ask for a meeting');
  await clinician.fills({
    case: 'HTAD',
    group: 'HTAD',
    when1: `${day(12)}T15:00`,
    when2: `${day(13)}T10:00`,
    minutes: '60',
  });
  const request = await newest(clinician, /Q-[0-9A-Z]{8}/g);

  await helpdesk.says(`show ${request}`);
  await helpdesk.presses('Start a poll');
  await helpdesk.fills({ day1: day(14), hours: ['11:00', '16:30'], quorum: '2', join: 'https://meet.example/htad' });
  const poll = await newest(helpdesk, /V-[0-9A-Z]{8}/g);

  await until(expert, poll);
  await expert.presses('All of them suit me');
  await clinician.says(`meeting ${poll}`);
  await clinician.presses('Answer the poll');
  await clinician.fills({
    hour0: 'if-need-be',
    hour1: 'no',
    hour2: 'yes',
    hour3: 'no',
    comment: 'Mornings suit me best',
  });

  const before = await meetings();
  await helpdesk.says(`show ${poll}`);
  await until(helpdesk, 'Mornings suit me best');
  await helpdesk.presses('Take this hour');
  await until(clinician, new RegExp(`${day(14)} 11:00`));
  for (let tries = 0; (await meetings()) === before && tries < 100; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await meetings()).toBe(before + 1);
}
