import { z } from 'zod';
import { refuse } from '../../../domain/decider.ts';
import type { RowWrite } from '../../../domain/memory-ports.ts';
import type { Answer } from '../../interaction.ts';
import { card, end, fieldErrors, type Turn } from '../../turn.ts';
import type { Form, Option, Values } from '../../view.ts';
import { caseIdShape, caseLabel, readsPseudonym, workableCase } from '../cases/access.ts';
import { checked, fields, guarded } from '../fields.ts';
import { requestCard } from './cards.ts';
import { lengthField, lengths, slotsFrom } from './words.ts';

/** What the form begins with; read from free text or from a case, and confirmed by the person. */
export interface AskPrefill {
  readonly caseId?: string;
  readonly group?: string;
  /** Local date and time in the person's zone, 'YYYY-MM-DDTHH:mm'. */
  readonly when?: string;
  /** The second hour, and the third. */
  readonly others?: readonly string[];
  readonly minutes?: number;
}

export const noteLength = 500;
const expertsAtMost = 20;

const askShape = z.object({
  case: fields.optionalOne,
  group: fields.optionalOne,
  experts: fields.several(expertsAtMost),
  when1: fields.hour,
  when2: fields.optionalHour,
  when3: fields.optionalHour,
  minutes: fields.choice(lengths),
  note: fields.optionalLine(noteLength),
});

const prefillShape = z.object({
  case: z.string().regex(caseIdShape).optional().catch(undefined),
  group: z.string().max(40).optional().catch(undefined),
  when: fields.hour.optional().catch(undefined),
  when2: fields.hour.optional().catch(undefined),
  when3: fields.hour.optional().catch(undefined),
  minutes: z.coerce.number().int().min(5).max(480).optional().catch(undefined),
});

/** The form to ask for a meeting, filled in as far as is known: every entry is for the person to confirm. */
export async function askMeeting(turn: Turn, prefill: AskPrefill): Promise<Answer> {
  if (!isMember(turn)) end(refuse('access.denied', { command: 'request.submit' }));
  return { form: await askForm(turn, prefill) };
}

/** Whether the person may ask for a meeting at all: nobody fills in a form that is refused in the end. */
const isMember = ({ actor }: Turn): boolean =>
  actor.grants.some(({ role }) => role === 'member' || role === 'assistant');

/** A prefill as a button's reference, and back; what is not well-formed is left out. */
export function prefillRef({ caseId, group, when, others: [when2, when3] = [], minutes }: AskPrefill): string {
  return new URLSearchParams({
    ...(caseId ? { case: caseId } : {}),
    ...(group ? { group } : {}),
    ...(when ? { when } : {}),
    ...(when2 ? { when2 } : {}),
    ...(when3 ? { when3 } : {}),
    ...(minutes ? { minutes: String(minutes) } : {}),
  }).toString();
}

/** See `prefillRef`. */
export function prefillFrom(ref: string): AskPrefill {
  const given = prefillShape.parse(Object.fromEntries(new URLSearchParams(ref)));
  const { case: caseId, group, when, when2, when3, minutes } = given;
  const others = [when2, when3].filter((hour) => hour !== undefined);
  return {
    ...(caseId ? { caseId } : {}),
    ...(group ? { group } : {}),
    ...(when ? { when } : {}),
    ...(others.length > 0 ? { others } : {}),
    ...(minutes ? { minutes } : {}),
  };
}

/** Hours for one form, filled in as far as they are given: three fields, the first of which must be filled in. */
export function hourFields(turn: Turn, hours: readonly (string | undefined)[] = []): Form['fields'] {
  const { say, zone } = turn;
  return [1, 2, 3].map((number) => ({
    kind: 'datetime' as const,
    name: `when${number}`,
    label: say(`meetings:ask.when${number}`),
    zone,
    ...(number === 1 ? { hint: say('meetings:ask.zone', { zone }) } : { optional: true }),
    ...(hours[number - 1] ? { value: hours[number - 1] as string } : {}),
  }));
}

