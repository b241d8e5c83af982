import { denied } from '../../../domain/access.ts';
import type { Case } from '../../../domain/cases.ts';
import { type Consent, type ConsentRecord, current, type Purpose, purposes } from '../../../domain/consent.ts';
import type { Events } from '../../../domain/entities.ts';
import { linkButtons } from '../../links.ts';
import type { Turn } from '../../turn.ts';
import type { ActButton, Block, Card } from '../../view.ts';
import { readsPseudonym, resourceOfCase, seesCase, visibleCase, worksOn } from './access.ts';

/** A language's name in the reader's language; its code where there is no name. */
export function languageName(code: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader, 'en'], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/**
 * The consents of a case and their receipt: who is the controller, what was agreed, on which form, how to withdraw, and to
 * whom one can complain (GDPR Art. 7(3), 13(2)(d)).
 */
export async function consentCard(turn: Turn, caseId: string): Promise<Card> {
  const { say, ports } = turn;
  const { state } = await visibleCase(turn, caseId);
  const [{ state: consent }, directory, details] = await Promise.all([
    ports.store.load('consent', caseId),
    turn.directory(),
    readsPseudonym(turn, state) ? ports.store.caseDetails(caseId) : undefined,
  ]);
  const care = current(consent, 'care');
  const hcp = directory.hcps[state.hcp];
  const country = hcp ? directory.countries[hcp.country] : undefined;
  const authority = country?.authority;
  const answers = purposes.flatMap((purpose): (readonly [string, string])[] => {
    const record = current(consent, purpose);
    return record
      ? [
          [
            say(`consent:purposes.${purpose}`),
            say('consent:answer', { status: say(`consent:status.${record.status}`), date: record.since.slice(0, 10) }),
          ],
        ]
      : [];
  });
  const facts: (readonly [string, string])[] = care
    ? [
        ...answers,
        [say('consent:facts.controller'), hcp?.name ?? state.hcp],
        ...(authority ? [[say('consent:facts.authority'), `${authority.name}, ${authority.url}`] as const] : []),
        [say('consent:facts.form'), formWords(turn, care, details?.consentLanguage)],
        [
          say('consent:facts.signed'),
          say('consent:signed', { date: care.signedOn, by: say(`consent:signatories.${care.signedBy}`) }),
        ],
        ...(details?.archiveReference ? [[say('consent:facts.archive'), details.archiveReference] as const] : []),
        ...(details?.majority ? [[say('consent:facts.majority'), details.majority] as const] : []),
      ]
    : [];
  const title = details?.pseudonym
    ? say('consent:title', { id: caseId, pseudonym: details.pseudonym })
    : say('consent:title-bare', { id: caseId });
  const status = care?.status ?? 'not-recorded';
  const body: Block[] = [{ kind: 'text', text: say(`consent:next.${status}`) }];
  if (facts.length > 0) body.push({ kind: 'facts', rows: facts });
  if (care?.signedBy === 'parent' && care.status === 'given' && details && !details.majority)
    body.push({ kind: 'note', text: say('consent:no-majority') });
  if (care?.status === 'given') body.push({ kind: 'note', text: say('consent:how-to-withdraw') });
  return {
    title,
    tone: status === 'given' ? 'good' : status === 'not-recorded' ? 'waiting' : 'warning',
    body,
    buttons:
      state.stage === 'closed'
        ? []
        : [
            ...buttonsOf(turn, caseId, consent, state),
            ...(status === 'given' ? [] : linkButtons(say, directory, 'consent-template')),
          ],
  };
}

function formWords({ say, language }: Turn, { form }: ConsentRecord, formLanguage: string | undefined): string {
  return say(`consent:form.${form.kind}`, {
    version: form.version,
    language: formLanguage ? languageName(formLanguage, language) : '–',
  });
}

