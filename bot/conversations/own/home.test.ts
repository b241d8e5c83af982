import { describe, expect, it } from 'vitest';
import { randomIds } from '../../../random.ts';
import { many } from '../../../test/many.ts';
import { buttonsOf } from '../../../test/world.ts';
import { execute } from '../../execute.ts';
import type { Answer } from '../../interaction.ts';
import { type Card, plainText } from '../../view.ts';
import { type Cast, createCast, hcp, idSeen, openCase } from '../testing.ts';

const text = (card: Card | undefined) => (card ? plainText(card) : '');

/** Opens somebody's home, and gives what it shows now and how to press on it. */
async function openHome(cast: Cast, user: string) {
  const { who } = cast.person(user);
  const opened = await cast.service.bot.home(who);
  (cast.homes as Map<string, Card>).set(user, opened);
  const shown = () => cast.homes.get(user) ?? opened;
  return {
    shown,
    text: () => text(shown()),
    press: async (action: string, ref: string): Promise<Answer> => {
      const answer = await cast.service.bot.handle({
        key: randomIds.token(),
        who,
        where: { kind: 'private', home: true },
        what: { kind: 'press', action, ref },
      });
      (cast.homes as Map<string, Card>).set(user, answer.home ?? (await cast.service.bot.home(who)));
      await cast.deliver();
      return answer;
    },
  };
}

