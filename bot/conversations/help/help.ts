import { holds, type Identity } from '../../../domain/people.ts';
import { commands, didYouMean, offeredTo } from '../../commands.ts';
import type { Settings } from '../../context.ts';
import { sayPeriod } from '../../dates.ts';
import type { Answer } from '../../interaction.ts';
import { homeRow, openedBy } from '../../surfaces/homes.ts';
import { type Conversation, card, end, type Turn } from '../../turn.ts';
import { wordOfCommand } from '../../typed/command-words.ts';
import type { ActButton, Card } from '../../view.ts';
import { hearLanguage, languageKey, strangerDays } from '../../who.ts';
import { languageOf, languages, type Say, wordsOf } from '../../words.ts';

/** Everything that this person can type, with what it does; the first step for somebody new on top. */
function helpCard(turn: Turn): Card {
  const { say, actor } = turn;
  const offered = commands.filter((command) => offeredTo(command, actor));
  return {
    title: say('help:title'),
    body: [
      { kind: 'text', text: say(actor.id === '' ? 'help:stranger' : 'help:text') },
      {
        kind: 'list',
        items: offered.map(({ name }) => ({
          title: say(`commands:${name}.usage`),
          detail: say(`commands:${name}.help`),
        })),
      },
      { kind: 'note', text: say('help:note') },
    ],
    buttons: [
      { label: say('help:buttons.status'), action: 'status.show', style: 'primary' },
      { label: say('help:buttons.support'), action: 'support.begin' },
      ...preferenceButton(turn),
    ],
  };
}

/** Where notices go first is the person's choice: the chat, or e-mail without content. */
export function preferenceButton({ say, person }: Turn): readonly ActButton[] {
  if (!person?.email) return [];
  const other = person.prefers === 'chat' ? 'email' : 'chat';
  return [{ label: say(`help:prefer.${other}`), action: 'help.prefer', ref: other }];
}

async function prefer(turn: Turn, choice: string): Promise<Answer> {
  const { person, actor } = turn;
  const prefers = choice === 'email' ? 'email' : 'chat';
  if (!person?.email) end({ refused: 'person.no-address' });
  await turn.act(
    [],
    { kind: 'preference', id: prefers },
    { rows: [{ row: 'person', id: actor.id, value: { ...person, prefers } }] },
  );
  return card({ title: turn.say(`help:preferred.${prefers}`), body: [] }, true);
}

