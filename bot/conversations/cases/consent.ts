import { z } from 'zod';
import { current, type Purpose, purposes, type Signatory } from '../../../domain/consent.ts';
import { refuse } from '../../../domain/decider.ts';
import type { Loaded } from '../../../domain/memory-ports.ts';
import { dateIn } from '../../dates.ts';
import type { Answer } from '../../interaction.ts';
import { linkButtons } from '../../links.ts';
import { pageButtons, pageNote, readPageRef, stretch } from '../../paging.ts';
import { type Conversation, card, end, fieldErrors, type Turn } from '../../turn.ts';
import type { Button, Card, Form } from '../../view.ts';
import { checked, fields, guarded, wordedOptions } from '../fields.ts';
import { caseIdShape, caseLabel, casesOf, readsPseudonym, seesCase, workableCase, worksOn } from './access.ts';
import { consentCard, languageName, stoppedCard, withdrawalOnly, withdrawButtons } from './consent-cards.ts';

/** The languages of the Commission's template: the 24 of the European Union, and Ukrainian. */
const formLanguages = [
  'bg',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'et',
  'fi',
  'fr',
  'ga',
  'hr',
  'hu',
  'it',
  'lt',
  'lv',
  'mt',
  'nl',
  'pl',
  'pt',
  'ro',
  'sk',
  'sl',
  'sv',
  'uk',
] as const;
const formKinds = ['commission', 'hcp'] as const;
const answers = ['given', 'refused'] as const;
const signatories = ['patient', 'parent', 'guardian'] as const satisfies readonly Signatory[];

const recordShape = z.object({
  form: fields.choice(formKinds),
  version: fields.line(30),
  language: fields.choice(formLanguages),
  signedOn: fields.date,
  signedBy: fields.choice(signatories),
  care: fields.choice(answers),
  registry: fields.optionalChoice(answers),
  research: fields.optionalChoice(answers),
  archive: fields.line(80),
  majority: fields.optionalLine(7),
  attest: fields.ticked,
});

/** Recording, showing and withdrawing the consents of a case. The signed form itself never comes here. */
export const consentConversation: Conversation = {
  commands: {
    consent: async (turn, rest) => {
      const typed = rest.trim().toUpperCase();
      if (caseIdShape.test(typed)) return recordOrShow(turn, typed);
      const open = await openCases(turn);
      const only = open.length === 1 ? open[0] : undefined;
      return only ? recordOrShow(turn, only.id) : card(await chooseCase(turn, open));
    },
  },

  presses: {
    'consent.choose': async (turn, ref) =>
      card(await chooseCase(turn, await openCases(turn), readPageRef(ref).offset), true),
    'consent.record': async (turn, ref) => ({ form: recordForm(turn, (await workableCase(turn, ref)).id) }),
    'consent.show': async (turn, ref) => card(await consentCard(turn, ref)),
    'consent.withdraw': async (turn, ref) => {
      const [caseId = '', named = ''] = ref.split('/');
      const purpose = purposes.find((known) => known === named);
      if (!purpose) end(refuse('consent.not-given', { purpose: 'care' }));
      const done = await turn.act([{ kind: 'consent', id: caseId, command: { type: 'consent.withdraw', purpose } }], {
        kind: 'consent-ended',
        id: ref,
      });
      return card(await stoppedCard(turn, caseId, purpose, done.events), true);
    },
    'consent.error': async (turn, ref) => {
      const [caseId = '', recordId = ''] = ref.split('/');
      const done = await turn.act(
        [{ kind: 'consent', id: caseId, command: { type: 'consent.entered-in-error', recordId } }],
        { kind: 'consent-ended', id: `${caseId}/error` },
      );
      return card(await stoppedCard(turn, caseId, 'error', done.events), true);
    },
  },

  forms: {
    'consent.record': async (turn, caseId, values) => {
      const asked = checked(turn, recordShape, values);
      const problem = asked.majority ? majorityProblem(asked.majority, turn.now) : undefined;
      if (problem) fieldErrors({ majority: turn.say(problem) });
      if (asked.signedOn > dateIn(turn.now, turn.zone)) fieldErrors({ signedOn: turn.say('consent:record.future') });
      guarded(turn, { version: asked.version, archive: asked.archive });
      await workableCase(turn, caseId);
      const { majority: _, ...before } = (await turn.ports.store.caseDetails(caseId)) ?? { pseudonym: '' };
      await turn.act(
        [
          {
            kind: 'consent',
            id: caseId,
            command: {
              type: 'consent.record',
              recordId: turn.ports.ids.next('N'),
              answers: answersOf(asked),
              form: { kind: asked.form, version: asked.version },
              signedOn: asked.signedOn,
              signedBy: asked.signedBy,
              attested: true,
            },
          },
        ],
        { kind: 'consent', id: caseId },
        {
          rows: [
            {
              row: 'case',
              id: caseId,
              value: {
                ...before,
                archiveReference: asked.archive,
                consentLanguage: asked.language,
                ...(asked.majority ? { majority: asked.majority } : {}),
              },
            },
          ],
        },
      );
      return card(await consentCard(turn, caseId), true);
    },
  },

  shows: {
    consent: consentCard,
    // For a withdrawal that is delivered twice: what stopped was said the first time.
    'consent-ended': async (turn, ref) => {
      const [caseId = '', named = ''] = ref.split('/');
      return stoppedCard(turn, caseId, purposes.find((known) => known === named) ?? 'error', []);
    },
  },
};

