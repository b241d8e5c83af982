import { careActive } from '../../../domain/consent.ts';
import { isRefusal, refuse } from '../../../domain/decider.ts';
import type { Document } from '../../../domain/documents.ts';
import type { Loaded } from '../../../domain/memory-ports.ts';
import { uploadLink } from '../../pages/links.ts';
import { pageButtons, pageNote, readPageRef, stretch } from '../../paging.ts';
import { droppedCard } from '../../strays.ts';
import { type Conversation, card, end, type Turn } from '../../turn.ts';
import { releasedTo } from '../../upload/released.ts';
import { refusedOf } from '../../upload/report.ts';
import type { Button, Card, Step } from '../../view.ts';
import { hasWords, wordsFor } from '../../words.ts';
import { caseIdShape, caseLabel, casesFor, casesOf, readsPseudonym, workableCase, worksOn } from './access.ts';

const documentIdShape = /^D-[0-9A-Z]{8}$/;
const stages = ['scrubbed', 'attested', 'released', 'uploaded'] as const;

/** Files on their way to CPMS: never through the chat, always through the one-time page. */
export const documentConversation: Conversation = {
  commands: {
    attach: async (turn, rest) => {
      const typed = rest.trim().toUpperCase();
      if (documentIdShape.test(typed)) return card(await documentCard(turn, typed));
      if (caseIdShape.test(typed)) return card(await uploadCard(turn, typed));
      const ready = await casesFor(turn.ports, turn.actor, 'file');
      const only = ready.length === 1 ? ready[0] : undefined;
      return card(only ? await uploadCard(turn, only.id) : await chooseCase(turn, ready));
    },
  },

  presses: {
    'document.choose': async (turn, ref) =>
      card(
        await chooseCase(turn, await casesFor(turn.ports, turn.actor, 'file'), readPageRef(ref).offset),
        ref.includes('|'),
      ),
    'document.attach': async (turn, ref) => card(await uploadCard(turn, ref)),
    'document.show': async (turn, ref) => card(await documentCard(turn, ref)),
    'document.list': async (turn, ref) => card(await documentList(turn, ref), ref.includes('|')),
    'document.page': async (turn, ref) => card(await pageCard(turn, ref)),
    'document.send': async (turn, ref) => {
      const released = await releasedTo(turn.ports, turn.actor, ref);
      if (isRefusal(released)) end(released);
      const size = released.source.length;
      // A platform takes a file whole.
      if (size > turn.ports.settings.fileBytes) end(refuse('document.too-large-for-chat'));
      return { file: { document: ref, name: released.name, size } };
    },
    'document.uploaded': async (turn, ref) => {
      await turn.act([{ kind: 'document', id: ref, command: { type: 'document.uploaded' } }], {
        kind: 'document',
        id: ref,
      });
      return card(await documentCard(turn, ref), true);
    },
    'document.reject': async (turn, ref) => {
      await turn.act([{ kind: 'document', id: ref, command: { type: 'document.reject' } }], {
        kind: 'document',
        id: ref,
      });
      return card(await documentCard(turn, ref), true);
    },
  },

  shows: { document: documentCard, stray: droppedCard },
};

async function chooseCase(turn: Turn, ready: readonly Loaded<'case'>[], offset = 0): Promise<Card> {
  const { say, ports } = turn;
  const title = say('documents:choose.title');
  if (ready.length === 0) return nothingReady(turn, title, offset);
  const page = stretch(offset, ready.length);
  const items = await Promise.all(
    ready.slice(page.offset, page.offset + page.limit).map(async (loaded) => ({
      title: await caseLabel(ports, say, loaded, readsPseudonym(turn, loaded.state)),
      buttons: [{ label: say('cases:buttons.file'), action: 'document.attach', ref: loaded.id }],
    })),
  );
  return {
    title,
    body: [{ kind: 'text', text: say('documents:choose.text') }, { kind: 'list', items }, ...pageNote(say, page)],
    buttons: pageButtons(say, page, 'document.choose'),
  };
}

