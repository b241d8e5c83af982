import { unseen } from '../../domain/access.ts';
import { isRefusal, refuse } from '../../domain/decider.ts';
import { directoryId } from '../../domain/entities.ts';
import { system } from '../../domain/people.ts';
import { SignInRefused } from '../../domain/sign-in.ts';
import type { Ports } from '../context.ts';
import type { Step } from '../execute.ts';
import { execute, isRepeated } from '../execute.ts';
import { seemsIdentifying } from '../guard.ts';
import { actorOf, nameOf } from '../who.ts';
import { languageOf, wordsOf } from '../words.ts';
import { createLink, type PageSession, refused, sessionOf, takeLink } from './links.ts';
import type { DecisionPage, DecisionState, Refused, SignInPage } from './pages.ts';

/** The address with which a lead who is not in the chat decides: one use, so many days as configured. */
export async function decisionLink(ports: Ports, person: string, registration: string): Promise<string> {
  const { token } = await createLink(
    ports,
    { page: 'decision', person, ref: registration },
    ports.settings.decisionDays * 24 * 60,
  );
  return `${ports.settings.publicUrl}/d/${token}`;
}

/** The lead's page: the same command as the button in the chat, in the name of the person whom the link was mailed to. */
export function createDecisionPage(ports: Ports): DecisionPage {
  const look = async (session: PageSession): Promise<DecisionState | Refused> => {
    const { state } = await ports.store.load('registration', session.ref);
    const [actor, { state: directory }, details] = await Promise.all([
      actorOf(ports, session.person),
      ports.store.load('directory', directoryId),
      ports.store.person(session.person),
    ]);
    // The link came to the person's own address in the directory: whoever holds it is verified by that (rule 8).
    const refusal = unseen({ ...actor, verified: true }, 'registration', { owner: state.person, hcp: state.hcp });
    if (refusal) return refused(ports, refusal, session.person);
    return {
      language: languageOf(details?.language) ?? 'en',
      expiresAt: session.expiresAt,
      applicant: await nameOf(ports, state.person),
      as: state.as,
      hcp: directory.hcps[state.hcp]?.name ?? state.hcp,
      requestedAt: state.requestedAt ?? state.since,
      ...(state.stage === 'awaiting-lead'
        ? {}
        : { outcome: state.stage === 'declined' ? ('declined' as const) : ('authorised' as const) }),
    };
  };
  return {
    async look(token) {
      const session = await sessionOf(ports, token, 'decision');
      return session ? look(session) : refused(ports, refuse('link.session-over'));
    },
    async decide(token, outcome, reason) {
      const session = await sessionOf(ports, token, 'decision');
      if (!session) return refused(ports, refuse('link.session-over'));
      const text = reason?.trim() ?? '';
      if (outcome === 'declined' && seemsIdentifying(text).length > 0)
        return refused(ports, refuse('text.identifying'), session.person);
      const id = ports.ids.next('X');
      const actor = { ...(await actorOf(ports, session.person)), verified: true };
      const command = {
        type: 'registration.decide',
        outcome,
        via: 'link',
        ...(outcome === 'declined' && text ? { reason: id } : {}),
      } as const;
      const done = await execute(ports, actor, [{ kind: 'registration', id: session.ref, command }], {
        rows:
          outcome === 'declined' && text
            ? [{ row: 'text', id, owner: `registration/${session.ref}`, value: text }]
            : [],
      });
      return isRefusal(done) ? refused(ports, done, session.person) : look(session);
    },
  };
}

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
        return await recordSignIn(ports, person, ref, shown.secondFactor);
      } catch (error) {
        const code = error instanceof SignInRefused ? error.code : 'failed';
        ports.log.warn({ error: code }, 'a sign-in was refused');
        return refused(ports, refuse('sign-in.refused', { code }), person);
      }
    },
  };
}

async function recordSignIn(ports: Ports, person: string, id: string, secondFactor: boolean) {
  const { state } = await ports.store.load('registration', id);
  const actor = await actorOf(ports, person);
  const steps: Step[] = [];
  if (state.account === 'none')
    steps.push({ kind: 'registration', id, command: { type: 'registration.account-created', proof: 'verified' } });
  if (secondFactor && state.proof !== 'verified')
    steps.push({
      kind: 'registration',
      id,
      command: { type: 'registration.second-factor', method: state.factor ?? 'unnamed', proof: 'verified' },
    });
  if (!actor.verified)
    steps.push({ kind: 'person', id: person, command: { type: 'person.verify', method: 'eu-login' }, as: system });
  const done = await execute(ports, { ...actor, verified: true }, steps);
  if (isRefusal(done)) return refused(ports, done, person);
  if (isRepeated(done)) return refused(ports, refuse('sign-in.state'), person);
  const say = wordsOf((await ports.store.person(person))?.language ?? 'en');
  return { words: say(secondFactor ? 'registration:sign-in.both' : 'registration:sign-in.account-only') };
}
