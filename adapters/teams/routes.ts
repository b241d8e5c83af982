import { Application, type TurnState } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import { Later, Undeliverable } from '../../bot/channel.ts';
import type { Bot, What } from '../../bot/interaction.ts';
import { answerId } from '../../bot/outbox/late-answers.ts';
import type { Card } from '../../bot/view.ts';
import type { Clock } from '../../domain/ports.ts';
import {
  askedAbout,
  executed,
  type Inbound,
  inbound,
  isPersonal,
  searched,
  submittedIn,
  withoutThread,
} from './activity.ts';
import type { Addressee } from './answers.ts';
import { failureCode } from './background.ts';
import { renderCard } from './cards.ts';
import { answerDialog, askHelpdesk, type DialogInvoke } from './dialogs.ts';
import { consentIn, type Put, putFile } from './files.ts';
import { deliveryKey } from './keys.ts';
import type { Once } from './once.ts';
import type { References } from './references.ts';
import { placeOf, saidIn, whatOf, whoOf } from './translate.ts';
import { answerInvoke, answerMessage, type InvokeAnswer, refreshed, type Turn, type TurnTools } from './turns.ts';
import { optionValue } from './values.ts';
import type { WordsOf } from './words.ts';

export interface RouteTools extends TurnTools {
  readonly bot: Bot;
  readonly references: References;
  readonly once: Once;
  readonly clock: Clock;
  readonly log: Logger;
  readonly wordsOf: WordsOf;
  /** The helpdesk's conversation, without a thread. */
  readonly desk: string | undefined;
}

/** Who a verified activity comes from: set on the turn by the endpoint, read by the routes. */
export const verifiedKey = Symbol('verified');

export interface Verified {
  /** The registration that was written to. */
  readonly app: string;
  readonly tenant: string;
  readonly user: string;
}

/**
 * What reaches the bot, as routes of teams-ai's Application. It has no storage, so that its turn state ends with the turn, no AI, no file
 * downloader (teams-ai's sends the bot's token to any address), and answers Universal Actions itself: teams-ai's own `actionExecute` may
 * show one person's card to everyone. What no route takes (reactions, edits, other invokes) is left alone.
 */
export function createRoutes(tools: RouteTools): Application<TurnState> {
  const application = new Application<TurnState>({ removeRecipientMention: true });
  // teams-ai 1.7 reads its option for this nowhere; its one timer for all turns writes 'typing' into conversations that are over.
  application.startTypingTimer = () => undefined;
  application.addRoute(invoked('adaptiveCard/action'), (context) => pressed(tools, context), true);
  application.addRoute(invoked('application/search'), (context) => suggested(tools, context), true);
  application.addRoute(invoked('fileConsent/invoke'), (context) => agreed(tools, context), true);
  for (const name of [
    'task/fetch',
    'task/submit',
    'composeExtension/fetchTask',
    'composeExtension/submitAction',
  ] as const)
    application.addRoute(invoked(name), (context) => inDialog(tools, context, name), true);
  application.activity('message', (context) => said(tools, context));
  application.activity(['installationUpdate', 'conversationUpdate'], (context) => changed(tools, context));
  return application;
}

function invoked(name: string): (context: TurnContext) => Promise<boolean> {
  return ({ activity }) => Promise.resolve(activity.type === 'invoke' && activity.name === name);
}

async function said(tools: RouteTools, context: TurnContext): Promise<void> {
  const activity = inbound.parse(context.activity);
  const key = deliveryKey(activity, tools.clock.now().slice(0, 10));
  const to = await addressee(tools, activity, verifiedOf(context));
  const whats = saidIn(activity);
  for (const [index, what] of whats.entries()) {
    const own = whats.length > 1 ? `${key}:${index}` : key;
    await tools.once.run(own, () => answered(tools, turnOf(tools, own, to, what)));
  }
}

/** Answers a message. Who cannot be written to any more has acted all the same: a repeat of the delivery would change nothing. */
async function answered(tools: RouteTools, turn: Turn): Promise<void> {
  try {
    await answerMessage(tools, turn);
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
    tools.log.warn({ code: error.code }, 'teams: nobody to answer');
  }
}

async function pressed(tools: RouteTools, context: TurnContext): Promise<void> {
  const activity = inbound.parse(context.activity);
  const press = executed(activity.value);
  if (!press) return respond(context, 400);
  const key = deliveryKey(activity, tools.clock.now().slice(0, 10));
  const to = await addressee(tools, activity, verifiedOf(context));
  const turn = turnOf(tools, key, to, whatOf(press));
  if (press.automatic) {
    const card = await refreshed(tools, turn);
    return respond(context, 200, card ? invokeBody({ card }) : notForYou);
  }
  await respond(context, 200, invokeBody(await answerInvoke(tools, turn, !tools.once.first(key))));
}

async function inDialog(tools: RouteTools, context: TurnContext, name: DialogInvoke): Promise<void> {
  const activity = inbound.parse(context.activity);
  const about = name === 'composeExtension/fetchTask' ? askedAbout(activity.value) : undefined;
  const press = name === 'composeExtension/fetchTask' ? askHelpdesk : submittedIn(activity.value);
  if (!press || (press === askHelpdesk && about === undefined)) return respond(context, 400);
  const key = deliveryKey(activity, tools.clock.now().slice(0, 10));
  const to = await addressee(tools, activity, verifiedOf(context));
  await respond(context, 200, await answerDialog(tools, turnOf(tools, key, to, whatOf(press)), about));
}

