import { z } from 'zod';

const id = z.string().min(1).max(64);
const named = z.object({ id }).nullish();
const flag = z.union([z.boolean(), z.literal('true'), z.literal('false')]).nullish();

/** Where every kind of payload says which workspace and organisation it comes from. */
const origin = z.object({
  api_app_id: id.nullish(),
  team_id: id.nullish(),
  team: named,
  enterprise_id: z.string().max(64).nullish(),
  enterprise: named,
  is_enterprise_install: flag,
  /** Of an event: the installation that it is sent for. In a channel that two organisations share, its `team_id` may be the other one's. */
  authorizations: z
    .array(z.object({ team_id: id.nullish(), enterprise_id: id.nullish(), is_enterprise_install: flag }))
    .nullish(),
  user: z.object({ team_id: id.nullish() }).nullish().catch(undefined),
  event: z.object({ user_team: id.nullish(), source_team: id.nullish() }).nullish(),
});

/**
 * The tenants whose installation a verified payload may have been sent for, the likeliest first: the workspace's id (T…), then the organisation's (E…); of an
 * installation on a whole organisation that one alone. None where the payload does not say.
 */
export function candidates(body: unknown): readonly string[] {
  const parsed = origin.safeParse(body);
  if (!parsed.success) return [];
  const { team_id, team, enterprise_id, enterprise, is_enterprise_install, authorizations } = parsed.data;
  const sentFor = authorizations?.[0];
  const organisation = sentFor?.enterprise_id || enterprise_id || enterprise?.id;
  const workspace = sentFor?.team_id ?? team_id ?? team?.id;
  const whole = [is_enterprise_install, sentFor?.is_enterprise_install].some((one) => one === true || one === 'true');
  return (whole ? [organisation] : [workspace, organisation]).filter((one) => one !== undefined && one !== null);
}

/**
 * Whether a verified payload belongs to `tenant`, the workspace's id (T…), or for an app that is installed on a whole organisation the
 * enterprise's (E…). A person of another workspace, who meets the bot in a channel shared over Slack Connect, does not belong: their
 * user id is vouched for by somebody else. With `appId`, payloads for another app are refused too. Fails closed.
 */
export function belongs(body: unknown, tenant: string, appId?: string): boolean {
  const parsed = origin.safeParse(body);
  if (!parsed.success) return false;
  const { api_app_id, team_id, team, enterprise_id, enterprise, authorizations, user, event } = parsed.data;
  if (appId !== undefined && api_app_id !== appId) return false;
  const organisation = enterprise_id || enterprise?.id;
  const home = [user?.team_id, event?.user_team, event?.source_team].filter((one) => one !== null && one !== undefined);
  if (tenant.startsWith('E')) {
    const sentFor = authorizations?.[0];
    return (organisation ?? sentFor?.enterprise_id) === tenant;
  }
  const ours = home.every((one) => one === tenant || (organisation !== undefined && one === organisation));
  // What happens in a channel of another organisation's is for us where Slack says so and its author is ours.
  const elsewhere = authorizations?.[0]?.team_id === tenant && home.length > 0;
  return ours && ((team_id ?? team?.id) === tenant || elsewhere);
}
