import { z } from 'zod';

const id = z.string().min(1).max(64);
const named = z.object({ id }).nullish();

/** Where every kind of payload says which workspace and organisation it comes from. */
const origin = z.object({
  api_app_id: id.nullish(),
  team_id: id.nullish(),
  team: named,
  enterprise_id: z.string().max(64).nullish(),
  enterprise: named,
  user: z.object({ team_id: id.nullish() }).nullish().catch(undefined),
  event: z.object({ user_team: id.nullish(), source_team: id.nullish() }).nullish(),
});

/**
 * Whether a verified payload belongs to `tenant`, the workspace's id (T…), or for an app that is installed on a whole organisation the
 * enterprise's (E…). A person of another workspace, who meets the bot in a channel shared over Slack Connect, does not belong: their
 * user id is vouched for by somebody else. With `appId`, payloads for another app are refused too. Fails closed.
 */
export function belongs(body: unknown, tenant: string, appId?: string): boolean {
  const parsed = origin.safeParse(body);
  if (!parsed.success) return false;
  const { api_app_id, team_id, team, enterprise_id, enterprise, user, event } = parsed.data;
  if (appId !== undefined && api_app_id !== appId) return false;
  const organisation = enterprise_id || enterprise?.id;
  if (tenant.startsWith('E')) return organisation === tenant;
  if ((team_id ?? team?.id) !== tenant) return false;
  const home = [user?.team_id, event?.user_team, event?.source_team].filter((one) => one !== null && one !== undefined);
  return home.every((one) => one === tenant || (organisation !== undefined && one === organisation));
}
