import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const production = {
  PUBLIC_URL: 'https://bot.example.org/',
  MASTER_KEY: 'k',
  SMTP_URL: 'smtp://mail.example.org',
  HELPDESK_EMAIL: 'desk@example.org',
};
const slack = { SLACK_SIGNING_SECRET: 's', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_TEAM_ID: 'T1' };

function mistakes(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

describe('the configuration', () => {
  it('is the local mode on loopback where nothing is said', () => {
    expect(readConfig({})).toMatchObject({ local: true, host: '127.0.0.1', port: 3978, dataDir: './data' });
    expect(readConfig({}).publicUrl).toBeUndefined();
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ SLACK_BOT_TOKEN: '', PUBLIC_URL: ' ' })).toMatchObject({ local: true });
  });

  it('takes the whole of production', () => {
    expect(readConfig({ ...production, ...slack })).toMatchObject({
      local: false,
      publicUrl: 'https://bot.example.org',
      slack: { teamId: 'T1' },
    });
  });

  it('names every mistake at once, with its variable', () => {
    const found = mistakes({ SLACK_BOT_TOKEN: 'xoxb-1', PORT: 'many', TEAMS_APP_ID: 'a' });
    for (const name of [
      'PORT',
      'SLACK_SIGNING_SECRET',
      'SLACK_TEAM_ID',
      'TEAMS_APP_PASSWORD',
      'TEAMS_TENANT_ID',
      'PUBLIC_URL',
      'MASTER_KEY',
      'SMTP_URL',
    ]) {
      expect(found.some((mistake) => mistake.startsWith(name))).toBe(true);
    }
  });

  it('installs Slack in listed workspaces alone, unless it is opened to everybody', () => {
    const { SLACK_BOT_TOKEN: _, SLACK_TEAM_ID: __, ...rest } = { ...production, ...slack };
    const app = { ...rest, SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'c' };
    expect(mistakes(app)).toEqual([expect.stringContaining('SLACK_ALLOWED_TEAMS')]);
    expect(mistakes(rest)).toEqual([expect.stringContaining('SLACK_BOT_TOKEN')]);
    expect(mistakes({ ...app, SLACK_ALLOWED_TEAMS: 'T1, workspace' })).toEqual([
      expect.stringContaining('begin with T'),
    ]);
    expect(mistakes({ ...app, SLACK_INSTALL: 'open', SLACK_DESK_CHANNEL: 'C1' })).toEqual([
      expect.stringContaining('SLACK_TEAM_ID'),
    ]);
    expect(mistakes({ ...app, SLACK_INSTALL: 'everybody' })).toContainEqual(expect.stringContaining('SLACK_INSTALL:'));
    expect(readConfig({ ...app, SLACK_ALLOWED_TEAMS: 'T1, E2' }).slack).toMatchObject({
      oauth: { clientId: '1.2', clientSecret: 'c' },
      teams: ['T1', 'E2'],
      open: false,
    });
    expect(readConfig({ ...app, SLACK_INSTALL: 'open' }).slack).toMatchObject({ open: true });
  });

  it('reads a mailbox only where it knows whose word to believe', () => {
    const mailbox = { ...production, IMAP_URL: 'imaps://desk:secret@mail.example.org' };
    expect(mistakes(mailbox)).toEqual([expect.stringMatching(/^IMAP_AUTHSERV_ID/)]);
    expect(readConfig({ ...mailbox, IMAP_AUTHSERV_ID: 'mx.example.org' }).mailbox).toEqual({
      url: 'imaps://desk:secret@mail.example.org',
      server: 'mx.example.org',
    });
    expect(mistakes({ IMAP_URL: 'https://mail.example.org' })).toEqual([
      expect.stringMatching(/^IMAP_URL/),
      expect.stringMatching(/^IMAP_AUTHSERV_ID/),
    ]);
  });

  it('takes a room for meetings by https alone', () => {
    expect(readConfig({ MEETING_URL: 'https://meet.example.org/room' }).meetingUrl).toBe(
      'https://meet.example.org/room',
    );
    expect(mistakes({ MEETING_URL: 'http://meet.example.org/room' })).toEqual([expect.stringMatching(/^MEETING_URL/)]);
  });

  it('refuses the local page beyond this machine', () => {
    expect(mistakes({ HOST: '0.0.0.0' })).toEqual([expect.stringContaining('127.0.0.1')]);
  });

  it('refuses to turn authentication off beside a public address or credentials', () => {
    expect(mistakes({ ...production, TEAMS_PLAYGROUND: '1' })).toEqual([expect.stringContaining('TEAMS_PLAYGROUND')]);
    expect(readConfig({ TEAMS_PLAYGROUND: '1' })).toMatchObject({ local: true, teams: { unauthenticated: true } });
  });

  it('refuses a public address without TLS, save on this machine', () => {
    expect(mistakes({ ...production, ...slack, PUBLIC_URL: 'http://bot.example.org' })).toEqual([
      expect.stringContaining('https://'),
    ]);
    expect(mistakes({ ...production, ...slack, PUBLIC_URL: 'http://127.0.0.1:3978' })).toEqual([]);
  });

  it('has each of its variables documented in .env.example', () => {
    const documented = new Set(
      [...readFileSync('.env.example', 'utf8').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]),
    );
    const known = new Set(
      [...readFileSync('config.ts', 'utf8').matchAll(/^ {2}([A-Z_]+):/gm)].map((match) => match[1]),
    );
    expect(documented).toEqual(known);
  });
});