describe('somebody’s home', () => {
  it('welcomes a stranger', async () => {
    const cast = await createCast();
    const home = await openHome(cast, 'nobody-yet');
    expect(home.text()).toContain('Welcome');
  });

  it('shows a member their cases with consent and files, their requests, meetings with the answers, and tickets', async () => {
    const cast = await createCast();
    const id = await openCase(cast, 'enrolled');
    const home = await openHome(cast, 'clinician');
    expect(home.text()).toMatch(new RegExp(`${id}.*Blue Heron`));
    expect(home.text()).toMatch(/Consent given\. 0 files/);
    await cast.clinician.sends('support.ask', 'other');
    await cast.clinician.fills({ topic: 'files', text: 'Which formats?' });
    await cast.deliver();
    expect(home.text()).toContain(`${idSeen(cast.clinician, 'T')} · Files`);
  });

  it('follows what others do, without being opened again', async () => {
    const cast = await createCast();
    await cast.enter('lotte', 'Prof. Lotte Lead', [{ role: 'lead', hcp }]);
    const applicant = await cast.enter('ann', 'Dr Ann Applicant', []);
    const [lead, desk, ann] = [
      await openHome(cast, 'lotte'),
      await openHome(cast, 'helpdesk'),
      await openHome(cast, 'ann'),
    ];
    expect(lead.text()).toContain('Nothing waits for you');
    const draft = { type: 'registration.draft', person: applicant, hcp, as: 'clinician' } as const;
    const actor = { id: applicant, verified: true, grants: [] };
    await execute(cast.ports, actor, [
      { kind: 'registration', id: 'R-ANN00001', command: draft },
      { kind: 'registration', id: 'R-ANN00001', command: { type: 'registration.request' } },
    ]);
    await cast.deliver();
    expect(lead.text()).toContain('Dr Ann Applicant');
    expect(ann.text()).toContain('Prof. Lotte Lead');
    expect(ann.text()).toMatch(/… /);
    expect(desk.text()).not.toContain('Dr Ann Applicant');
    await lead.press('decide.authorise', 'R-ANN00001');
    expect(lead.text()).not.toContain('asks');
    expect(ann.text()).toMatch(/✓ /);
    expect(desk.text()).toContain('R-ANN00001 · Dr Ann Applicant');
    await cast.helpdesk.sends('desk.take', 'R-ANN00001');
    await cast.deliver();
    expect(desk.text()).toContain('Hanna Helpdesk');
  });

  it('of an assistant, and of the clinician whose assistant works, follows the cases of the hospital', async () => {
    const cast = await createCast();
    const assistant = await cast.enter('anna', 'Anna Assistant', [{ role: 'assistant', hcp }]);
    const [anna, clara] = [await openHome(cast, 'anna'), await openHome(cast, 'clinician')];
    const id = await openCase(cast, 'consented');
    await cast.deliver();
    expect(anna.text()).toMatch(new RegExp(`${id}.*Blue Heron`));
    expect(anna.text()).toContain('Consent given. 0 files');
    const command = { type: 'document.receive', caseId: id, hcp, submitter: assistant } as const;
    const actor = { id: assistant, verified: true, grants: [{ role: 'assistant', hcp }] } as const;
    await execute(cast.ports, actor, [{ kind: 'document', id: 'D-ANNA0001', command }]);
    await cast.deliver();
    for (const home of [anna, clara]) expect(home.text()).toContain('Consent given. 1 file');
  });

  it('of the helpdesk counts polls, and what could not be delivered', async () => {
    const cast = await createCast();
    const home = await openHome(cast, 'helpdesk');
    await cast.helpdesk.submits('poll.start', '', {
      day1: '2026-12-11',
      hours: ['11:00', '12:00'],
      minutes: '60',
      group: ['HTAD'],
      voters: [cast.clinicianId],
      quorum: '1',
      deadline: '2026-11-27T18:00',
      join: 'https://meet.example/x',
    });
    const poll = idSeen(cast.helpdesk, 'V');
    await cast.deliver();
    expect(home.text()).toContain(poll);
    await cast.clinician.sends('poll.all', poll);
    await cast.deliver();
    expect(home.text()).toContain('1 of 1');

    const lost = { notice: 'ticket-reply', kind: 'ticket', id: 'T-LOST0001', person: 'P-NOBODY01' };
    const details = await cast.ports.store.person(cast.clinicianId);
    if (!details) throw new Error('nobody');
    const { chat: _, ...nowhere } = { ...details, email: '' };
    const rows = [{ row: 'person', id: 'P-NOBODY01', value: nowhere }] as const;
    await cast.ports.store.commit({ appends: [], reads: [], rows, outgoing: [] });
    await cast.ports.outbox.add([{ kind: 'notice', lane: 'P-NOBODY01', payload: lost }]);
    await cast.deliver();
    expect(buttonsOf(home.shown()).some(({ label }) => /not delivered|undelivered/i.test(label))).toBe(true);
  });

  it('of the helpdesk has the queue with filters, keeps the one that was chosen, and leads to their own things', async () => {
    const cast = await createCast();
    const home = await openHome(cast, 'helpdesk');
    await cast.clinician.sends('support.ask', 'other');
    await cast.clinician.fills({ topic: 'files', text: 'Which formats?' });
    const id = idSeen(cast.clinician, 'T');
    await cast.deliver();
    expect(buttonsOf(home.shown()).map(({ label }) => label)).toContain('Taken by nobody (1)');
    await home.press('home.page', 'desk/new|0');
    expect(home.shown().title).toContain('taken by nobody');
    await cast.helpdesk.sends('desk.assign', id);
    await cast.deliver();
    expect(home.shown().title).toContain('taken by nobody');
    expect(home.text()).not.toContain(id);
    expect(buttonsOf(home.shown()).map(({ label }) => label)).toContain('Taken by me (1)');
    await home.press('home.page', 'mine/');
    expect(home.shown().title).toBe('Where you stand');
    await home.press('home.page', 'desk/');
    expect(home.text()).toContain(id);
  });

  it('shows nobody else the queue, whatever they send', async () => {
    const cast = await createCast();
    await cast.enter('lotte', 'Prof. Lotte Lead', [{ role: 'lead', hcp }]);
    for (const user of ['clinician', 'lotte', 'nobody-yet']) {
      const home = await openHome(cast, user);
      for (const ref of ['desk/', 'desk/all|0', 'desk/undelivered|10', 'mine/nothing|5', '//|', 'desk'])
        expect((await home.press('home.page', ref)).home?.title).toMatch(/Where you stand|Welcome/);
    }
  });

  it('is not shown for somebody whose chat account is another’s meanwhile, and is let go where the platform has it no more', async () => {
    const cast = await createCast();
    const home = await openHome(cast, 'clinician');
    const before = home.text();
    const { identity } = cast.clinician.who;
    await cast.ports.store.commit({
      appends: [],
      reads: [],
      outgoing: [],
      rows: [{ row: 'identity', identity, person: null }],
    });
    await cast.ports.outbox.add([
      { kind: 'surface', lane: 'home/x', payload: { surface: 'home', person: cast.clinicianId } },
    ]);
    await cast.deliver();
    expect(home.text()).toBe(before);
    expect(await cast.ports.kept.get(`home/${cast.clinicianId}`)).toBeUndefined();
  });

  it('turns the pages of each kind by itself', async () => {
    const cast = await createCast();
    await many(cast, 12);
    const home = await openHome(cast, 'everybody');
    await home.press('home.page', 'mine/');
    expect(home.text().match(/1 to 5 of 12/g)).toHaveLength(6);
    await home.press('home.page', 'mine/tickets|5');
    expect(home.text()).toContain('6 to 10 of 12');
    expect(home.text().match(/1 to 5 of 12/g)).toHaveLength(5);
    await home.press('home.page', 'mine/tickets|10');
    expect(home.text()).toContain('11 to 12 of 12');
  });
});