/** A button for each purpose that is given, where the actor may record its withdrawal. */
export function withdrawButtons({ say, actor }: Turn, caseId: string, consent: Consent, state: Case): ActButton[] {
  if (denied(actor, 'consent.withdraw', resourceOfCase(state))) return [];
  return purposes
    .filter((purpose) => current(consent, purpose)?.status === 'given')
    .map((purpose) => ({
      label: say(`consent:withdraw.${purpose}`),
      action: 'consent.withdraw',
      ref: `${caseId}/${purpose}`,
      style: 'danger',
      confirm: say(`consent:withdraw.confirm-${purpose === 'care' ? 'care' : 'other'}`, {
        purpose: say(`consent:purposes.${purpose}`),
      }),
    }));
}

/** For a colleague of the HCP who may not look at the case, and to whom the patient said it: the withdrawal, and nothing else. */
export function withdrawalOnly(turn: Turn, caseId: string, consent: Consent, state: Case): Card {
  return {
    title: turn.say('consent:title-bare', { id: caseId }),
    body: [{ kind: 'text', text: turn.say('consent:withdraw.only') }],
    buttons: withdrawButtons(turn, caseId, consent, state),
  };
}

function buttonsOf(turn: Turn, caseId: string, consent: Consent, state: Case): ActButton[] {
  const { say } = turn;
  const works = worksOn(turn.actor, state);
  const toEnrol = state.stage === 'consented' && !state.onHold;
  const care = current(consent, 'care');
  const given = care?.status === 'given';
  const buttons: ActButton[] = [];
  if (works && given && toEnrol)
    buttons.push({ label: say('cases:buttons.enrol'), action: 'case.enrol', ref: caseId, style: 'primary' });
  if (works && !given)
    buttons.push({ label: say('cases:buttons.consent'), action: 'consent.record', ref: caseId, style: 'primary' });
  buttons.push({ label: say('cases:list.show'), action: 'case.show', ref: caseId });
  if (works && given) buttons.push({ label: say('consent:again'), action: 'consent.record', ref: caseId });
  buttons.push(...withdrawButtons(turn, caseId, consent, state));
  if (works && care && care.status !== 'entered-in-error')
    buttons.push({
      label: say('consent:error.button'),
      action: 'consent.error',
      ref: `${caseId}/${care.id}`,
      style: 'danger',
      confirm: say('consent:error.confirm'),
    });
  return buttons;
}

/** What stopped with a withdrawal or a correction: counted from what happened, with the ids of the meetings. */
export async function stoppedCard(
  turn: Turn,
  caseId: string,
  purpose: Purpose | 'error',
  happened: readonly { readonly kind: string; readonly id: string; readonly event: Events }[],
): Promise<Card> {
  const { say, ports } = turn;
  const sees = seesCase(turn, (await ports.store.load('case', caseId)).state);
  const of = (type: Events['type']) => happened.filter(({ event }) => event.type === type).map(({ id }) => id);
  const rows: (readonly [string, string])[] = [
    ...row('meetings', of('meeting-cancelled')),
    ...row('requests', of('request-cancelled')),
    ...row('files', of('document-rejected')),
  ];
  function row(key: string, ids: readonly string[]): (readonly [string, string])[] {
    return ids.length > 0 ? [[say(`consent:stopped.${key}`), ids.join(', ')]] : [];
  }
  const care = purpose === 'care' || purpose === 'error';
  return {
    title:
      purpose === 'error'
        ? say('consent:error.done', { id: caseId })
        : say('consent:withdraw.done', { id: caseId, purpose: say(`consent:purposes.${purpose}`) }),
    tone: care ? 'warning' : 'good',
    body: [
      { kind: 'text', text: say(care ? 'consent:stopped.care' : 'consent:stopped.other') },
      ...(rows.length > 0 ? [{ kind: 'facts' as const, rows }] : []),
      { kind: 'text', text: say(care ? 'consent:stopped.act-in-cpms' : 'consent:stopped.tell-registry') },
      ...(purpose === 'error' ? [] : [{ kind: 'note' as const, text: say('consent:stopped.before') }]),
    ],
    buttons: sees
      ? [
          { label: say('consent:show'), action: 'consent.show', ref: caseId },
          { label: say('cases:list.show'), action: 'case.show', ref: caseId },
        ]
      : [],
  };
}