function answersOf(asked: z.output<typeof recordShape>): Partial<Record<Purpose, 'given' | 'refused'>> {
  return {
    care: asked.care,
    ...(asked.registry ? { registry: asked.registry } : {}),
    ...(asked.research ? { 'research-contact': asked.research } : {}),
  };
}

/** Why a quarter ('YYYY-Qn') cannot be the one in which a child comes of age: a key of the words, or undefined. */
export function majorityProblem(quarter: string, now: string): string | undefined {
  const [, year, part] = /^(\d{4})-Q([1-4])$/.exec(quarter) ?? [];
  if (!year || !part) return 'fields:quarter';
  const quarters = Number(year) * 4 + Number(part) - 1;
  const today = Number(now.slice(0, 4)) * 4 + Math.floor((Number(now.slice(5, 7)) - 1) / 3);
  return quarters < today || quarters > today + 21 * 4 ? 'fields:quarter-past' : undefined;
}

/** The form where no consent counts yet, for those who record one; else how the consents stand. */
async function recordOrShow(turn: Turn, caseId: string): Promise<Answer> {
  const { state } = await turn.ports.store.load('case', caseId);
  const consent = (await turn.ports.store.load('consent', caseId)).state;
  if (!seesCase(turn, state) && withdrawButtons(turn, caseId, consent, state).length > 0)
    return card(withdrawalOnly(turn, caseId, consent, state));
  if (worksOn(turn.actor, state) && current(consent, 'care')?.status !== 'given')
    return { form: recordForm(turn, (await workableCase(turn, caseId)).id) };
  return card(await consentCard(turn, caseId));
}

async function openCases({ ports, actor }: Turn): Promise<readonly Loaded<'case'>[]> {
  return (await casesOf(ports, actor)).filter(({ state }) => state.stage !== 'closed');
}

async function chooseCase(turn: Turn, open: readonly Loaded<'case'>[], offset = 0): Promise<Card> {
  const { say, ports } = turn;
  const page = stretch(offset, open.length);
  const buttons: readonly Button[] = [
    { label: say('cases:open.button'), action: 'case.open', style: 'primary' },
    ...linkButtons(say, await turn.directory(), 'consent-template'),
  ];
  if (open.length === 0)
    return { title: say('consent:choose.title'), body: [{ kind: 'text', text: say('consent:choose.none') }], buttons };
  const items = await Promise.all(
    open.slice(page.offset, page.offset + page.limit).map(async (loaded) => {
      const care = current((await ports.store.load('consent', loaded.id)).state, 'care');
      const record = care?.status !== 'given' && worksOn(turn.actor, loaded.state);
      return {
        title: await caseLabel(ports, say, loaded, readsPseudonym(turn, loaded.state)),
        detail: say(`consent:status.${care?.status ?? 'not-recorded'}`),
        buttons: [
          record
            ? { label: say('cases:buttons.consent'), action: 'consent.record', ref: loaded.id }
            : { label: say('consent:show'), action: 'consent.show', ref: loaded.id },
        ],
      };
    }),
  );
  return {
    title: say('consent:choose.title'),
    body: [{ kind: 'text', text: say('consent:choose.text') }, { kind: 'list', items }, ...pageNote(say, page)],
    buttons: [...buttons, ...pageButtons(say, page, 'consent.choose')],
  };
}

function recordForm(turn: Turn, caseId: string): Form {
  const { say, language } = turn;
  const given = wordedOptions(turn, 'consent:answers', answers);
  return {
    form: 'consent.record',
    ref: caseId,
    title: say('consent:record.title', { id: caseId }),
    intro: say('consent:record.intro'),
    fields: [
      {
        kind: 'choice',
        name: 'care',
        label: say('consent:record.care'),
        hint: say('consent:record.care-hint'),
        options: given,
      },
      {
        kind: 'choice',
        name: 'registry',
        label: say('consent:record.registry'),
        hint: say('consent:record.optional'),
        options: given,
        optional: true,
      },
      {
        kind: 'choice',
        name: 'research',
        label: say('consent:record.research'),
        hint: say('consent:record.optional'),
        options: given,
        optional: true,
      },
      {
        kind: 'choice',
        name: 'form',
        label: say('consent:record.form'),
        options: wordedOptions(turn, 'consent:form-kinds', formKinds),
      },
      {
        kind: 'line',
        name: 'version',
        label: say('consent:record.version'),
        hint: say('consent:record.version-hint'),
        max: 30,
      },
      {
        kind: 'choice',
        name: 'language',
        label: say('consent:record.language'),
        options: formLanguages
          .map((value) => ({ value, label: languageName(value, language) }))
          .toSorted((a, b) => a.label.localeCompare(b.label, language)),
      },
      { kind: 'date', name: 'signedOn', label: say('consent:record.signed-on') },
      {
        kind: 'choice',
        name: 'signedBy',
        label: say('consent:record.signed-by'),
        options: wordedOptions(turn, 'consent:signatories', signatories),
      },
      {
        kind: 'line',
        name: 'majority',
        label: say('consent:record.majority'),
        hint: say('consent:record.majority-hint'),
        placeholder: '2031-Q2',
        max: 7,
        optional: true,
      },
      {
        kind: 'line',
        name: 'archive',
        label: say('consent:record.archive'),
        hint: say('consent:record.archive-hint'),
        max: 80,
      },
      { kind: 'check', name: 'attest', label: say('consent:record.attest') },
    ],
    submit: say('consent:record.submit'),
    open: { label: say('cases:buttons.consent'), action: 'consent.record', ref: caseId },
  };
}
