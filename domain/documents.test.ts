import { describe, expect, test } from 'vitest';
import { attestationStatements, type DocumentCommand, document } from './documents.ts';
import { noon, telling } from './testing/histories.ts';
import { paths } from './testing/paths.ts';
import { usual } from './testing/usual.ts';

const { given, when, outcome, compared } = telling(document, usual.document);
const states = paths('anna').document;
const state = (name: string) => states[name] ?? [];
const anna = { at: noon, by: 'anna' };
const system = { at: noon, by: 'system' };

const commands = {
  receive: { type: 'document.receive', ...anna, caseId: 'C-1', hcp: 'A', submitter: 'anna' },
  scrubbed: {
    type: 'document.scrubbed',
    ...system,
    format: 'pdf',
    pages: 3,
    removed: { metadata: 2, comment: 1 },
    redacted: { name: 2 },
    kept: { date: 1 },
    notSearched: ['visible-text'],
    verified: true,
  },
  reopen: { type: 'document.reopen', ...anna },
  refuse: { type: 'document.refuse', ...system, reason: 'too-large' },
  attest: { type: 'document.attest', ...anna, statements: attestationStatements, pagesSeen: 3 },
  release: { type: 'document.release', ...anna },
  uploaded: { type: 'document.uploaded', ...anna },
  reject: { type: 'document.reject', ...anna },
  purge: { type: 'document.purge', ...system },
} as const satisfies Record<string, DocumentCommand>;

test('every command in every state', () => {
  const onTheWay = Object.fromEntries(
    ['received', 'scrubbed', 'attested', 'released'].map((name) => [name, 'document-rejected']),
  );
  const { actual, expected } = compared(
    states,
    commands,
    {
      receive: { '*': 'refused: document.wrong-stage', none: 'document-received' },
      scrubbed: { received: 'document-scrubbed' },
      reopen: { scrubbed: 'document-reopened' },
      refuse: { received: 'document-refused' },
      attest: { scrubbed: 'document-attested' },
      release: { attested: 'document-released' },
      uploaded: { released: 'document-uploaded' },
      reject: onTheWay,
      purge: { '*': 'document-purged', none: 'refused: document.unknown', purged: 'nothing', refused: 'nothing' },
    },
    (name) => (name === 'none' ? 'refused: document.unknown' : 'refused: document.wrong-stage'),
  );
  expect(actual).toEqual(expected);
});

describe('rule 5: a file is released only', () => {
  test('after the tool’s scrub and its own verification of the output', () => {
    expect(outcome(state('received'), { ...commands.scrubbed, verified: false })).toBe(
      'refused: document.not-verified',
    );
    expect(outcome(state('received'), commands.attest)).toBe('refused: document.wrong-stage');
    expect(outcome(state('scrubbed'), commands.release)).toBe('refused: document.wrong-stage');
  });

  test('when its submitter has looked at every page', () => {
    expect(when(state('scrubbed'), { ...commands.attest, pagesSeen: 2 })).toEqual({
      refused: 'document.pages-not-seen',
      params: { seen: 2, pages: 3 },
    });
    expect(outcome(state('scrubbed'), { ...commands.attest, pagesSeen: Number.NaN })).toBe(
      'refused: document.pages-not-seen',
    );
  });

  test.each(attestationStatements)('when the submitter has stated: %s', (statement) => {
    const statements = attestationStatements.filter((other) => other !== statement);
    expect(when(state('scrubbed'), { ...commands.attest, statements })).toEqual({
      refused: 'document.statements-missing',
      params: { missing: 1 },
    });
  });

  test('by the submitter themselves, from the attestation to the upload', () => {
    const other = { by: 'bert' };
    expect(outcome([], { ...commands.receive, ...other })).toBe('refused: document.submitter-only');
    expect(outcome(state('scrubbed'), { ...commands.reopen, ...other })).toBe('refused: document.submitter-only');
    expect(outcome(state('scrubbed'), { ...commands.attest, ...other })).toBe('refused: document.submitter-only');
    expect(outcome(state('attested'), { ...commands.release, ...other })).toBe('refused: document.submitter-only');
    expect(outcome(state('released'), { ...commands.uploaded, ...other })).toBe('refused: document.submitter-only');
  });

  test('while its bytes are there', () => {
    expect(outcome(state('scrubbed'), commands.attest, { bytesThere: false })).toBe('refused: document.bytes-gone');
    expect(outcome(state('attested'), commands.release, { bytesThere: false })).toBe('refused: document.bytes-gone');
  });

  test('and the statements in the log are the listed ones, whatever was sent', () => {
    const chatty = { ...commands.attest, statements: [...attestationStatements, 'Jean Dupont'] };
    expect(when(state('scrubbed'), chatty)).toEqual([
      { type: 'document-attested', ...anna, statements: attestationStatements },
    ]);
  });
});

