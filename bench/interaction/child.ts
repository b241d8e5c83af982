// One server under test, started by bench/interaction.ts; it ends with its parent.
import { startBareSlack, startBareTeams } from './bare.ts';
import { startOurs } from './ours.ts';
import { type Order, type Ready, slack, teams } from './settings.ts';

/** A running server, and how many commands it has made durable. */
interface Under {
  readonly ready: Ready;
  readonly done?: () => Promise<number>;
}

async function begin({ kind, folder, apiUrl }: Order): Promise<Under> {
  if (kind === 'slack-bare') return { ready: { url: `${await startBareSlack(folder)}/slack/events`, tickets: [] } };
  if (kind === 'slack') {
    const variables = {
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_TEAM_ID: slack.teamId,
      SLACK_DESK_CHANNEL: slack.deskChannel,
      SLACK_API_URL: apiUrl,
    };
    return ours(folder, variables, 'slack/events', { platform: 'slack', tenant: slack.teamId, user: slack.user });
  }
  // Loaded here only: nock takes hold of every HTTP call of its process.
  const { startMicrosoft } = await import('../../test/teams/microsoft.ts');
  const { createScreen } = await import('../../test/teams/screen.ts');
  // Messages are forgotten as soon as they are answered for: a screen that keeps them would be measured too.
  const screen = createScreen();
  let id = 0;
  const microsoft = await startMicrosoft({ ...screen, connector: () => [201, { id: `1700000000${(id += 1)}` }] });
  const { appId, appPassword, tenantId } = microsoft;
  const token = await microsoft.token();
  const more = { teams: { token, appId, tenantId } };
  if (kind === 'teams-bare') {
    const url = await startBareTeams(folder, microsoft);
    return { ready: { url: `${url}/api/messages`, tickets: [], ...more } };
  }
  const variables = {
    TEAMS_APP_ID: appId,
    TEAMS_APP_PASSWORD: appPassword,
    TEAMS_TENANT_ID: tenantId,
  };
  const under = await ours(folder, variables, 'api/messages', {
    platform: 'teams',
    tenant: tenantId,
    user: teams.user,
  });
  return { ...under, ready: { ...under.ready, ...more } };
}

async function ours(
  folder: string,
  variables: Readonly<Record<string, string>>,
  path: string,
  helpdesk: Parameters<typeof startOurs>[2],
): Promise<Under> {
  const { running, tickets } = await startOurs(folder, variables, helpdesk);
  return {
    ready: { url: `${running.url}/${path}`, tickets },
    done: async () => {
      let notes = 0;
      for (const ticket of tickets) {
        const trail = await running.ports.store.trail('ticket', ticket);
        notes += trail.filter(({ event }) => event.type === 'ticket-noted').length;
      }
      return notes;
    },
  };
}

process.on('disconnect', () => process.exit(0));
process.once('message', (order: Order) => {
  begin(order).then(
    ({ ready, done }) => {
      process.on('message', (question) => {
        if (question === 'processor') process.send?.({ processor: process.cpuUsage() });
        else void done?.().then((notes) => process.send?.({ notes }));
      });
      process.send?.({ ready });
    },
    (error: unknown) => {
      process.stderr.write(`${order.kind}: ${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
