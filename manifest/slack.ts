/** A command as a manifest shows it; `desk` for the helpdesk's own. */
export interface ManifestCommand {
  readonly name: string;
  readonly desk: boolean;
  /** One sentence for whoever reads the list. */
  readonly help: string;
  /** Left out where a platform's list is short. */
  readonly unlisted?: boolean;
}

/** An entry under 'Shortcuts', or in the menu of a message. */
export interface ManifestShortcut {
  readonly name: string;
  readonly type: 'global' | 'message';
  readonly callback_id: string;
  readonly description: string;
}

export interface SlackManifestInput {
  /** https, without a path. */
  readonly publicUrl: string;
  readonly name: string;
  readonly description: string;
  readonly commands: readonly ManifestCommand[];
  /** What the two slash commands are for. */
  readonly slash: Readonly<Record<'cpms' | 'desk', string>>;
  readonly shortcuts: readonly ManifestShortcut[];
  /** The bot token's scopes and the events, as the Slack adapter needs them. */
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  /** Where an installation comes back to, for an app that several workspaces install; without it, the token is taken from the app's own page. */
  readonly redirectUrl?: string;
}

const usageLimit = 1_000;
const slashLimit = 2_000;

/**
 * Slack's app manifest (schema version 1 of 'App manifest reference', api.slack.com) as plain data: two slash commands with the names
 * of the table as their hint, the shortcuts, one address for everything that Slack sends, App Home with messages. No user scope, no socket mode.
 * With `redirectUrl` it can be installed in whole organisations and its tokens end after twelve hours; without, the token of the app's page must not end.
 * Throws for an address that is not https.
 */
export function slackManifest(input: SlackManifestInput) {
  const url = `${httpsOrigin(input.publicUrl)}/slack/events`;
  const slash = (command: string, description: string, desk: boolean) => ({
    command,
    url,
    description: description.slice(0, slashLimit),
    usage_hint: `[${input.commands
      .filter((one) => one.desk === desk)
      .map(({ name }) => name)
      .join(' | ')}]`.slice(0, usageLimit),
    should_escape: false,
  });
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: input.name.slice(0, 35),
      description: input.description.slice(0, 140),
      background_color: '#0f5c63',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: input.name.slice(0, 80), always_online: true },
      shortcuts: input.shortcuts.map((one) => ({ ...one, description: one.description.slice(0, 150) })),
      slash_commands: [slash('/cpms', input.slash.cpms, false), slash('/cpms-desk', input.slash.desk, true)],
    },
    oauth_config: {
      ...(input.redirectUrl ? { redirect_urls: [input.redirectUrl] } : {}),
      scopes: { bot: [...input.scopes] },
    },
    settings: {
      event_subscriptions: { request_url: url, bot_events: [...input.events] },
      interactivity: { is_enabled: true, request_url: url, message_menu_options_url: url },
      org_deploy_enabled: input.redirectUrl !== undefined,
      socket_mode_enabled: false,
      token_rotation_enabled: input.redirectUrl !== undefined,
    },
  };
}

/** The origin of a public address. Throws unless it is https and has no path: both platforms take nothing else. */
export function httpsOrigin(publicUrl: string): string {
  const url = new URL(publicUrl);
  if (url.protocol !== 'https:' || url.pathname !== '/' || url.search !== '')
    throw new Error('the public URL must be https://… without a path');
  return url.origin;
}