test('how many pages were frames of a series is in the log, and no more than there are', () => {
  const seen = (inSeries: number) => when(state('scrubbed'), { ...commands.attest, inSeries });
  expect(seen(2)).toMatchObject([{ type: 'document-attested', inSeries: 2 }]);
  expect(seen(99)).toMatchObject([{ inSeries: 3 }]);
  expect(seen(0)).toEqual([{ type: 'document-attested', ...anna, statements: attestationStatements }]);
});

describe('rule 4: without an active consent for care, or with the case on hold', () => {
  test.each([
    ['none', commands.receive],
    ['received', commands.scrubbed],
    ['scrubbed', commands.reopen],
    ['scrubbed', commands.attest],
    ['attested', commands.release],
    ['released', commands.uploaded],
  ] as const)('%s goes no further', (name, command) => {
    expect(outcome(state(name), command, { careConsent: false })).toBe('refused: consent.care-inactive');
    expect(outcome(state(name), command, { caseGoesOn: false })).toBe('refused: consent.care-inactive');
  });

  test.each(['received', 'scrubbed', 'attested', 'released'])('%s can be rejected and purged', (name) => {
    expect(outcome(state(name), commands.reject, { careConsent: false })).toBe('document-rejected');
    expect(outcome(state(name), commands.purge, { careConsent: false })).toBe('document-purged');
  });

  test('an unscannable file can still be refused', () => {
    expect(outcome(state('received'), commands.refuse, { careConsent: false })).toBe('document-refused');
  });
});

test('a document is of the HCP of its case', () => {
  expect(outcome([], commands.receive, { caseHcp: 'A' })).toBe('document-received');
  expect(outcome([], commands.receive, { caseHcp: 'B' })).toBe('refused: document.other-hcp');
});

describe('the log has no room for what was found', () => {
  test.each<Partial<Extract<DocumentCommand, { type: 'document.scrubbed' }>>>([
    { pages: 0 },
    { pages: 1.5 },
    { pages: Number.NaN },
    { removed: { 'Jean Dupont': 1 } },
    { removed: { metadata: -1 } },
    { removed: { metadata: 0.5 } },
    { redacted: { 'Jean Dupont': 1 } },
    { redacted: { name: Number.NaN } },
    { kept: { 'Jean Dupont': 1 } },
    { kept: { name: -1 } },
    { notSearched: ['page 3: Jean Dupont'] },
  ])('a report with %j is refused', (wrong) => {
    expect(outcome(state('received'), { ...commands.scrubbed, ...wrong })).toBe('refused: document.report-malformed');
  });

  test('a refusal’s reason that is no code is left out', () => {
    expect(when(state('received'), { ...commands.refuse, reason: 'Jean Dupont was born…' })).toEqual([
      { type: 'document-refused', ...system, reason: 'unnamed' },
    ]);
  });
});

describe('a file that is reopened', () => {
  const reopened = [...state('scrubbed'), [commands.reopen] as const];

  test('is as it was before the scrub: nothing is left to attest', () => {
    const { stage, pages, removed, redacted, kept, notSearched } = given(reopened);
    expect({ stage, pages, removed, redacted, kept, notSearched }).toEqual({
      stage: 'received',
      pages: 0,
      removed: {},
      redacted: {},
      kept: {},
      notSearched: [],
    });
    expect(outcome(reopened, commands.attest)).toBe('refused: document.wrong-stage');
  });

  test('is scrubbed anew, and what is attested is that scrub', () => {
    const again = [...reopened, [{ ...commands.scrubbed, pages: 5, redacted: { name: 7 } }] as const];
    expect(given(again)).toMatchObject({ stage: 'scrubbed', pages: 5, redacted: { name: 7 } });
    expect(outcome(again, commands.attest)).toBe('refused: document.pages-not-seen');
    expect(outcome(again, { ...commands.attest, pagesSeen: 5 })).toBe('document-attested');
  });

  test('can be left, thrown away and refused', () => {
    expect(outcome(reopened, commands.reject)).toBe('document-rejected');
    expect(outcome(reopened, { ...commands.refuse, reason: 'left' })).toBe('document-refused');
  });
});

test('a scrub of the time before redaction is one of a PDF without any', () => {
  const old = { type: 'document-scrubbed', ...system, pages: 2, removed: { metadata: 1 }, notSearched: [] } as const;
  expect(document.evolve(given(state('received')), old)).toMatchObject({
    stage: 'scrubbed',
    format: 'pdf',
    redacted: {},
    kept: {},
  });
});

test('what became of the file outlives its bytes', () => {
  expect(given([...state('rejected'), [commands.purge]])).toMatchObject({ stage: 'rejected', purged: true });
  expect(given(state('refused'))).toMatchObject({ stage: 'refused', purged: true });
  expect(given([...state('released'), [commands.purge]])).toMatchObject({ stage: 'purged', purged: true });
  expect(outcome([...state('rejected'), [commands.purge]], commands.purge)).toBe('nothing');
});
