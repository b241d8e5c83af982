import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Card, Form } from '../../bot/view.ts';
import { startTeamsApp, type TeamsApp } from './app.ts';
import { refreshed } from './fixtures.ts';
import type { TeamsPerson } from './person.ts';
import { elements, type Json, wordsOf } from './screen.ts';

let app: TeamsApp;
let hanna: TeamsPerson;
let names = 0;

beforeAll(async () => {
  app = await startTeamsApp({}, { patienceMs: 300 });
});
afterAll(() => app.stop());
beforeEach(() => {
  hanna = app.world.person(`Hanna ${(names += 1)}`);
  app.answers(() => ({}));
});

const at = () => ({ where: app.world.desk });
const again = { action: 'desk.show', ref: 'T-1' };
const ticket = (title: string): Card => ({
  title,
  body: [],
  buttons: [{ label: 'Reply', action: 'desk.reply', ref: 'T-1' }],
  again,
});
const reply: Form = {
  form: 'desk.reply',
  ref: 'T-1',
  title: 'Reply to T-1',
  fields: [{ kind: 'text', name: 'text', label: 'Your reply' }],
  submit: 'Send',
  open: { label: 'Reply', action: 'desk.reply', ref: 'T-1' },
  back: { label: 'Back', ...again },
};
/** Posts a ticket's card into the channel, which the bot has been heard in before. */
const onDesk = async (title: string): Promise<string> => {
  await hanna.says('queue', at());
  return app.teams.channel.postToDesk(ticket(title), '1');
};
const newest = (): Json => hanna.messages(at()).at(-1)?.card as Json;

describe("in the helpdesk's channel", () => {
  test('a form is typed into the card, by the one who asked for it alone, and its outcome stands there', async () => {
    await onDesk('Ticket T-1');
    app.answers(() => ({ form: reply }));
    const before = app.world.microsoft.calls.length;
    await hanna.presses('Reply', at());
    expect(wordsOf(newest())).toContain('Your reply');
    expect(elements(newest()).map(({ title }) => title)).toContain('Back');
    expect(wordsOf(app.world.person('Somebody').messages(at()).at(-1)?.card)).toBe('Ticket T-1');
    app.answers(() => ({ form: reply, errors: { text: 'Say more' } }));
    await hanna.fills({ text: 'x' }, at());
    await hanna.submits(at());
    expect(wordsOf(newest())).toContain('Say more');
    app.answers(() => ({ cards: [ticket('Ticket T-1, answered')], replace: true }));
    await hanna.fills({ text: 'In the list of forms.' }, at());
    await hanna.submits(at());
    expect(wordsOf(newest())).toBe('Ticket T-1, answered');
    expect(app.heard.at(-1)).toMatchObject({
      where: { kind: 'shared', desk: true },
      what: { form: 'desk.reply', ref: 'T-1', values: { text: 'In the list of forms.' } },
    });
    // The others see it when the outbox updates the card; nothing went anywhere else.
    expect(app.world.microsoft.calls.length).toBe(before);
  });

  test('giving up shows the card again', async () => {
    await onDesk('Ticket T-1');
    app.answers(() => ({ form: reply }));
    await hanna.presses('Reply', at());
    app.answers(() => ({ cards: [ticket('Ticket T-1 as it was')] }));
    await hanna.presses('Back', at());
    expect(wordsOf(newest())).toBe('Ticket T-1 as it was');
    expect(app.heard.at(-1)?.what).toEqual({ kind: 'press', ...again });
  });

  test('in any other channel a form goes to the person', async () => {
    const general = { where: app.world.general };
    app.answers(() => ({ form: reply }));
    await hanna.says('reply', general);
    expect(hanna.sees(general)).not.toContain('Your reply');
    expect(hanna.sees()).toContain('Your reply');
  });
});

describe('a card that asks for itself', () => {
  test('names those who work in the channel, at most sixty, and nobody else', async () => {
    await onDesk('Ticket T-1');
    app.answers(() => ({ cards: [ticket('Ticket T-1')], replace: true }));
    const workers = Array.from({ length: 65 }, (_, index) => app.world.person(`Worker ${index}`));
    for (const worker of workers) await worker.presses('Reply', at());
    app.answers(() => ({ cards: [{ title: 'Not done', body: [] }] }));
    await app.world.person('Passer-by').presses('Reply', at());
    const posted = await app.teams.channel.postToDesk(ticket('Ticket T-2'), '2');
    const refresh = newest()['refresh'] as { readonly action: Json; readonly userIds: readonly string[] };
    expect(refresh.action).toEqual({
      type: 'Action.Execute',
      title: 'Refresh',
      verb: 'desk.show',
      data: { ref: 'T-1' },
    });
    expect(refresh.userIds).toEqual(
      workers
        .slice(5)
        .toReversed()
        .map(({ id }) => `29:1${id}`),
    );
    await app.teams.channel.update(posted, ticket('Ticket T-2, taken'));
    expect(newest()).toMatchObject({ refresh: { userIds: { length: 60 } } });
    expect(app.world.screen.violations).toEqual([]);
  });

  test('is answered for its reader alone: no message, no update, nothing for others', async () => {
    await onDesk('Ticket T-1');
    const message = hanna.messages(at()).at(-1)?.id ?? '';
    app.answers(() => ({ cards: [ticket('Für Sie')] }));
    const before = app.world.microsoft.calls.length;
    for (let times = 0; times < 2; times += 1) {
      const received = await app.world.deliver(hanna.activity(refreshed('desk.show', { ref: 'T-1' }, message), at()));
      expect(received.json).toMatchObject({
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: { fallbackText: 'Für Sie' },
      });
    }
    expect(app.world.microsoft.calls.length).toBe(before);
    expect(wordsOf(newest())).toBe('Ticket T-1');
  });

  test('is refused without a word where the bot gives no card of the desk', async () => {
    await onDesk('Ticket T-1');
    app.answers(() => ({ cards: [{ title: 'The helpdesk alone sees this', body: [] }] }));
    const received = await app.world.deliver(hanna.activity(refreshed('desk.show', { ref: 'T-1' }, '1'), at()));
    expect(received.status).toBe(200);
    expect(received.json).toMatchObject({ statusCode: 403, type: 'application/vnd.microsoft.error' });
    expect(received.text).not.toContain('helpdesk');
  });

  test('is not in anybody’s own chat', async () => {
    await hanna.says('hello');
    await app.teams.channel.post(
      { platform: 'teams', tenant: app.world.config.tenantId, user: hanna.id },
      ticket('Ticket T-1'),
      '3',
    );
    expect(hanna.messages().at(-1)?.card).not.toHaveProperty('refresh');
  });
});