/** The answer to a file consent card. Teams waits some seconds: the file is put where it goes after that, and the card says what came of it. */
async function agreed(tools: RouteTools, context: TurnContext): Promise<void> {
  const activity = inbound.parse(context.activity);
  const given = consentIn(activity.value);
  if (!given) return respond(context, 400);
  const key = deliveryKey(activity, tools.clock.now().slice(0, 10));
  const to = await addressee(tools, activity, verifiedOf(context));
  const words = tools.wordsOf(to.who.language);
  await respond(context, 200);
  // A file is written into one's own chat alone, and once for each answer.
  if (to.place.kind !== 'private' || !tools.once.first(key)) return;
  void tools.background.run('teams: a file for OneDrive', async () => {
    const put = await putFile(tools.bot, to.who, given, words).catch((error: unknown): Put => {
      tools.log.warn({ code: failureCode(error) }, 'teams: a file could not be put into OneDrive');
      return { words: words['file-failed'] };
    });
    const said: Card = { title: given.context.document, body: [{ kind: 'text', text: put.words }] };
    const [content] = renderCard(said, words);
    if (!content) return;
    try {
      if (to.card) await tools.messenger.update(to.reference, to.card, content);
      else await tools.messenger.send(to.reference, content);
      if (put.file) await tools.messenger.send(to.reference, put.file);
    } catch (error) {
      if (error instanceof Undeliverable) throw error;
      await tools.bot.later(to.who.identity, said, answerId(key, 0), error instanceof Later ? error.seconds : 0);
    }
  });
}

/** The error body of an `adaptiveCard/action` response: the client goes on showing the card that everybody sees. */
const notForYou = {
  statusCode: 403,
  type: 'application/vnd.microsoft.error',
  value: { code: 'Forbidden', message: '' },
};

/** The body of an `adaptiveCard/action` response ('Universal Actions', response format). */
function invokeBody(answer: InvokeAnswer): object {
  return 'card' in answer
    ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card }
    : { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.message };
}

/** Typeahead: at most as many options as asked for, never above 25. */
async function suggested(tools: RouteTools, context: TurnContext): Promise<void> {
  const activity = inbound.parse(context.activity);
  const search = searched(activity.value);
  if (!search) return respond(context, 400);
  const { tenant, user } = verifiedOf(context);
  const who = whoOf(activity, tenant, user);
  const limit = Math.min(search.queryOptions.top, 25);
  const options = await tools.bot.suggest(who, search.dataset, search.queryText, limit);
  await respond(context, 200, {
    type: 'application/vnd.microsoft.search.searchResponse',
    statusCode: 200,
    value: { results: options.map(({ value, label }) => ({ value: optionValue(value), title: label })) },
  });
}

/** The id of a group chat or a channel: whatever else stands in its place is not for the log. */
const shared = /^19:[\w.-]{1,200}@(thread\.(tacv2|skype|v2)|unq\.gbl\.spaces)$/;

/** The app was added or removed. In a shared place nobody is greeted: the operator learns the conversation's id from the log. */
async function changed(tools: RouteTools, context: TurnContext): Promise<void> {
  const activity = inbound.parse(context.activity);
  const verified = verifiedOf(context);
  const change = changeIn(activity);
  if (change === undefined) return;
  if (!isPersonal(activity)) {
    if (change === 'removed' && placeOf(activity, tools.desk).desk) await tools.references.forgetDesk();
    if (change === 'added') {
      await addressee(tools, activity, verified);
      const conversation = withoutThread(activity.conversation.id);
      tools.log.info(shared.test(conversation) ? { conversation } : {}, 'teams: added to a conversation');
    }
    return;
  }
  const key = deliveryKey(activity, tools.clock.now().slice(0, 10));
  if (change === 'removed') {
    const { identity } = whoOf(activity, verified.tenant, verified.user);
    tools.once.forget(key);
    await tools.references.forget(identity);
    await tools.bot.gone(identity);
    return;
  }
  const to = await addressee(tools, activity, verified);
  await tools.once.run(key, () => answered(tools, turnOf(tools, key, to, { kind: 'hello' })));
}

function changeIn(activity: Inbound): 'added' | 'removed' | undefined {
  if (activity.type === 'installationUpdate') {
    if (activity.action === 'add') return 'added';
    return activity.action === 'remove' ? 'removed' : undefined;
  }
  const bot = activity.recipient.id;
  if (activity.membersAdded?.some(({ id }) => id === bot)) return 'added';
  return activity.membersRemoved?.some(({ id }) => id === bot) ? 'removed' : undefined;
}

function verifiedOf(context: TurnContext): Verified {
  const verified = context.turnState.get<Verified | undefined>(verifiedKey);
  if (!verified) throw new Error('teams-unverified');
  return verified;
}

/** Who is to be answered, and where; renews what is kept to write first. */
async function addressee(tools: RouteTools, activity: Inbound, { app, tenant, user }: Verified): Promise<Addressee> {
  const who = whoOf(activity, tenant, user);
  const place = placeOf(activity, tools.desk);
  const reference = await tools.references.renew(who.identity, app, activity);
  if (place.desk) await tools.references.renewDesk(tenant, app, activity);
  return {
    who,
    place,
    reference,
    ...(place.kind === 'shared' ? { shared: { ...reference, conversation: activity.conversation.id } } : {}),
    ...(activity.replyToId ? { card: activity.replyToId } : {}),
  };
}

function turnOf(tools: RouteTools, key: string, to: Addressee, what: What): Turn {
  return {
    interaction: { key, who: to.who, where: to.place, what },
    to,
    words: tools.wordsOf(to.who.language),
  };
}

async function respond(context: TurnContext, status: number, body?: object): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status, ...(body ? { body } : {}) } });
}
