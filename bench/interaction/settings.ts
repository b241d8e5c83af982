/** The servers that are measured: each is a process of its own. */
export const kinds = ['slack', 'slack-bare', 'teams', 'teams-bare'] as const;
export type Kind = (typeof kinds)[number];

/** What the parent tells a server. */
export interface Order {
  readonly kind: Kind;
  /** A folder of its own. */
  readonly folder: string;
  /** Where Slack's Web API is played. */
  readonly apiUrl: string;
}

/** What a server says when it is ready to be measured. */
export interface Ready {
  readonly url: string;
  /** Tickets to write notes on. */
  readonly tickets: readonly string[];
  /** For Teams: what an activity must carry. */
  readonly teams?: { readonly token: string; readonly appId: string; readonly tenantId: string };
}

export const slack = {
  signingSecret: '0123456789abcdef0123456789abcdef',
  botToken: 'xoxb-bench-0001',
  teamId: 'T000000001',
  deskChannel: 'C0HELPDESK',
  /** The helpdesk's person who types. */
  user: 'U0HELPDESK',
} as const;

export const teams = {
  user: '7b0c2f7e-1b1a-4c8e-9d5b-0f6f2a6f0001',
  chat: 'a:1bench',
} as const;
