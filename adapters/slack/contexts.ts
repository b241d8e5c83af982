import type { SlackContext } from './context.ts';
import { belongs, candidates } from './incoming/tenant.ts';
import type { Installation, Installations } from './install/installations.ts';

/** One context for each installation: nothing of it is shared between workspaces but the database. */
export interface Contexts {
  /** The context of an installation; undefined where the app is not installed there, or is not meant to be. */
  of(tenant: string): Promise<SlackContext | undefined>;
  /**
   * The context that a verified payload belongs to; undefined for a workspace without installation, for one that is not on the list, for another app's payload,
   * and for what people of other workspaces do. Throws where it cannot be told.
   */
  forPayload(body: unknown): Promise<SlackContext | undefined>;
  /** The workspace of the app's own token or of the helpdesk's channel. Throws where there is none, or Slack cannot say. */
  home(): Promise<string>;
}

export interface ContextsParts {
  readonly installations: Installations;
  /** The workspace (T…) or organisation (E…) that the app's own token is of; undefined where there is no such token. */
  readonly fixed: (() => Promise<string>) | undefined;
  /** Where the helpdesk's channel is, when there is no fixed token. */
  readonly homeId: string | undefined;
  readonly appId: string | undefined;
  readonly admits: (tenant: string, enterprise: string | undefined) => boolean;
  readonly make: (tenant: string, installation: Installation | undefined) => SlackContext;
}

/** Looks each installation up anew, so that one that is gone is gone at once, in every process. */
export function contexts(parts: ContextsParts): Contexts {
  const { installations, fixed, admits, make } = parts;
  const made = new Map<string, { readonly context: SlackContext; readonly installedAt: string | undefined }>();

  const home = async (): Promise<string> => {
    if (fixed) return fixed();
    if (parts.homeId === undefined) throw new Error('no home workspace is configured');
    return parts.homeId;
  };

  const of = async (tenant: string): Promise<SlackContext | undefined> => (await look(tenant))?.context;

  const look = async (
    tenant: string,
  ): Promise<{ readonly context: SlackContext; readonly appId: string | undefined } | undefined> => {
    const installation = await installations.find(tenant);
    const own = installation === undefined && fixed !== undefined && (await fixed()) === tenant;
    if (!own && !(installation && admits(tenant, installation.enterprise))) {
      made.delete(tenant);
      return undefined;
    }
    const appId = parts.appId ?? installation?.appId;
    const known = made.get(tenant);
    if (known && known.installedAt === installation?.installedAt) return { context: known.context, appId };
    const context = make(tenant, installation);
    made.set(tenant, { context, installedAt: installation?.installedAt });
    return { context, appId };
  };

  return {
    of,
    home,
    async forPayload(body) {
      for (const tenant of candidates(body)) {
        const found = await look(tenant);
        if (found) return belongs(body, tenant, found.appId) ? found.context : undefined;
      }
      return undefined;
    },
  };
}