/** 'I did not understand', with the nearest commands as buttons and a way to a human. */
export function unknownCard(turn: Turn, text: string): Card {
  const { say, actor } = turn;
  const [word = '', id = ''] = text
    .trim()
    .replace(/^\/?(cpms-desk|cpms)\b\s*/i, '')
    .replace(/^\//, '')
    .split(/\s+/);
  // What the word was about comes along where it is an id, and nothing else that was typed.
  const about = /^[A-Z]-[0-9A-Z]{4,12}$/i.test(id) ? ` ${id.toUpperCase()}` : '';
  const near = didYouMean(
    word,
    commands.filter((command) => offeredTo(command, actor)),
    say.language,
  );
  // The helpdesk is not sent to itself.
  const ofDesk = holds(actor, 'helpdesk');
  return {
    title: say(near.length > 0 ? 'help:did-you-mean' : 'help:unknown'),
    body: [
      {
        kind: 'text',
        text: say(
          ofDesk ? 'answers:maybe-text-desk' : near.length > 0 ? 'help:did-you-mean-text' : 'help:unknown-text',
        ),
      },
    ],
    buttons: [
      ...near.map((name) => ({
        label: `${wordOfCommand(name, say.language)}${about}`,
        action: 'help.command',
        ref: `${name}${about}`,
      })),
      ...(ofDesk
        ? [{ label: say('answers:wishes.queue'), action: 'help.command', ref: 'queue' }]
        : [{ label: say('help:buttons.status'), action: 'status.show' }]),
      { label: say('help:buttons.help'), action: 'help.show' },
      ...(ofDesk ? [] : [{ label: say('help:buttons.support'), action: 'support.begin' }]),
    ],
  };
}

/** What is kept of whom, for how long, by whom: shown on `privacy`, and one press from first contact (GDPR Art. 13). */
export function privacyCard(say: Say, settings: Settings, platform: Identity['platform']): Card {
  const { controller, hosting, organiser } = settings;
  const keptFor = Object.fromEntries(
    Object.entries(settings.keptFor).map(([what, period]) => [what, sayPeriod(say, period)]),
  );
  return {
    title: say('privacy:title'),
    body: [
      { kind: 'text', text: say('privacy:text') },
      {
        kind: 'facts',
        rows: [
          [say('privacy:controller'), controller],
          [say('privacy:purposes'), say('privacy:purposes-text')],
          [say('privacy:basis'), say('privacy:basis-text')],
          [say('privacy:kept'), say('privacy:kept-text', keptFor)],
          [say('privacy:hosting'), hosting],
          [say('privacy:processors'), say(`privacy:processors-${platform}`)],
          [say('privacy:rights'), say('privacy:rights-text', { contact: organiser.email })],
        ],
      },
      { kind: 'note', text: say('privacy:never') },
    ],
    buttons: [{ label: say('help:buttons.status'), action: 'status.show', style: 'primary' }],
  };
}

/** Everything that one can ask for, as buttons; what is not for this person to ask is left out. */
function requestCard(turn: Turn): Card {
  const { say, actor } = turn;
  const clinician = holds(actor, 'member') || holds(actor, 'assistant');
  const buttons: ActButton[] = [
    { label: say('support:refer.helpdesk'), action: 'support.ask', ref: 'other', style: 'primary' },
  ];
  if (actor.grants.length === 0)
    buttons.push(
      { label: say('status:buttons.register'), action: 'register.begin' },
      { label: say('status:buttons.known'), action: 'verify.address' },
    );
  if (clinician)
    buttons.push(
      { label: say('status:buttons.meeting'), action: 'meeting.ask' },
      { label: say('status:buttons.case'), action: 'case.open' },
      { label: say('documents:choose.title'), action: 'document.choose' },
    );
  if (holds(actor, 'helpdesk'))
    buttons.push({ label: say('meetings:desk.buttons.plan'), action: 'scheduling.plan', ref: '' });
  return { title: say('help:request'), body: [{ kind: 'text', text: say('help:request-text') }], buttons };
}

/** The privacy notice for the one who acts. */
function ownPrivacyCard({ say, ports, who, actor }: Turn): Card {
  const notice = privacyCard(say, ports.settings, who.identity.platform);
  if (actor.id === '') return notice;
  const forget = {
    label: say('privacy:forget'),
    action: 'privacy.forget',
    style: 'danger',
    confirm: say('privacy:forget-confirm'),
  } as const;
  return { ...notice, buttons: [...(notice.buttons ?? []), forget] };
}

/** Somebody leaves, and is forgotten as the retention table says (GDPR Art. 17): not while patients' cases hang on them. */
async function forget(turn: Turn): Promise<Answer> {
  const { ports, actor, say } = turn;
  const open = await ports.store.count('case', {
    person: actor.id,
    status: ['draft', 'consented', 'enrolled', 'ready', 'discussed', 'on-hold'],
  });
  if (open > 0) end({ refused: 'person.has-open-cases', params: { count: open } });
  await turn.act([{ kind: 'person', id: actor.id, command: { type: 'person.forget' } }], {
    kind: 'forgotten',
    id: actor.id,
  });
  return card(
    {
      title: say('privacy:forgotten'),
      body: [
        {
          kind: 'text',
          text: say('privacy:forgotten-text', { members: sayPeriod(say, ports.settings.keptFor.members) }),
        },
      ],
    },
    true,
  );
}

/** The notice's first layer for first contact: who, what for, which rights, and a button to the whole (WP 260 rev.01, 35–37). */
export function firstNoticeCard({ say, ports: { settings } }: Turn): Card {
  return {
    title: say('privacy:short-title'),
    body: [
      {
        kind: 'text',
        text: say('privacy:short-text', { controller: settings.controller, contact: settings.organiser.email }),
      },
      { kind: 'note', text: say('privacy:never') },
    ],
    buttons: [{ label: say('privacy:show'), action: 'privacy.show' }],
  };
}

function languageCard(turn: Turn): Card {
  return {
    title: turn.say('help:language'),
    body: [{ kind: 'text', text: turn.say('help:language-text') }],
    buttons: languages.map((code) => ({
      label: ownNameOf(code),
      action: 'language.set',
      ref: code,
      ...(code === turn.say.language ? { style: 'primary' as const } : {}),
    })),
  };
}

/** Asks somebody who wrote in another language than that of their profile whether it shall stay with it. */
export const keepLanguageCard = (code: string): Card => ({
  language: code,
  title: wordsOf(code)('help:language-keep'),
  body: [],
  buttons: [{ label: ownNameOf(code), action: 'language.set', ref: code }],
});

const nameIn = (code: string, reader: string) => new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? code;

/** A language's name in itself, as a heading has it: 'Français'. */
function ownNameOf(code: string): string {
  const name = nameIn(code, code);
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

/** The language that a typed word names: by its code, or by its name in any of our languages ('fr', 'French', 'Französisch'). */
function languageNamed(word: string): string | undefined {
  const typed = word.trim().toLowerCase();
  return (
    languages.find((code) => languages.some((reader) => nameIn(code, reader).toLowerCase() === typed)) ??
    (/^[a-z]{2}(-[a-z]+)?$/.test(typed) ? languageOf(typed) : undefined)
  );
}

/** A choice is kept with the person; of somebody who is not entered, with the chat identity, as long as a stranger is remembered. */
async function setLanguage(turn: Turn, word: string): Promise<Answer> {
  const { person, actor, ports, who } = turn;
  const code = languageNamed(word);
  if (code === undefined) return card(languageCard(turn));
  if (person) {
    await turn.act(
      [],
      { kind: 'language', id: code },
      { rows: [{ row: 'person', id: actor.id, value: { ...person, language: code, languageChosen: true } }] },
    );
    if (await openedBy(ports, actor.id)) await ports.outbox.add([homeRow(actor.id)]);
  } else {
    const expiresAt = new Date(Date.parse(turn.now) + strangerDays * 86_400_000).toISOString();
    await ports.kept.put(languageKey(who.identity), code, expiresAt);
  }
  await hearLanguage(ports, who.identity, undefined);
  return card({ language: code, title: wordsOf(code)('help:language-set'), body: [] }, true);
}

export const help: Conversation = {
  commands: {
    help: async (turn) => card(helpCard(turn)),
    privacy: async (turn) => card(ownPrivacyCard(turn)),
    language: async (turn, rest) => (rest === '' ? card(languageCard(turn)) : setLanguage(turn, rest)),
  },
  presses: {
    'help.prefer': prefer,
    'help.show': async (turn) => card(helpCard(turn)),
    'help.request': async (turn) => card(requestCard(turn)),
    'privacy.show': async (turn) => card(ownPrivacyCard(turn)),
    'privacy.forget': forget,
    'language.set': setLanguage,
  },
};
