import { refuse } from '../../domain/decider.ts';
import { holds } from '../../domain/people.ts';
import type { Ports } from '../context.ts';
import type { Bot, What, Who } from '../interaction.ts';
import { mannersOf, personOf } from '../who.ts';
import { wordsOf } from '../words.ts';
import { beginPage, createLink, refused, sessionOf } from './links.ts';
import type { OwnPage, Refused, TabAct, TabPage } from './pages.ts';

/** How long a link to a person's own page is good, in minutes. */
const linkMinutes = 15;

/** The sections: a person's home, and what their commands show in the chat, so that a page says nothing else than it. */
const home = 'home';
const commands = ['register', 'case', 'meeting', 'support'] as const;
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
export function createOwnPage(ports: Ports, bot: Pick<Bot, 'handle'>): OwnPage {
  return {
    async look(who) {
      const { actor, person } = await personOf(ports, who.identity);
      const { language } = mannersOf(who, person);
      const say = wordsOf(language);
      const shown = [...(holds(actor, 'helpdesk') ? [deskSection] : []), home, ...commands];
      return {
        language,
        name: person?.name ?? who.name ?? '',
        sections: shown.map((name) => ({ name, label: say(`tab:sections.${name}`) })),
      };
    },
    async act(who, key, act) {
      const answer = await bot.handle({ key, who, where: { kind: 'private' }, what: whatOf(act) });
      if (!answer.file) return answer;
      // A file goes into the chat's own place for files, which a page has none of.
      const { person } = await personOf(ports, who.identity);
      const say = wordsOf(mannersOf(who, person).language);
      return { cards: [{ title: say('documents:send'), body: [{ kind: 'text', text: say('tab:file') }] }] };
    },
  };
}

/** The same behind a link that is good once, and a session. */
export function createTabPage(ports: Ports, own: OwnPage, bot: Pick<Bot, 'suggest'>): TabPage {
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
  return {
    begin: (token) => beginPage(ports, token, ['tab']),
    async look(session) {
      const found = await whose(session);
      if ('refused' in found) return found;
      return { ...(await own.look(found.who)), expiresAt: found.expiresAt };
    },
    async act(session, delivery, act) {
      const found = await whose(session);
      if ('refused' in found) return found;
      const { platform, tenant, user } = found.who.identity;
      return own.act(found.who, `tab:${platform}:${tenant}:${user}:${delivery}`, act);
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
      return opened(act.section);
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

function opened(section: string): What {
  if (section === deskSection) return { kind: 'command', text: deskSection, desk: true };
  const command = commands.find((one) => one === section);
  if (command) return { kind: 'command', text: command, desk: false };
  return { kind: 'press', action: 'home.page', ref: 'mine/' };
}
