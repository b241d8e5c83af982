import { sign } from '../../test/slack/wire.ts';
import type { Target } from './load.ts';
import { type Ready, slack, teams } from './settings.ts';

/** Where the Bot Connector is, as in Teams for Europe. */
const serviceUrl = 'https://smba.trafficmanager.net/emea/';

let sequence = 0;

/** A note on one ticket after the other: typed text that a helpdesk person would write. */
function typed(tickets: readonly string[]): { readonly number: number; readonly text: string } {
  const number = (sequence += 1);
  const ticket = tickets[number % tickets.length] ?? 'T-00000000';
  return { number, text: `note ${ticket} Called back, the form was sent again (${number})` };
}

/** Signed `/cpms-desk` commands in the helpdesk's channel, answered with a message in the acknowledgement. */
export function slackTarget(name: string, { url, tickets }: Ready): Target {
  return {
    name,
    url,
    next() {
      const { number, text } = typed(tickets);
      const payload = {
        token: 'unused',
        team_id: slack.teamId,
        team_domain: 'bench',
        channel_id: slack.deskChannel,
        channel_name: 'helpdesk',
        user_id: slack.user,
        user_name: 'hanna',
        command: '/cpms-desk',
        text,
        api_app_id: 'A0BENCH',
        response_url: 'https://hooks.slack.com/commands/unused',
        trigger_id: `${number}.bench`,
      };
      const { raw, headers } = sign('command', payload, slack.signingSecret);
      return { body: raw, headers };
    },
    right: (status, body) =>
      status === 200 && (tickets.length === 0 ? body.includes('Noted') : /T-[0-9A-Z]{8}/.test(body)),
  };
}

/** Messages to the bot in the private chat, with a token of the connector; the answer goes through the connector, the status comes after it. */
export function teamsTarget(name: string, { url, tickets, teams: registered }: Ready): Target {
  if (!registered) throw new Error('The server did not say what its tokens are.');
  const { token, appId, tenantId } = registered;
  return {
    name,
    url,
    next() {
      const { number, text } = typed(tickets);
      const activity = {
        type: 'message',
        id: `f:${number}`,
        timestamp: new Date().toISOString(),
        channelId: 'msteams',
        serviceUrl,
        from: { id: `29:1${teams.user}`, name: 'Hanna Helpdesk', aadObjectId: teams.user },
        recipient: { id: `28:${appId}`, name: 'CPMS' },
        conversation: { id: teams.chat, conversationType: 'personal', tenantId },
        channelData: { tenant: { id: tenantId } },
        locale: 'en-GB',
        localTimezone: 'Europe/Amsterdam',
        entities: [],
        textFormat: 'plain',
        text: `cpms-desk ${text}`,
      };
      return {
        body: JSON.stringify(activity),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      };
    },
    right: (status) => status === 200,
  };
}