async function askForm(turn: Turn, prefill: AskPrefill): Promise<Form> {
  const { say, ports } = turn;
  const directory = await turn.directory();
  let chosen: Option | undefined;
  let group = prefill.group;
  if (prefill.caseId) {
    const loaded = await workableCase(turn, prefill.caseId);
    chosen = { value: loaded.id, label: await caseLabel(ports, say, loaded, readsPseudonym(turn, loaded.state)) };
    group ??= loaded.state.group;
  }
  const known = group ? directory.groups[group] : undefined;
  return {
    form: 'meeting.ask',
    ref: prefillRef(prefill),
    title: say('meetings:ask.title'),
    intro: say('meetings:ask.intro'),
    fields: [
      {
        kind: 'search',
        source: 'case',
        name: 'case',
        label: say('meetings:ask.case'),
        hint: say('meetings:ask.case-hint'),
        optional: true,
        ...(chosen ? { value: [chosen] } : {}),
      },
      {
        kind: 'search',
        source: 'group',
        name: 'group',
        label: say('meetings:ask.group'),
        optional: true,
        ...(known ? { value: [{ value: known.code, label: known.name }] } : {}),
      },
      {
        kind: 'search',
        source: 'expert',
        several: true,
        name: 'experts',
        label: say('meetings:ask.experts'),
        hint: say('meetings:ask.experts-hint'),
        optional: true,
      },
      ...hourFields(turn, [prefill.when, ...(prefill.others ?? [])]),
      lengthField(turn, prefill.minutes),
      {
        kind: 'text',
        name: 'note',
        label: say('meetings:ask.note'),
        hint: say('meetings:ask.note-hint'),
        max: noteLength,
        optional: true,
      },
    ],
    submit: say('meetings:ask.submit'),
    open: { label: say('meetings:ask.button'), action: 'meeting.ask', ref: prefillRef(prefill) },
  };
}

/** The submitted form: a request to the helpdesk, which alone schedules (rule 7). */
export async function submitRequest(turn: Turn, values: Values): Promise<Answer> {
  const asked = checked(turn, askShape, values);
  const about = asked.case ? await workableCase(turn, asked.case) : undefined;
  const group = asked.group ?? (asked.experts.length === 0 ? about?.state.group : undefined);
  if (!group && asked.experts.length === 0) fieldErrors({ group: turn.say('meetings:ask.nobody') });
  const { when1, when2, when3 } = asked;
  const proposals = slotsFrom(turn, { when1, when2, when3 }, turn.zone, Number(asked.minutes), values);
  guarded(turn, { note: asked.note });
  const id = turn.ports.ids.next('Q');
  const note = textRow(turn, id, asked.note);
  const hcp = about?.state.hcp ?? turn.actor.grants.find(({ role }) => role === 'member' || role === 'assistant')?.hcp;
  if (hcp === undefined) end(refuse('access.denied', { command: 'request.submit' }));
  await turn.act(
    [
      {
        kind: 'request',
        id,
        command: {
          type: 'request.submit',
          requester: turn.actor.id,
          hcp,
          ...(about ? { caseId: about.id } : {}),
          ...(group ? { group } : {}),
          experts: [...new Set(asked.experts)],
          proposals,
          ...(note ? { note: note.id } : {}),
        },
      },
    ],
    { kind: 'request', id },
    { rows: note ? [note] : [] },
  );
  return card(await requestCard(turn, id), true);
}

/** A sealed text that belongs to a request, a poll, a series or a meeting; nothing for an empty one. */
export function textRow(
  { ports }: Turn,
  owner: string,
  value: string | undefined,
): Extract<RowWrite, { row: 'text' }> | undefined {
  if (!value) return undefined;
  const kind = ({ M: 'meeting', V: 'poll', W: 'series' } as const)[owner.charAt(0)] ?? 'request';
  return { row: 'text', id: ports.ids.next('X'), owner: `${kind}/${owner}`, value };
}
