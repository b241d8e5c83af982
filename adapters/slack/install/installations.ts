import { z } from 'zod';
import type { Kept } from '../../../domain/memory-ports.ts';

const id = z.string().regex(/^[TE][A-Z0-9]{1,30}$/);

/**
 * The app in one workspace (T…) or, installed by an organisation's administrator, in all of one organisation (E…). It is kept sealed, its
 * tokens with it.
 */
const installation = z.object({
  tenant: id,
  /** What Slack calls it: for the operator's list and the installation page. */
  name: z.string().max(200),
  /** The organisation that a workspace belongs to. */
  enterprise: id.optional(),
  appId: z.string().min(1),
  /** The bot's user id there; `tokens_revoked` names tokens by it. */
  botUser: z.string().min(1),
  token: z.string().min(1),
  scopes: z.array(z.string()),
  installedAt: z.iso.datetime(),
  /** With token rotation: what buys the next token, and until when this one is good. */
  refreshToken: z.string().min(1).optional(),
  expiresAt: z.iso.datetime().optional(),
  /** Why it does not work any more although it is there: a code of Slack's. It must be installed again. */
  broken: z.string().optional(),
});
export type Installation = z.infer<typeof installation>;

/** The installations in our own database. */
export interface Installations {
  find(tenant: string): Promise<Installation | undefined>;
  put(installation: Installation): Promise<void>;
  /** Forgets the installation and everything that was kept about its chats. */
  remove(tenant: string): Promise<void>;
  list(): Promise<readonly Installation[]>;
}

const all = 'slack:install:';

/** Sealed rows: `slack:install:<tenant>`. A row that is not ours throws ZodError. */
export function installations(kept: Kept): Installations {
  const opened = (value: string) => installation.parse(JSON.parse(value));
  return {
    async find(tenant) {
      const value = await kept.get(all + tenant);
      return value === undefined ? undefined : opened(value);
    },
    put: (given) => kept.put(all + given.tenant, JSON.stringify(installation.parse(given))),
    async remove(tenant) {
      await kept.delete(all + tenant);
      for (const what of ['im', 'hello']) await kept.deleteAll(`slack:${what}:${tenant}:`);
    },
    list: async () => (await kept.list(all)).map(opened),
  };
}
