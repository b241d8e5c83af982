import { describe, expect, it } from 'vitest';
import { type Letter, MailRefused } from '../../../domain/mail-ports.ts';
import { buttonsOf, type Chatter, createWorld, type World } from '../../../test/world.ts';

const titles = (person: Chatter) => person.inbox.map((card) => card.title);
const text = (person: Chatter) => JSON.stringify(person.seen);

/** Types the code that was mailed last. */
async function typeCode(world: World, person: Chatter): Promise<void> {
  await world.deliver();
  const code = /\b(\d{4} \d{4})\b/.exec(world.letters.at(-1)?.text ?? '')?.[1] ?? 'no code was mailed';
  await person.says(code);
}

async function applied(world: World): Promise<Chatter> {
  const clinician = world.person('clinician');
  await clinician.says('register');
  await clinician.sends('register.form');
  await clinician.fills({ hcp: ['EXB-1'], name: 'Clara Clinician', email: 'clara@saint-example.example' });
  await typeCode(world, clinician);
  return clinician;
}

describe('a name', () => {
  it.each([
    ['Clara\r\n\r\nYour code: 1234 5678', 'Clara Your code: 1234 5678'],
    ['  Zoë \u202eO’Brien-Łukasiewicz\t', 'Zoë O’Brien-Łukasiewicz'],
    ['د. ليلى حسن', 'د. ليلى حسن'],
  ])('%j goes into other people’s mails as one line', async (name, kept) => {
    const world = await createWorld();
    const clinician = world.person('clinician');
    await clinician.sends('register.form');
    await clinician.fills({ hcp: ['EXB-1'], name, email: 'clara@saint-example.example' });
    await typeCode(world, clinician);
    const id = await world.ports.store.personByIdentity(clinician.who.identity);
    expect((await world.ports.store.person(id ?? ''))?.name).toBe(kept);
  });

  it.each([
    ['See https://evil.example'],
    ['Clara <clara@evil.example>'],
    ['www.evil.example Clara'],
    ['C'.repeat(121)],
  ])('%j is refused', async (name) => {
    const world = await createWorld();
    const clinician = world.person('clinician');
    await clinician.sends('register.form');
    await clinician.fills({ hcp: ['EXB-1'], name, email: 'clara@saint-example.example' });
    expect(Object.keys(clinician.seen.errors ?? {})).toEqual(['name']);
  });
});

describe('a code whose mail cannot be sent', () => {
  /** A mail server that answers as `answer` says, until it is mended. */
  async function applying(answer: { broken?: Error }) {
    const letters: Letter[] = [];
    const mail = {
      send: async (letter: Letter) => {
        if (answer.broken) throw answer.broken;
        letters.push(letter);
      },
    };
    const world = await createWorld({ mail });
    const clinician = world.person('clinician');
    await clinician.sends('register.form');
    await clinician.fills({ hcp: ['EXB-1'], name: 'Clara Clinician', email: 'clara@saint-exmaple.example' });
    await world.deliver();
    return { world, clinician, letters };
  }
  const told = (person: Chatter) => titles(person).filter((title) => title !== 'Your data, in short');

  it('is told in the chat where the address takes none, and what was filled in is still there', async () => {
    const { world, clinician } = await applying({ broken: new MailRefused('no-such-user') });
    await world.deliver();
    expect(told(clinician)).toEqual(['This address takes no mail']);
    expect(JSON.stringify(clinician.inbox)).toContain('clara@saint-exmaple.example');
    await clinician.sends('register.form');
    const fields = clinician.seen.form?.fields ?? [];
    expect(fields.flatMap((field) => ('value' in field ? [field.value] : []))).toEqual([
      [{ value: 'EXB-1', label: expect.stringContaining('Saint Example') }],
      'Clara Clinician',
      'clara@saint-exmaple.example',
      'clinician',
    ]);
  });

  it('is told once where the server is away, and comes when it is back', async () => {
    const answer: { broken?: Error } = { broken: new Error('connect') };
    const { world, clinician, letters } = await applying(answer);
    for (let round = 0; round < 8; round += 1) {
      world.clock.forward(0.03);
      await world.deliver();
    }
    expect(told(clinician)).toEqual(['The code comes later']);
    delete answer.broken;
    world.clock.forward(0.3);
    await world.deliver();
    await clinician.says(/\d{4} \d{4}/.exec(letters.at(-1)?.text ?? '')?.[0] ?? '');
    expect(text(clinician)).toContain('Lotte Leadsma');
  });

  it('is not told to who gave an address alone: it would say which are known', async () => {
    const world = await createWorld({ mail: { send: () => Promise.reject(new MailRefused('no-such-user')) } });
    const stranger = world.person('stranger');
    await stranger.says('verify hanna@cpms-desk.example');
    await world.deliver();
    expect(told(stranger)).toEqual([]);
  });
});

