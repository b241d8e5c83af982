import { describe, expect, it } from 'vitest';
import { createWorld } from '../../../test/world.ts';
import { createCast, openCase } from '../testing.ts';

describe('the first contact', () => {
  it('comes with the privacy notice, once', async () => {
    const world = await createWorld();
    const stranger = world.person('stranger');
    const first = await stranger.says('hello');
    expect(first.cards?.map(({ title }) => title)).toHaveLength(2);
    const second = await stranger.says('hello');
    expect(second.cards).toHaveLength(1);
  });

  it('answers a mistyped command with the nearest', async () => {
    const world = await createWorld();
    const stranger = world.person('stranger');
    await stranger.says('regsiter');
    expect((await stranger.presses('register')).cards?.[0]?.title).toMatch(/way to CPMS/);
  });

  it('stores and echoes nothing that seems to hold a patient', async () => {
    const world = await createWorld();
    const answer = await world.person('stranger').says('Patient Marie Dupont, born 4 May 1962, cannot be enrolled');
    expect(JSON.stringify(answer)).not.toMatch(/Dupont|1962/);
    expect(JSON.stringify(answer)).toMatch(/name/);
  });
});

describe('where notices go', () => {
  it('is the person’s choice', async () => {
    const cast = await createCast();
    await cast.clinician.says('help');
    await cast.clinician.presses('Send me notices by e-mail');
    await cast.clinician.submits('support.ask', 'other', { topic: 'other', text: 'Who is the deputy?' });
    const [ticket] = await cast.ports.store.find('ticket', {}, { limit: 1 });
    const chats = cast.clinician.inbox.length;
    await cast.helpdesk.says(`reply ${ticket?.id} Dr Deputy.`);
    await cast.deliver();
    expect(cast.clinician.inbox).toHaveLength(chats);
    expect(cast.letters.at(-1)?.text).toContain(ticket?.id);
    await cast.clinician.says('help');
    expect((await cast.clinician.presses('Send me notices in the chat')).cards?.[0]?.title).toContain('in this chat');
  });
});

describe('forgetting', () => {
  it('ends roles and registration, and erases the rows when their time has come', async () => {
    const cast = await createCast();
    await cast.clinician.says('privacy');
    await cast.clinician.presses('Forget me');
    expect((await cast.ports.store.load('person', cast.clinicianId)).state).toMatchObject({
      stage: 'left',
      grants: [],
    });
    cast.clock.forward(31 * 24);
    const { readRetention } = await import('../../../storage/retention.ts');
    cast.storage.retain(readRetention(undefined));
    expect(await cast.ports.store.person(cast.clinicianId)).toBeUndefined();
    expect(cast.storage.audit.verify()).toMatchObject({ ok: true });
  });

  it('is refused while cases hang on the person', async () => {
    const cast = await createCast();
    await openCase(cast, 'consented');
    const answer = await cast.clinician.sends('privacy.forget');
    expect(JSON.stringify(answer)).toMatch(/hand them over/i);
  });
});
