import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Who } from '../../bot/interaction.ts';
import type { Clock } from '../../domain/ports.ts';
import { cataloguedWords, type Words } from './words.ts';

const profile = z.object({
  user: z.object({
    tz: z.string().max(100).nullish(),
    locale: z.string().max(50).nullish(),
    real_name: z.string().max(300).nullish(),
    profile: z
      .object({ display_name: z.string().max(300).nullish(), real_name: z.string().max(300).nullish() })
      .nullish(),
  }),
});

type Known = Pick<Who, 'name' | 'language' | 'zone'>;

const minutes = 60_000;
const keptFor = 10 * minutes;
const failureKeptFor = minutes / 2;
const most = 5000;

/** Who somebody is, as the platform's profile has it. */
export interface People {
  /** Name, language and zone from `users.info`, kept for ten minutes; without them where Slack does not answer within `patience` ms. */
  who(user: string): Promise<Who>;
  /** The adapter's own sentences in the language of the profile; English while that is not known. */
  words(user: string): Words;
  forget(user: string): void;
}

/** Reads profiles; they greet and word, and never decide. */
export function people(
  slack: webApi.WebClient,
  tenant: string,
  clock: Clock,
  failed: (error: unknown) => void,
  patience = 700,
): People {
  const known = new Map<string, { readonly until: number; readonly known: Promise<Known> }>();
  const languages = new Map<string, string>();

  const look = async (user: string): Promise<Known> => {
    const answer = profile.parse(await slack.users.info({ user, include_locale: true })).user;
    if (languages.size >= most) languages.clear();
    if (answer.locale) languages.set(user, answer.locale);
    const name = answer.profile?.display_name || answer.profile?.real_name || answer.real_name;
    return {
      ...(name ? { name } : {}),
      ...(answer.locale ? { language: answer.locale } : {}),
      ...(answer.tz ? { zone: answer.tz } : {}),
    };
  };

  const cached = (user: string): Promise<Known> => {
    const now = Date.parse(clock.now());
    const entry = known.get(user);
    if (entry && entry.until > now) return entry.known;
    if (known.size >= most) known.clear();
    const looked = look(user).catch((error: unknown) => {
      failed(error);
      known.set(user, { until: now + failureKeptFor, known: Promise.resolve({}) });
      return {};
    });
    known.set(user, { until: now + keptFor, known: looked });
    return looked;
  };

  return {
    async who(user) {
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise<Known>((resolve) => {
        timer = setTimeout(() => resolve({}), patience);
      });
      const details = await Promise.race([cached(user), enough]);
      clearTimeout(timer);
      return { identity: { platform: 'slack', tenant, user }, ...details };
    },
    words: (user) => cataloguedWords(languages.get(user)),
    forget: (user) => void known.delete(user),
  };
}
