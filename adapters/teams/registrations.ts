import { readFileSync } from 'node:fs';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import { CertificateServiceClientCredentialsFactory } from 'botframework-connector';
import { parse } from 'yaml';
import * as z from 'zod';
import { createKeys, type Keys } from './keys-of-microsoft.ts';

const guid = z.guid().transform((id) => id.toLowerCase());
const registration = z
  .strictObject({
    appId: guid,
    /** The tenant of the registration: a single-tenant bot, or the tenant of the managed identity. */
    tenantId: guid,
    /** The Entra tenants whose people are let in; the registration's own where the list is empty. */
    allowedTenants: z.array(guid).default([]),
    secret: z.string().min(1).optional(),
    /** A PEM file that holds the certificate and its private key. */
    certificateFile: z.string().min(1).optional(),
    /** The user-assigned managed identity of the machine, whose client id is the app id. */
    managedIdentity: z.literal(true).optional(),
  })
  .refine(({ secret, certificateFile, managedIdentity }) => one(secret, certificateFile, managedIdentity), {
    message: 'give one of secret, certificateFile and managedIdentity',
  });

/** A bot's registration in Entra: the network's own, or that of a hospital which lets in its own bots alone. */
export type Registration = z.infer<typeof registration>;

/** One registration at work: who calls with its tokens, and how to write in its name. */
export interface Front {
  /** The app's id in lower case; '' in the local mode. */
  readonly appId: string;
  readonly authentication: ConfigurationBotFrameworkAuthentication;
  readonly adapter: CloudAdapter;
  /** Entra tenants whose people are let in, in lower case; empty lets every tenant in, and is for the local mode alone. */
  readonly tenants: ReadonlySet<string>;
  readonly keys: Keys;
}

/**
 * Reads further registrations from a YAML file: a list of app id, tenant, tenants let in, and one credential each. Throws an Error that names the
 * file and each mistake, and never quotes a value.
 */
export function readRegistrations(file: string): readonly Registration[] {
  const read = z
    .array(registration)
    .min(1)
    .safeParse(parse(readFileSync(file, 'utf8')));
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the list'}: ${message}`);
  throw new Error(`Teams: ${file} cannot be used: ${mistakes.join('; ')}`);
}

/**
 * Puts registrations to work, by app id. Throws an Error with a sentence for the operator where two have the same id, or a certificate cannot be
 * read. `each` is what every turn runs through.
 */
export function createFronts(
  registrations: readonly Registration[],
  each: (context: TurnContext, next: () => Promise<void>) => Promise<void>,
): ReadonlyMap<string, Front> {
  const fronts = new Map<string, Front>();
  for (const one of registrations) {
    if (fronts.has(one.appId)) throw new Error(`Teams: two registrations have the app id ${one.appId}.`);
    const tenants = new Set(one.allowedTenants.length > 0 ? one.allowedTenants : [one.tenantId]);
    fronts.set(one.appId, front(one.appId, authenticationOf(one), tenants, each));
  }
  return fronts;
}

/** The one front of the local mode: no tokens, no tenants. */
export function createOpenFront(each: Parameters<typeof createFronts>[1]): Front {
  return front('', new ConfigurationBotFrameworkAuthentication({}), new Set(), each);
}

function front(
  appId: string,
  authentication: ConfigurationBotFrameworkAuthentication,
  tenants: ReadonlySet<string>,
  each: Parameters<typeof createFronts>[1],
): Front {
  const adapter = new CloudAdapter(authentication);
  adapter.use(each);
  return { appId, authentication, adapter, tenants, keys: createKeys(authentication, appId) };
}

function authenticationOf(one: Registration): ConfigurationBotFrameworkAuthentication {
  const names = { MicrosoftAppId: one.appId, MicrosoftAppTenantId: one.tenantId };
  if (one.managedIdentity)
    return new ConfigurationBotFrameworkAuthentication({ ...names, MicrosoftAppType: 'UserAssignedMSI' });
  if (one.certificateFile === undefined)
    return new ConfigurationBotFrameworkAuthentication({
      ...names,
      MicrosoftAppPassword: one.secret ?? '',
      MicrosoftAppType: 'SingleTenant',
    });
  const pem = readFileSync(one.certificateFile, 'utf8');
  const [certificate] = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem) ?? [];
  const [key] = /-----BEGIN (\w+ )?PRIVATE KEY-----[\s\S]+?-----END (\w+ )?PRIVATE KEY-----/.exec(pem) ?? [];
  if (!certificate || !key)
    throw new Error(`Teams: ${one.certificateFile} must hold a certificate and its private key, as PEM.`);
  return new ConfigurationBotFrameworkAuthentication(
    { ...names, MicrosoftAppType: 'SingleTenant' },
    new CertificateServiceClientCredentialsFactory(one.appId, certificate, key, one.tenantId),
  );
}

function one(...values: readonly unknown[]): boolean {
  return values.filter((value) => value !== undefined).length === 1;
}
