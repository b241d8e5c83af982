import { type FileHandle, open } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { slack } from './settings.ts';

/** A file to which one line is appended at a time, and seen onto the disk. */
async function journal(folder: string): Promise<(text: string) => Promise<void>> {
  const file: FileHandle = await open(join(folder, 'notes.log'), 'a', 0o600);
  return async (text) => {
    await file.appendFile(`${JSON.stringify(text)}\n`);
    await file.sync();
  };
}

/** The least that a durable Slack bot can be: Bolt, one fsynced append, an acknowledgement. Gives its address. */
export async function startBareSlack(folder: string): Promise<string> {
  const { App, ExpressReceiver } = await import('@slack/bolt');
  const append = await journal(folder);
  const receiver = new ExpressReceiver({ signingSecret: slack.signingSecret, processBeforeResponse: true });
  const app = new App({ receiver, authorize: async () => ({ botToken: slack.botToken }) });
  app.command('/cpms-desk', async ({ command, ack }) => {
    await append(command.text);
    await ack({ response_type: 'ephemeral', text: `Noted: ${command.text}` });
  });
  const server = (await receiver.start({ port: 0, host: '127.0.0.1' })) as Server;
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The least that a durable Teams bot can be: the Bot Framework's own adapter and JWT checks, one fsynced append, an echo. Gives its address. */
export async function startBareTeams(
  folder: string,
  registration: { readonly appId: string; readonly appPassword: string; readonly tenantId: string },
): Promise<string> {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = await import('botbuilder');
  const { default: express } = await import('express');
  const append = await journal(folder);
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication({
      MicrosoftAppId: registration.appId,
      MicrosoftAppPassword: registration.appPassword,
      MicrosoftAppTenantId: registration.tenantId,
      MicrosoftAppType: 'SingleTenant',
    }),
  );
  const app = express();
  app.use(express.json());
  app.post('/api/messages', async (request, response) => {
    await adapter.process(request, response, async (context) => {
      await append(context.activity.text);
      await context.sendActivity(`Noted: ${context.activity.text}`);
    });
  });
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