/** No case has a consent: those that wait for one, each with the button for it; or the way to a first case. */
async function nothingReady(turn: Turn, title: string, offset: number): Promise<Card> {
  const { say, ports, actor } = turn;
  const waiting = (await casesOf(ports, actor)).filter(
    ({ state }) => (state.stage === 'draft' || (state.onHold && state.stage !== 'closed')) && worksOn(actor, state),
  );
  if (waiting.length === 0)
    return {
      title,
      body: [{ kind: 'text', text: say('documents:choose.no-case') }],
      buttons: [{ label: say('cases:open.button'), action: 'case.open', style: 'primary' }],
    };
  const page = stretch(offset, waiting.length);
  const items = await Promise.all(
    waiting.slice(page.offset, page.offset + page.limit).map(async (loaded) => ({
      title: await caseLabel(ports, say, loaded, readsPseudonym(turn, loaded.state)),
      buttons: [{ label: say('cases:buttons.consent'), action: 'consent.record', ref: loaded.id }],
    })),
  );
  return {
    title,
    body: [{ kind: 'text', text: say('documents:choose.no-consent') }, { kind: 'list', items }, ...pageNote(say, page)],
    buttons: pageButtons(say, page, 'document.choose'),
  };
}

/** The card with the one-time address of the upload page; like every card it goes to the one who asked, alone. */
async function uploadCard(turn: Turn, caseId: string): Promise<Card> {
  const { say, ports } = turn;
  const { state } = await workableCase(turn, caseId);
  const consent = (await ports.store.load('consent', caseId)).state;
  if (!careActive(consent) || state.onHold) {
    return {
      title: say('documents:attach.title', { id: caseId }),
      tone: 'warning',
      body: [{ kind: 'text', text: wordsFor(say, refuse('consent.care-inactive')) }],
      buttons: [{ label: say('cases:buttons.consent'), action: 'consent.record', ref: caseId, style: 'primary' }],
    };
  }
  if (state.stage === 'closed') end(refuse('case.closed'));
  return {
    title: say('documents:attach.title', { id: caseId }),
    tone: 'waiting',
    body: [
      { kind: 'text', text: say('documents:attach.text') },
      { kind: 'note', text: say('documents:attach.not-here') },
      { kind: 'note', text: say('documents:attach.minutes', { minutes: ports.settings.uploadMinutes }) },
    ],
    buttons: await linkButtons(turn, caseId),
  };
}

/** The page once more, for a file that is under way. */
async function pageCard(turn: Turn, id: string): Promise<Card> {
  const { say, ports } = turn;
  const state = await ownDocument(turn, id);
  return {
    title: say('documents:page.title', { id }),
    body: [{ kind: 'note', text: say('documents:attach.minutes', { minutes: ports.settings.uploadMinutes }) }],
    buttons: await linkButtons(turn, state.caseId, id),
  };
}

async function linkButtons({ say, ports, actor }: Turn, caseId: string, document?: string): Promise<Button[]> {
  return [
    { label: say('documents:attach.open'), url: await uploadLink(ports, actor.id, caseId, document), style: 'primary' },
    document
      ? { label: say('documents:attach.again'), action: 'document.page', ref: document }
      : { label: say('documents:attach.again'), action: 'document.attach', ref: caseId },
  ];
}

async function ownDocument(turn: Turn, id: string): Promise<Document> {
  const { state } = await turn.ports.store.load('document', id);
  if (state.stage === 'none') end(refuse('document.unknown'));
  turn.mustSee('document', { owner: state.submitter, hcp: state.hcp });
  return state;
}

