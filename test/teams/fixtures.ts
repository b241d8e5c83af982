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

/**
 * 'File consent invoke' of 'Send and receive files through a bot'
 * (learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4): the person accepted that a file is put into their OneDrive, or declined.
 */
export function fileAnswered(
  action: 'accept' | 'decline',
  context: Json,
  replyToId: string,
  uploadInfo: Json = oneDrive,
): Json {
  const value = { type: 'fileUpload', action, context, ...(action === 'accept' ? { uploadInfo } : {}) };
  return { type: 'invoke', name: 'fileConsent/invoke', replyToId, value };
}

/** Where Teams lets a bot put the file, on the same page. */
export const oneDrive = {
  contentUrl: 'https://contoso.sharepoint.com/personal/clara_contoso_com/Documents/Applications/D-12345678.pdf',
  name: 'D-12345678.pdf',
  uploadUrl:
    "https://contoso.sharepoint.com/personal/clara_contoso_com/_api/v2.0/drives/b!1/items/01/uploadSession?guid='a'&path='~tmp'&overwrite=True",
  uniqueId: '1150D938-8870-4044-9F2C-5BBDEBA70C8C',
  fileType: 'pdf',
  etag: '{1150D938-8870-4044-9F2C-5BBDEBA70C8C},1',
} as const;

/** 'Receive files in personal chat', on the same page: a file that somebody dropped into the chat with the bot, with the copy of the message that Teams adds. */
export const droppedFile: readonly Json[] = [
  {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    contentUrl: 'https://contoso.sharepoint.com/personal/clara_contoso_com/Documents/Applications/scan.pdf',
    name: 'scan.pdf',
    content: {
      downloadUrl: 'https://contoso.sharepoint.com/_layouts/15/download.aspx?UniqueId=1150D938&tempauth=x',
      uniqueId: '1150D938-8870-4044-9F2C-5BBDEBA70C8C',
      fileType: 'pdf',
      etag: '{1150D938-8870-4044-9F2C-5BBDEBA70C8C},1',
    },
  },
  { contentType: 'text/html', content: '<p></p>' },
];

/**
 * 'Installation update event' and 'Members removed' of 'Conversation events in your Teams bot'
 * (learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events): the app was removed from somebody's chat.
 */
export function uninstalled(bot: string): readonly Json[] {
  return [
    { type: 'installationUpdate', action: 'remove' },
    { type: 'conversationUpdate', membersRemoved: [{ id: bot }] },
  ];
}

/**
 * 'Channel created' of the same page: an event of a team, whose author is named by their id in Teams alone.
 */
export function channelCreated(bot: string, team: string, tenant: string): Json {
  return {
    type: 'conversationUpdate',
    from: { id: '29:1wR7IdIRIoerMIWbewMi75JA3scaMuxvFon9eRQW2Nix5loMDo0362st2IaRVRirPZBv1WdXT8TIFWWmlQCizZQ' },
    recipient: { id: bot, name: 'CPMS' },
    conversation: { isGroup: true, conversationType: 'channel', id: team, tenantId: tenant },
    channelData: {
      channel: { id: '19:4d5ecb1cff3740adb9c1adf7fa5b9a5b@thread.skype', name: 'New channel' },
      team: { id: team },
      eventType: 'channelCreated',
      tenant: { id: tenant },
    },
  };
}
