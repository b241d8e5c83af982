import type { Json } from './screen.ts';

/*
 * What the Agents Playground cannot send, in the shape that Microsoft's public documentation shows, for `person.activity` to put its envelope around. Only what
 * the pages call optional is left out.
 */

/** 'Create and send the dialog' (learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module), payload of an action command on a message. */
export function askedOn(html: string, conversation: Json): Json {
  return {
    type: 'invoke',
    name: 'composeExtension/fetchTask',
    conversation,
    value: {
      commandId: 'ask',
      commandContext: 'message',
      messagePayload: {
        linkToMessage: 'https://teams.microsoft.com/l/message/19:x@thread.tacv2/1700000000001',
        id: '1700000000001',
        replyToId: null,
        createdDateTime: '2026-11-23T09:00:00.000Z',
        lastModifiedDateTime: null,
        deleted: false,
        importance: 'normal',
        locale: 'en-us',
        body: { contentType: 'html', content: html },
        from: {
          device: null,
          conversation: null,
          user: { userIdentityType: 'aadUser', id: 'x', displayName: 'Somebody' },
        },
        reactions: [],
        mentions: [],
        attachments: [],
      },
      context: { theme: 'default' },
    },
  };
}

/** 'Respond to the dialog submit action' (…/messaging-extensions/how-to/action-commands/respond-to-task-module-submit). */
export function extensionSubmitted(data: Json, conversation: Json): Json {
  const value = { commandId: 'ask', commandContext: 'message', data, context: { theme: 'default' } };
  return { type: 'invoke', name: 'composeExtension/submitAction', conversation, value };
}

/** 'Use dialogs in Microsoft Teams bots' (learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots). */
export function dialogOpened(data: Json): Json {
  return {
    type: 'invoke',
    name: 'task/fetch',
    value: { data: { type: 'task/fetch', ...data }, context: { theme: 'dark' } },
  };
}

/** The same page, 'Receive data': what was put into the submit action's data, with the inputs. */
export function dialogSubmitted(data: Json): Json {
  return { type: 'invoke', name: 'task/submit', value: { data, context: { theme: 'contrast' } } };
}

/** 'Refresh behavior' of 'Up to date cards' (learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/up-to-date-views). */
export function refreshed(verb: string, data: Json, replyToId: string): Json {
  const value = { action: { type: 'Action.Execute', title: 'Refresh', verb, data }, trigger: 'automatic' };
  return { type: 'invoke', name: 'adaptiveCard/action', replyToId, value };
}
