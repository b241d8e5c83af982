import { refuse } from '../domain/decider.ts';
import { holds } from '../domain/people.ts';
import type { Ports } from './context.ts';
import type { Bot, What, Who } from './interaction.ts';
import { beginPage, createLink, refused, sessionOf } from './links.ts';
import type { Refused, TabAct, TabPage } from './pages.ts';
import { mannersOf, personOf } from './who.ts';
import { wordsOf } from './words.ts';

/** How long a link to a person's own page is good, in minutes. */
const linkMinutes = 15;

/** The sections and the commands that they show: what is typed in the chat, so that a page says nothing else than it. */
const sections = ['status', 'register', 'case', 'meeting', 'support'] as const;
const deskSection = 'queue';

/** The address of a person's own page, good once. Who holds it acts as the chat identity that it was made for: it is given to them in private alone. */
export async function tabLink(ports: Ports, { identity, name, language, zone }: Who, person: string): Promise<string> {
  const who = {
    identity,
    ...(name ? { name } : {}),
    ...(language ? { language } : {}),
    ...(zone ? { zone } : {}),
  };
  const { token } = await createLink(ports, { page: 'tab', person: person || 'nobody', ref: '', who }, linkMinutes);
  return `${ports.settings.publicUrl}/tab/${token}`;
}

/** A person's own page: every act goes the one road of the chat, and is authorised there. */
export function createTabPage(ports: Ports, bot: Pick<Bot, 'handle' | 'suggest'>): TabPage {
  const whose = async (session: string): Promise<{ readonly who: Who; readonly expiresAt: string } | Refused> => {
    const found = await sessionOf(ports, session, 'tab');
    if (!found?.who) return refused(ports, refuse('link.session-over'));
    const { identity, name, language, zone } = found.who;
    const who = {
      identity,
      ...(name ? { name } : {}),
      ...(language ? { language } : {}),
      ...(zone ? { zone } : {}),
    };
    return { who, expiresAt: found.expiresAt };
  };
  const manners = async (who: Who) => mannersOf(who, (await personOf(ports, who.identity)).person);
  return {
    begin: (token) => beginPage(ports, token, ['tab']),
    async look(session) {
      const found = await whose(session);
      if ('refused' in found) return found;
      const { actor, person } = await personOf(ports, found.who.identity);
      const { language } = mannersOf(found.who, person);
      const say = wordsOf(language);
      const shown = holds(actor, 'helpdesk') ? [deskSection, ...sections] : sections;
      return {
        language,
        expiresAt: found.expiresAt,
        name: person?.name ?? found.who.name ?? '',
        sections: shown.map((name) => ({ name, label: say(`tab:sections.${name}`) })),
      };
    },
    async act(session, delivery, act) {
      const found = await whose(session);
      if ('refused' in found) return found;
      const { identity } = found.who;
      const key = `tab:${identity.platform}:${identity.tenant}:${identity.user}:${delivery}`;
      const answer = await bot.handle({ key, who: found.who, where: { kind: 'private' }, what: whatOf(act) });
      if (!answer.file) return answer;
      // A file goes into the chat's own place for files, which a page has none of.
      const say = wordsOf((await manners(found.who)).language);
      return { cards: [{ title: say('documents:send'), body: [{ kind: 'text', text: say('tab:file') }] }] };
    },
    async suggest(session, source, words) {
      const found = await whose(session);
      return 'refused' in found ? found : { options: await bot.suggest(found.who, source, words, 20) };
    },
  };
}

function whatOf(act: TabAct): What {
  switch (act.do) {
    case 'open':
      return { kind: 'command', text: known(act.section), desk: act.section === deskSection };
    case 'press':
      return { kind: 'press', action: act.action, ...(act.ref === undefined ? {} : { ref: act.ref }) };
    case 'submit':
      return {
        kind: 'submit',
        form: act.form,
        values: act.values,
        ...(act.ref === undefined ? {} : { ref: act.ref }),
      };
  }
}

function known(section: string): string {
  return [deskSection, ...sections].find((one) => one === section) ?? sections[0];
}
