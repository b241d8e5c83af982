import { unseen } from '../../domain/access.ts';
import { isRefusal, refuse } from '../../domain/decider.ts';
import { directoryId } from '../../domain/entities.ts';
import type { Ports } from '../context.ts';
import { execute } from '../execute.ts';
import { seemsIdentifying } from '../guard.ts';
import { actorOf, nameOf } from '../who.ts';
import { languageOf } from '../words.ts';
import { createLink, type PageSession, refused, sessionOf } from './links.ts';
import type { DecisionPage, DecisionState, Refused } from './pages.ts';

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
