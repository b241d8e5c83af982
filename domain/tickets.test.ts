import { describe, expect, test } from 'vitest';
import { later, noon, telling } from './testing/histories.ts';
import { paths } from './testing/paths.ts';
import { usual } from './testing/usual.ts';
import { reopenDays, type TicketCommand, ticket } from './tickets.ts';

const { given, when, outcome, compared } = telling(ticket, usual.ticket);
const states = paths('anna').ticket;
const state = (name: string) => states[name] ?? [];
const anna = { at: noon, by: 'anna' };
const desk = { at: noon, by: 'desk-2' };

const commands = {
  open: { type: 'ticket.open', ...anna, requester: 'anna', topic: 'files', hcp: 'A', text: 'X-1' },
  triage: { type: 'ticket.triage', ...desk, topic: 'cpms-error' },
  assign: { type: 'ticket.assign', ...desk, to: 'desk-2' },
  reply: { type: 'ticket.reply', ...desk, text: 'X-2', wait: false },
  ask: { type: 'ticket.reply', ...desk, text: 'X-2', wait: true },
  note: { type: 'ticket.note', ...desk, text: 'X-3' },
  add: { type: 'ticket.add', ...anna, text: 'X-4' },
  refer: { type: 'ticket.refer', ...desk, to: 'cpms-it' },
  helped: { type: 'ticket.helped', ...anna, helped: true },
  'not helped': { type: 'ticket.helped', ...anna, helped: false },
  resolve: { type: 'ticket.resolve', ...desk },
  reopen: { type: 'ticket.reopen', ...anna },
  close: { type: 'ticket.close', ...desk },
} as const satisfies Record<string, TicketCommand>;

const names = ['new', 'triaged', 'in progress', 'waiting', 'referred out'];
const open = (said: string) => Object.fromEntries(names.map((name) => [name, said]));

test('every command in every state', () => {
  const { actual, expected } = compared(
    states,
    commands,
    {
      open: { '*': 'refused: ticket.wrong-stage', none: 'ticket-opened' },
      triage: open('ticket-triaged'),
      assign: open('ticket-assigned'),
      reply: open('ticket-replied'),
      ask: open('ticket-replied'),
      note: { ...open('ticket-noted'), resolved: 'ticket-noted' },
      add: { ...open('ticket-added'), resolved: 'ticket-reopened + ticket-added' },
      refer: open('ticket-referred'),
      helped: { 'referred out': 'ticket-helped + ticket-resolved' },
      'not helped': { 'referred out': 'ticket-helped' },
      resolve: open('ticket-resolved'),
      reopen: { resolved: 'ticket-reopened' },
      close: { resolved: 'ticket-closed' },
    },
    (name) =>
      name === 'none'
        ? 'refused: ticket.unknown'
        : name === 'closed'
          ? 'refused: ticket.closed'
          : 'refused: ticket.wrong-stage',
  );
  expect(actual).toEqual(expected);
});

test('where each step leads', () => {
  const after = (name: string, command: TicketCommand) => given([...state(name), [command]]).stage;
  const table = Object.fromEntries(
    [...names, 'resolved'].map((name) => [
      name,
      Object.fromEntries(
        Object.entries(commands)
          .filter(([, command]) => !outcome(state(name), command).startsWith('refused'))
          .map(([called, command]) => [called, after(name, command)]),
      ),
    ]),
  );
  const always = { refer: 'referred', resolve: 'resolved', ask: 'waiting', reply: 'in-progress' };
  expect(table).toEqual({
    new: { ...always, triage: 'triaged', assign: 'in-progress', note: 'new', add: 'new' },
    triaged: { ...always, triage: 'triaged', assign: 'in-progress', note: 'triaged', add: 'triaged' },
    'in progress': { ...always, triage: 'in-progress', assign: 'in-progress', note: 'in-progress', add: 'in-progress' },
    waiting: { ...always, triage: 'waiting', assign: 'waiting', note: 'waiting', add: 'in-progress' },
    'referred out': {
      ...always,
      triage: 'referred',
      assign: 'referred',
      note: 'referred',
      add: 'in-progress',
      helped: 'resolved',
      'not helped': 'in-progress',
    },
    resolved: { note: 'resolved', add: 'in-progress', reopen: 'in-progress', close: 'closed' },
  });
});

describe('a resolved ticket', () => {
  test(`is reopened for ${reopenDays} days, by saying more too`, () => {
    for (const command of [commands.reopen, commands.add]) {
      expect(outcome(state('resolved'), { ...command, at: later(7) })).toContain('ticket-reopened');
      expect(when(state('resolved'), { ...command, at: later(7, 1) })).toEqual({
        refused: 'ticket.too-late-to-reopen',
        params: { days: 7 },
      });
    }
  });

  test('a note does not lengthen that time', () => {
    const noted = [...state('resolved'), [{ ...commands.note, at: later(6) }] as const];
    expect(outcome(noted, { ...commands.reopen, at: later(8) })).toBe('refused: ticket.too-late-to-reopen');
  });

  test('is closed by the clock when nobody may reopen it any more, by the helpdesk at once', () => {
    const clock = { type: 'ticket.close', at: later(7), by: 'system' } as const;
    expect(outcome(state('resolved'), clock)).toBe('refused: ticket.too-early-to-close');
    expect(outcome(state('resolved'), { ...clock, at: later(7, 1) })).toBe('ticket-closed');
    expect(outcome(state('resolved'), commands.close)).toBe('ticket-closed');
  });
});

test('a ticket is assigned to the helpdesk, and to another than the one who has it', () => {
  expect(outcome(state('new'), commands.assign, { assigneeIsHelpdesk: false })).toBe(
    'refused: ticket.assignee-not-helpdesk',
  );
  expect(outcome(state('in progress'), { ...commands.assign, to: 'desk-1' })).toBe('refused: ticket.already-assigned');
  expect(given([...state('new'), [commands.reply]]).assignee).toBe('desk-2');
  expect(given([...state('in progress'), [commands.reply]]).assignee).toBe('desk-1');
});

test('what was said stays in order, and a note is told from a reply', () => {
  const said = given([...state('in progress'), [commands.note], [commands.ask], [commands.add]]).messages;
  expect(said.map(({ text, kind, by }) => [text, kind, by])).toEqual([
    ['X-5', 'message', 'anna'],
    ['X-3', 'note', 'desk-2'],
    ['X-2', 'reply', 'desk-2'],
    ['X-4', 'message', 'anna'],
  ]);
});

test('since when it waits does not change with a topic, an assignee or a note', () => {
  const at = later(2);
  const waiting = given([
    ...state('waiting'),
    [{ ...commands.triage, at }],
    [{ ...commands.assign, at }],
    [{ ...commands.note, at }],
  ]);
  expect(waiting).toMatchObject({ since: noon, topic: 'cpms-error', assignee: 'desk-2' });
});
