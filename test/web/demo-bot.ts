import type { Answer, Bot, Interaction } from '../../bot/interaction.ts';
import type { Card, Form, Option } from '../../bot/view.ts';

/** A scripted bot for the page's own tests: it shows every block, button and field, and remembers what it was given. */
export interface DemoBot extends Bot {
  readonly heard: Interaction[];
}

const status: Card = {
  title: 'Your registration',
  tone: 'waiting',
  body: [
    { kind: 'text', text: 'It waits on your lead, Prof. Ada Lindqvist, since Monday, 2026-11-23.' },
    {
      kind: 'steps',
      steps: [
        { label: 'Asked for', state: 'done', detail: 'Mon 2026-11-23 09:12 (UTC+1)' },
        { label: 'Authorised by your lead', state: 'now', detail: 'Waits on Prof. Ada Lindqvist' },
        { label: 'EU Login account', state: 'waiting', detail: 'Yours to do, meanwhile' },
        { label: 'Notice of the ERN IT team', state: 'later' },
        { label: 'Active in CPMS', state: 'later' },
      ],
    },
    { kind: 'note', text: 'A reminder goes to your lead after three days.' },
  ],
  buttons: [
    { label: 'I created the account', action: 'account', ref: 'R-11112222', style: 'primary' },
    { label: 'Open EU Login', url: 'https://example.org/eu-login' },
    {
      label: 'Withdraw',
      action: 'withdraw',
      ref: 'R-11112222',
      style: 'danger',
      confirm: 'Withdraw your registration? You can begin again at any time.',
    },
  ],
};

const help: Card = {
  title: 'What I can do for you',
  body: [
    { kind: 'text', text: 'I take you along the way to CPMS 2.0, step by step.' },
    {
      kind: 'list',
      items: [
        {
          title: 'Get access to CPMS',
          detail: 'Four things; two are yours.',
          buttons: [{ label: 'Register', action: 'register', style: 'primary' }],
        },
        { title: 'See where you stand', buttons: [{ label: 'Status', action: 'status' }] },
      ],
    },
  ],
};

const hospitals: readonly Option[] = [
  { value: 'EX-01', label: 'Northbridge University Hospital (Examplia)' },
  { value: 'EX-02', label: 'St. Sample Medical Centre (Examplia)' },
  { value: 'EX-03', label: 'Lakeside Teaching Hospital (Fictonia)' },
];

const form: Form = {
  form: 'register',
  ref: 'R-1',
  title: 'Register for CPMS',
  intro: 'Your lead is asked to authorise you. Nothing else happens before.',
  fields: [
    { kind: 'line', name: 'name', label: 'Your name', max: 100 },
    { kind: 'email', name: 'email', label: 'Work e-mail address', hint: 'The address of your hospital.' },
    { kind: 'search', name: 'hcp', label: 'Your hospital', source: 'hcp' },
    {
      kind: 'choice',
      name: 'as',
      label: 'You are',
      options: [
        { value: 'clinician', label: 'a clinician' },
        { value: 'assistant', label: 'an assistant' },
      ],
    },
    {
      kind: 'choices',
      name: 'groups',
      label: 'Working groups',
      optional: true,
      options: ['HHT', 'HTAD', 'MSA'].map((label) => ({ value: label, label })),
    },
    { kind: 'search', name: 'experts', label: 'Experts you know', source: 'expert', several: true, optional: true },
    { kind: 'date', name: 'since', label: 'At the hospital since', optional: true },
    {
      kind: 'text',
      name: 'note',
      label: 'A note for your lead',
      optional: true,
      hint: "No patient's details.",
      max: 500,
    },
    { kind: 'check', name: 'notice', label: 'I read the privacy notice' },
  ],
  submit: 'Ask for authorisation',
  open: { label: 'Open the form', action: 'register' },
};

/** Makes the scripted bot. `announce` hears of a registration, as the helpdesk's notice would. */
export function createDemoBot(announce: (what: 'registered') => Promise<void> = async () => {}): DemoBot {
  const heard: Interaction[] = [];
  const answers = (interaction: Interaction): Answer => {
    const { what } = interaction;
    if (what.kind === 'hello') return { cards: [{ ...help, title: `Hello, ${interaction.who.name ?? 'there'}` }] };
    if (what.kind === 'file')
      return {
        cards: [
          { title: 'A file does not belong here', tone: 'warning', body: [{ kind: 'text', text: 'Use “attach”.' }] },
        ],
      };
    if (what.kind === 'submit') {
      const errors: Record<string, string> = {};
      if (!what.values.name) errors.name = 'Write your name, as your lead knows it.';
      if (!Array.isArray(what.values.hcp) || what.values.hcp.length === 0)
        errors.hcp = 'Choose your hospital from the list.';
      if (what.values.notice !== true) errors.notice = 'Tick the box when you have read the notice.';
      return Object.keys(errors).length > 0 ? { form, errors } : { cards: [status], replace: true };
    }
    if (what.kind === 'sign') return {};
    const word = what.kind === 'press' ? what.action : what.text.trim().split(/\s+/)[0];
    switch (word) {
      case 'register':
        return { form };
      case 'status':
        return { cards: [status] };
      case 'account':
        return { cards: [{ ...status, title: 'Account noted', tone: 'good' }], replace: true };
      case 'take':
        return { cards: [{ title: 'It is yours', tone: 'good', body: [] }] };
      default:
        return { cards: [help] };
    }
  };
  return {
    heard,
    async handle(interaction) {
      heard.push(interaction);
      const answer = answers(interaction);
      if (interaction.what.kind === 'submit' && !answer.errors) await announce('registered');
      return answer;
    },
    suggest: async (_who, _source, words, limit) =>
      hospitals.filter(({ label }) => label.toLowerCase().includes(words.toLowerCase())).slice(0, limit),
    home: async () => help,
    later: async () => undefined,
    handOver: async () => ({ refused: 'There is no such file.' }),
    gone: async () => {},
    changed: async () => {},
  };
}
