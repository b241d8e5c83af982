import { isRefusal, refuse } from '../../domain/decider.ts';
import { system } from '../../domain/people.ts';
import { type SignIn, SignInRefused } from '../../domain/sign-in.ts';
import type { Ports } from '../context.ts';
import type { Step } from '../execute.ts';
import { execute, isRepeated } from '../execute.ts';
import { actorOf, nameOf } from '../who.ts';
import { wordsOf } from '../words.ts';
import { createLink, refused, seeLink, takeLink } from './links.ts';
import type { SignInPage } from './pages.ts';

/** How long the way to EU Login and back may take, in minutes. */
const signInMinutes = 10;

/** The address that begins the sign-in with EU Login for this person's registration. */
export async function signInLink(ports: Ports, person: string, registration: string): Promise<string> {
  const { token } = await createLink(ports, { page: 'sign-in', person, ref: registration }, signInMinutes);
  return `${ports.settings.publicUrl}/sign-in/${token}`;
}

/** To EU Login and back: what the provider vouches for becomes 'verified' on the registration's second track. */
export function createSignInPage(ports: Ports): SignInPage {
  return {
    async look(token) {
      const target = await seeLink(ports, token, ['sign-in']);
      return target ? { name: await nameOf(ports, target.person) } : refused(ports, refuse('link.used-or-over'));
    },
    async start(token) {
      const target = await takeLink(ports, token, ['sign-in']);
      if (!target || !ports.signIn) return refused(ports, refuse('link.used-or-over'));
      const state = ports.ids.token();
      try {
        const { url, secrets } = await ports.signIn.start(state);
        const expiresAt = new Date(Date.parse(ports.clock.now()) + signInMinutes * 60_000).toISOString();
        await ports.kept.put(
          `sign-in:${state}`,
          JSON.stringify({ person: target.person, ref: target.ref, secrets }),
          expiresAt,
        );
        return { url };
      } catch (error) {
        ports.log.warn(
          { error: error instanceof SignInRefused ? error.code : 'unreachable' },
          'the sign-in could not begin',
        );
        return refused(ports, refuse('sign-in.unreachable'), target.person);
      }
    },
    async finish(callbackUrl) {
      const state = new URL(callbackUrl).searchParams.get('state') ?? '';
      const kept = await ports.kept.take(`sign-in:${state}`);
      if (kept === undefined || !ports.signIn) return refused(ports, refuse('sign-in.state'));
      const { person, ref, secrets } = JSON.parse(kept) as { person: string; ref: string; secrets: string };
      try {
        const shown = await ports.signIn.finish(callbackUrl, state, secrets);
        return await recordSignIn(ports, person, ref, shown);
      } catch (error) {
        const code = error instanceof SignInRefused ? error.code : 'failed';
        ports.log.warn({ error: code }, 'a sign-in was refused');
        return refused(ports, refuse('sign-in.refused', { code }), person);
      }
    },
  };
}

/**
 * Writes down what the provider vouches for. An account shows that the person has one; that this is the person themselves (rule 8) only the account of their own address shows.
 */
async function recordSignIn(
  ports: Ports,
  person: string,
  id: string,
  { secondFactor, email }: Pick<Awaited<ReturnType<SignIn['finish']>>, 'secondFactor' | 'email'>,
) {
  const { state } = await ports.store.load('registration', id);
  const [actor, details] = await Promise.all([actorOf(ports, person), ports.store.person(person)]);
  const themselves = email !== undefined && email.toLowerCase() === details?.email.toLowerCase();
  const steps: Step[] = [];
  if (state.account === 'none')
    steps.push({ kind: 'registration', id, command: { type: 'registration.account-created', proof: 'verified' } });
  if (secondFactor && state.proof !== 'verified')
    steps.push({
      kind: 'registration',
      id,
      command: { type: 'registration.second-factor', method: state.factor ?? 'unnamed', proof: 'verified' },
    });
  if (!actor.verified && themselves)
    steps.push({ kind: 'person', id: person, command: { type: 'person.verify', method: 'eu-login' }, as: system });
  const done = await execute(ports, { ...actor, verified: actor.verified || themselves }, steps);
  if (isRefusal(done)) return refused(ports, done, person);
  if (isRepeated(done)) return refused(ports, refuse('sign-in.state'), person);
  const say = wordsOf(details?.language ?? 'en');
  return { words: say(secondFactor ? 'registration:sign-in.both' : 'registration:sign-in.account-only') };
}