describe('the way to an active account', () => {
  it('goes from nobody to an active member, each step by the one whose it is', async () => {
    const world = await createWorld();
    const clinician = await applied(world);
    expect(text(clinician)).toContain('Lotte Leadsma');
    await world.deliver();

    const lead = world.person('lead');
    expect(lead.inbox).toHaveLength(1);
    await lead.presses(/authorise/i);
    await world.deliver();

    const helpdesk = world.person('helpdesk');
    await helpdesk.says('queue');
    expect(text(helpdesk)).toContain('Clara Clinician');
    await helpdesk.presses(/^show$/i);
    await helpdesk.presses(/take/i);
    await helpdesk.presses(/pass/i);
    await world.deliver();

    await clinician.says('status');
    await clinician.presses('I have an account');
    await clinician.sends('register.factor', refOf(clinician));
    await clinician.fills({ method: 'app-pin' });
    await world.deliver();
    await clinician.sends('register.notified', refOf(clinician));
    await clinician.fills({ on: '2026-11-23' });
    expect(text(clinician)).toContain('https://cpms2.ern-net.eu');
    await clinician.sends('register.submitted', refOf(clinician));
    await clinician.fills({ on: '2026-11-23' });
    expect(text(clinician)).toContain('Aline Admin');
    await world.deliver();

    const administrator = world.person('administrator');
    expect(administrator.inbox).toHaveLength(1);
    await administrator.sends('administrator.approved', refOf(clinician));
    await administrator.fills({ on: '2026-11-23' });
    await world.deliver();

    const [attempt] = await world.ports.store.find('registration', { status: ['active'] }, { limit: 5 });
    expect(attempt?.state).toMatchObject({ stage: 'active', factor: 'app-pin', proof: 'attested' });
    const member = await world.ports.store.load('person', attempt?.state.person ?? '');
    expect(member.state.grants).toEqual([{ role: 'member', hcp: 'EXB-1' }]);
    expect(titles(clinician).length).toBeGreaterThanOrEqual(3);
    const buttons = clinician.inbox.slice(-1).flatMap(buttonsOf);
    expect(buttons.map(({ label }) => label)).toEqual(['Open a case', 'Log in to CPMS', 'Show']);
  });

  it('shows a lead who names a registration what there is to decide, and what was decided already instead of a form', async () => {
    const world = await createWorld();
    await applied(world);
    await world.deliver();
    const lead = world.person('lead');
    const [waiting] = await world.ports.store.find('registration', { status: ['awaiting-lead'] }, { limit: 1 });
    const id = waiting?.id ?? '';
    await lead.says(id);
    expect(text(lead)).toContain('Clara Clinician');
    await lead.says(`register ${id.toLowerCase()}`);
    expect(text(lead)).toContain('Clara Clinician');
    expect((lead.seen.cards ?? []).flatMap(buttonsOf).map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Authorise', 'Do not authorise']),
    );
    expect(text(lead)).not.toMatch(/Withdraw|I have an account/);
    await lead.presses('Do not authorise');
    expect(lead.seen.form?.form).toBe('decide.decline');
    await lead.sends('decide.authorise', id);
    await lead.sends('decide.decline', id);
    expect(lead.seen.form).toBeUndefined();
    expect(text(lead)).toContain('Authorised');
    await world.person('administrator').sends('administrator.rejected', id);
    expect(world.person('administrator').seen.form).toBeUndefined();
  });

  it('lets a lead who is not in the chat decide by the one-time link, once', async () => {
    const world = await createWorld();
    const clinician = world.person('somebody');
    await clinician.sends('register.form');
    await clinician.fills({ hcp: ['EXF-1'], name: 'Camille Exemple', email: 'camille@hopital-modele.example' });
    await typeCode(world, clinician);
    await world.deliver();
    const letter = world.letters.find(({ to }) => to === 'luc.modele@hopital-modele.example');
    const token = /\/d\/(\S+)/.exec(letter?.text ?? '')?.[1] ?? '';
    const begun = await world.service.pages.begin(token);
    expect(begun).toMatchObject({ page: 'decision' });
    const { session } = begun as { session: string };
    expect(await world.service.pages.decision.look(session)).toMatchObject({
      applicant: 'Camille Exemple',
      as: 'clinician',
    });
    expect(await world.service.pages.decision.decide(session, 'authorised')).toMatchObject({ outcome: 'authorised' });
    expect(await world.service.pages.begin(token)).toHaveProperty('refused');
    expect(await world.service.pages.decision.decide(session, 'declined', 'no')).toHaveProperty('refused');
  });

  it('tells a first-comer in short what is kept, once, also where their first answer is a form', async () => {
    const world = await createWorld();
    const clinician = await applied(world);
    await world.deliver();
    const lead = world.person('lead');
    await lead.presses(/not authorise/i);
    expect(lead.seen.form).toBeDefined();
    expect(text(lead)).not.toContain('Your data, in short');
    await lead.sends('decide.authorise', refOf(clinician));
    expect(lead.seen.cards?.map(({ title }) => title)).toEqual([
      'Registration of Clara Clinician',
      'Your data, in short',
    ]);
    await lead.presses('The whole privacy notice');
    expect(text(lead)).toContain('GDPR Art. 6');
    await lead.says('status');
    expect(text(lead)).not.toContain('Your data, in short');
  });

  it('does not say whether an address is known, and links nobody without the code', async () => {
    const world = await createWorld();
    const stranger = world.person('stranger');
    const known = await stranger.says('verify hanna@cpms-desk.example');
    const unknown = await world.person('other').says('verify nobody@nowhere.example');
    expect(unknown.cards?.[0]?.title).toBe(known.cards?.[0]?.title);
    await stranger.says('00000000');
    await stranger.says('queue');
    expect(text(stranger)).not.toContain('waiting for the helpdesk');
    expect(
      await world.ports.store.personByIdentity({ platform: 'web', tenant: 'local', user: 'stranger' }),
    ).toBeUndefined();
  });

  it('takes a mailed code away after five wrong tries', async () => {
    const world = await createWorld();
    const stranger = world.person('stranger');
    await stranger.says('verify hanna@cpms-desk.example');
    await world.deliver();
    const code = /\b(\d{4} \d{4})\b/.exec(world.letters.at(-1)?.text ?? '')?.[1] ?? '';
    for (let tries = 0; tries < 5; tries += 1) await stranger.says(code === '00000000' ? '11111111' : '00000000');
    await stranger.says(code);
    expect(
      await world.ports.store.personByIdentity({ platform: 'web', tenant: 'local', user: 'stranger' }),
    ).toBeUndefined();
  });

  it('keeps a refused form open with what was typed', async () => {
    const world = await createWorld();
    const clinician = world.person('clinician');
    await clinician.sends('register.form');
    const answer = await clinician.fills({ hcp: ['EXB-1'], name: 'Clara Clinician', email: 'no address' });
    expect(answer.errors).toHaveProperty('email');
    expect(answer.form?.fields.find(({ name }) => name === 'name')).toMatchObject({ value: 'Clara Clinician' });
  });

  it('does a repeated delivery once, and shows its result again', async () => {
    const world = await createWorld();
    const clinician = await applied(world);
    const id = refOf(clinician);
    const first = await clinician.sends('register.account', id, 'same-key');
    const second = await clinician.sends('register.account', id, 'same-key');
    expect(second.cards?.[0]).toEqual(first.cards?.[0]);
    expect(
      (await world.ports.store.trail('registration', id)).filter(({ event }) => event.type === 'account-created'),
    ).toHaveLength(1);
  });
});

/** The registration that the person's card is about. */
function refOf(person: Chatter): string {
  const buttons = [...(person.seen.cards ?? []), ...person.inbox.toReversed()].flatMap(buttonsOf);
  const found = buttons.find((button) => 'ref' in button && button.ref?.startsWith('R-'));
  if (!found || !('ref' in found)) throw new Error(`No registration on the screen: ${JSON.stringify(person.seen)}`);
  return found.ref ?? '';
}
