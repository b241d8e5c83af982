import { describe, expect, it } from 'vitest';
import { createWorld } from '../test/world.ts';
import { createCast } from './conversations/testing.ts';
import type { Who } from './interaction.ts';
import { wordsOf } from './words.ts';

const german = wordsOf('de');
const english = wordsOf('en');
const key = () => crypto.randomUUID();
const said = (who: Who, text: string) => ({
  key: key(),
  who,
  where: { kind: 'private' as const },
  what: { kind: 'text' as const, text },
});
const fromProfile = (user: string, language?: string): Who => ({
  identity: { platform: 'web', tenant: 'local', user },
  ...(language ? { language } : {}),
});

describe('the language of an answer', () => {
  it("is the profile's, by its primary part; English where there are no words in it, and where there is no profile", async () => {
    const { service } = await createWorld();
    const title = async (language?: string) =>
      (await service.bot.handle(said(fromProfile(`s-${language}`, language), 'zzzzzz'))).cards?.at(-1);
    expect(await title('de-AT')).toMatchObject({ title: german('help:unknown'), language: 'de' });
    for (const language of ['en-GB', 'pl-PL', 'no-such-tag-at-all', undefined]) {
      const card = await title(language);
      expect(card).toMatchObject({ title: english('help:unknown'), language: 'en' });
    }
  });

  it('is that of a question, and of the buttons and forms that follow it, until something else is written', async () => {
    const { service, clock } = await createWorld();
    const who = fromProfile('stranger', 'en-GB');
    const pressed = async () => {
      const what = { kind: 'press' as const, action: 'register.form' };
      return (await service.bot.handle({ ...said(who, ''), what })).form?.language;
    };
    const asked = async (text: string) => (await service.bot.handle(said(who, text))).cards?.at(-1)?.language;
    await asked('status');
    expect(await asked('mein Patient ist leider verstorben')).toBe('de');
    expect(await pressed()).toBe('de');
    // A word of no language is answered in one's own, as is what follows it.
    expect(await asked('status')).toBe('en');
    expect(await pressed()).toBe('en');
    await asked('mein Patient ist leider verstorben');
    clock.forward(1);
    expect(await pressed()).toBe('en');
    await asked('mein Patient ist leider verstorben');
    const chosen = { kind: 'press' as const, action: 'language.set', ref: 'fr' };
    await service.bot.handle({ ...said(who, ''), what: chosen });
    expect(await pressed()).toBe('fr');
  });

  it('is what a stranger chose, and goes on to be once they are entered', async () => {
    const { service, ports } = await createWorld();
    const who = fromProfile('stranger', 'en-GB');
    await service.bot.handle(said(who, 'language Deutsch'));
    const answer = await service.bot.handle(said(who, 'zzzzzz'));
    expect(answer.cards?.at(-1)?.title).toBe(german('help:unknown'));
    await service.bot.handle({
      ...said(who, ''),
      what: {
        kind: 'submit',
        form: 'register.form',
        values: { hcp: ['EXB-1'], name: 'Nora Neu', email: 'nora@saint-example.example', as: 'clinician' },
      },
    });
    const id = await ports.kept.get('code-of:web|local|stranger');
    expect(JSON.parse((await ports.kept.get(`code:${id}`)) ?? '{}')).toMatchObject({
      language: 'de',
      languageChosen: true,
    });
  });

  it('follows the profile, notices included, until the person chooses; then it stays', async () => {
    const { service, ports, clinicianId } = await createCast();
    const language = async () => (await ports.store.person(clinicianId))?.language;
    await service.bot.handle(said(fromProfile('clinician', 'de-DE'), 'status'));
    expect(await language()).toBe('de');
    const chosen = await service.bot.handle(said(fromProfile('clinician', 'de-DE'), 'sprache englisch'));
    expect(chosen.cards?.at(-1)?.title).toBe(english('help:language-set'));
    await service.bot.handle(said(fromProfile('clinician', 'de-DE'), 'status'));
    expect(await language()).toBe('en');
  });

  it('is that of the reader in a notice, weekday included', async () => {
    const cast = await createCast();
    await cast.service.bot.handle(said(fromProfile('clinician', 'de-DE'), 'sprache de'));
    await cast.service.bot.handle({
      ...said(fromProfile('clinician'), ''),
      what: {
        kind: 'submit',
        form: 'support.ask',
        ref: 'other',
        values: { topic: 'other', text: 'Wer vertritt die Leitung?' },
      },
    });
    const [ticket] = await cast.ports.store.find('ticket', {}, { limit: 1 });
    await cast.helpdesk.says(`reply ${ticket?.id} Dr Deputy.`);
    await cast.deliver();
    expect(cast.clinician.inbox.at(-1)).toMatchObject({
      title: german('notices:ticket-reply.title', { id: ticket?.id ?? '' }),
      language: 'de',
    });
    const shown = await cast.service.bot.handle(said(fromProfile('clinician'), `support ${ticket?.id}`));
    expect(JSON.stringify(shown)).toContain('Mo 2026-11-23');
  });

  it('is asked for with buttons where the word names none', async () => {
    const { service } = await createWorld();
    const answer = await service.bot.handle(said(fromProfile('s'), 'language klingon'));
    expect(answer.cards?.at(-1)?.buttons?.map(({ label }) => label)).toContain('Deutsch');
  });
});
