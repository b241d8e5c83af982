import { z } from 'zod';

const tenant = z.string().regex(/^[TE][A-Z0-9]{1,30}$/);

/** What the adapter has to know. One of `botToken` and `oauth`, or both: the app's own workspace by its token, others by installing. */
export const slackConfig = z
  .object({
    signingSecret: z.string().min(16),
    /** The token of the app's own page, for the one workspace that it was installed in there. */
    botToken: z.string().startsWith('xox').optional(),
    /** The app's credentials: with them it is installed by the page `/slack/install`, in several workspaces and whole organisations. */
    oauth: z.object({ clientId: z.string().min(1), clientSecret: z.string().min(1) }).optional(),
    /** Requests for any other app are refused; without it, the app's id is the one that was noted at the installation. */
    appId: z
      .string()
      .regex(/^A[A-Z0-9]+$/)
      .optional(),
    /** The workspace (T…) or organisation (E…) of the token and of the helpdesk's channel; without it, Slack is asked whose the token is. */
    teamId: tenant.optional(),
    /** Further workspaces and organisations that may install the app; an organisation's own workspaces may too. */
    teams: z.array(tenant).readonly().default([]),
    /** Everybody may install it. */
    open: z.boolean().default(false),
    /** The helpdesk's channel: C… or G…; the bot must be invited to it. */
    deskChannel: z
      .string()
      .regex(/^[CG][A-Z0-9]+$/)
      .optional(),
    /** Slack's Web API, for a test's. */
    apiUrl: z.url().optional(),
  })
  .refine(({ botToken, oauth }) => botToken !== undefined || oauth !== undefined, {
    message: 'give botToken, oauth, or both',
  })
  .refine(({ deskChannel, teamId, botToken }) => !deskChannel || teamId !== undefined || botToken !== undefined, {
    message: 'deskChannel needs teamId: the workspace that it is in',
  });
export type SlackConfig = z.input<typeof slackConfig>;
export type CheckedConfig = z.output<typeof slackConfig>;

/** Whether the app may be installed in, and answer, this workspace or organisation. Fails closed: with nothing listed, nobody may. */
export function admits(config: CheckedConfig, tenant: string, enterprise: string | undefined): boolean {
  if (config.open) return true;
  return [config.teamId, ...config.teams].some((one) => one !== undefined && (one === tenant || one === enterprise));
}

/** Where Slack's requests arrive. */
export const endpoint = '/slack/events';
/** The pages of the installation. */
export const installPath = '/slack/install';
export const redirectPath = '/slack/oauth_redirect';