/** One file: where it stands, what was removed (counts only), what is next. Its submitter alone sees it. */
async function documentCard(turn: Turn, id: string): Promise<Card> {
  const { say } = turn;
  const state = await ownDocument(turn, id);
  const { stage } = state;
  const reached = stages.findIndex((known) => known === (stage === 'purged' ? 'uploaded' : stage));
  const stopped = stage === 'refused' || stage === 'rejected' || (stage === 'purged' && !(await wasUploaded(turn, id)));
  const steps: Step[] = stages.map((known, index) => ({
    label: say(`documents:steps.${known}`),
    state: index <= reached ? 'done' : index === reached + 1 ? 'now' : 'later',
  }));
  const buttons: Button[] = [];
  if (['received', 'scrubbed', 'attested', 'released'].includes(stage) && !state.purged)
    buttons.push({ label: say('documents:page.button'), action: 'document.page', ref: id, style: 'primary' });
  if (stage === 'released' && !state.purged && turn.who.identity.platform === 'teams')
    buttons.push({ label: say('documents:send'), action: 'document.send', ref: id });
  if (stage === 'released')
    buttons.push({
      label: say('documents:uploaded'),
      action: 'document.uploaded',
      ref: id,
      confirm: say('documents:uploaded-confirm'),
    });
  if (['received', 'scrubbed', 'attested', 'released'].includes(stage))
    buttons.push({
      label: say('documents:reject'),
      action: 'document.reject',
      ref: id,
      style: 'danger',
      confirm: say('documents:reject-confirm'),
    });
  if (stage === 'refused' || stage === 'rejected' || stage === 'purged')
    buttons.push({ label: say('documents:another'), action: 'document.attach', ref: state.caseId });
  buttons.push({ label: say('cases:list.show'), action: 'case.show', ref: state.caseId });
  return {
    title: say('documents:title', { id, caseId: state.caseId }),
    tone: stopped ? 'warning' : stage === 'uploaded' || stage === 'purged' ? 'good' : 'waiting',
    body: [
      { kind: 'text', text: await nextWords(turn, id, state, stopped) },
      ...(stopped ? [] : [{ kind: 'steps' as const, steps }]),
      ...(state.pages > 0
        ? [
            {
              kind: 'facts' as const,
              rows: [
                [say('documents:facts.format'), say(`documents:formats.${state.format}`)] as const,
                [say('documents:facts.pages'), String(state.pages)] as const,
                [say('documents:facts.removed'), counted(turn, 'removed', state.removed)] as const,
                [say('documents:facts.redacted'), counted(turn, 'redacted', state.redacted)] as const,
                ...(Object.keys(state.kept).length > 0
                  ? [[say('documents:facts.kept'), counted(turn, 'redacted', state.kept)] as const]
                  : []),
                ...(state.notSearched.length > 0
                  ? [
                      [
                        say('documents:facts.not-searched'),
                        state.notSearched.map((what) => named(turn, 'not-searched', what)).join(', '),
                      ] as const,
                    ]
                  : []),
              ],
            },
          ]
        : []),
    ],
    buttons,
  };
}

/** A purge follows the upload, or the bytes went by themselves before it: the trail tells which. */
async function wasUploaded({ ports }: Turn, id: string): Promise<boolean> {
  return (await ports.store.trail('document', id)).some(({ event }) => event.type === 'document-uploaded');
}

async function nextWords(turn: Turn, id: string, { stage }: Document, stopped: boolean): Promise<string> {
  const { say, ports, language } = turn;
  if (stage === 'refused') {
    const { words } = await refusedOf(ports, id, language);
    return say('documents:next.refused', { why: words });
  }
  if (stage === 'received') return say('documents:next.received', { minutes: ports.settings.reviewMinutes });
  return say(stopped && stage === 'purged' ? 'documents:next.expired' : `documents:next.${stage}`);
}

/** What a code of the report is called; a code that is newer than the words is something else. */
function named({ say }: Turn, table: 'removed' | 'redacted' | 'not-searched', code: string): string {
  const key = `documents:${table}.${code}`;
  return say(hasWords(key) ? key : `documents:${table}.any`);
}

function counted(turn: Turn, table: 'removed' | 'redacted', counts: Readonly<Record<string, number>>): string {
  const words = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${named(turn, table, kind)}: ${count}`);
  return words.join(', ') || turn.say('documents:facts.nothing');
}

async function documentList(turn: Turn, given: string): Promise<Card> {
  const { say, ports, actor } = turn;
  const { ref: caseId, offset } = readPageRef(given);
  await workableCase(turn, caseId);
  const filter = { caseId, person: actor.id };
  const page = stretch(offset, await ports.store.count('document', filter));
  const found = await ports.store.find('document', filter, page);
  return {
    title: say('documents:list.title', { id: caseId }),
    body:
      found.length === 0
        ? [{ kind: 'text', text: say('documents:list.none') }]
        : [
            {
              kind: 'list',
              items: found.map(({ id, state }) => ({
                title: id,
                detail: say('documents:list.detail', {
                  stage: say(`documents:stages.${state.stage}`),
                  date: state.since.slice(0, 10),
                }),
                buttons: [{ label: say('documents:list.show'), action: 'document.show', ref: id }],
              })),
            },
            ...pageNote(say, page),
          ],
    buttons: [
      { label: say('cases:buttons.file'), action: 'document.attach', ref: caseId, style: 'primary' },
      ...pageButtons(say, page, 'document.list', caseId),
    ],
  };
}
