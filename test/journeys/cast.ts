import type { SlackWorld } from '../slack/world.ts';
import type { TeamsWorld } from '../teams/driver.ts';
import { slackHands, teamsHands } from './hands.ts';
import type { Hands } from './way.ts';

/** Who walks the whole way, in any chat. */
const names = { clinician: 'clara', lead: 'lotte', helpdesk: 'hanna', administrator: 'aline', expert: 'erik' } as const;

type Cast = Readonly<Record<keyof typeof names, Hands>>;

function castOf(play: (name: string) => Hands): Cast {
  return {
    clinician: play(names.clinician),
    lead: play(names.lead),
    helpdesk: play(names.helpdesk),
    administrator: play(names.administrator),
    expert: play(names.expert),
  };
}

/** The cast's people for a Slack that is started, all in one zone; with the locale of their profiles where it is not the seed's. */
export const slackPeople = (locale?: string) =>
  Object.values(names).map((name) => ({ name, zone: 'Europe/Paris', ...(locale && { locale }) }));

/** The cast in Slack; `speaking` puts each pair of hands into another language. */
export const slackCast = (world: SlackWorld, speaking = (hands: Hands) => hands) =>
  castOf((name) => speaking(slackHands(world.person(name))));

/** The cast in Teams, where people have display names. */
export const teamsCast = (world: TeamsWorld, speaking = (hands: Hands) => hands) =>
  castOf((name) => speaking(teamsHands(world.person(name[0]?.toUpperCase() + name.slice(1)))));
