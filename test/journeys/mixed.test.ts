import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SlackWorld, startSlackWorld } from '../slack/world.ts';
import { startTeamsWorld, type TeamsWorld } from '../teams/driver.ts';
import { introduce, slackHands, teamsHands } from './hands.ts';
import { judgeInvitations, judgeScrubbed } from './judge.ts';
import { samplePdf } from './sample-file.ts';
import { openStage, type Stage } from './stage.ts';
import { walkTheWholeWay } from './way.ts';

describe('the whole way with the clinician in Teams and the helpdesk in Slack', () => {
  let slack: SlackWorld;
  let teams: TeamsWorld;
  let stage: Stage;

  beforeAll(async () => {
    slack = await startSlackWorld(['hanna', 'erik'].map((name) => ({ name, zone: 'Europe/Paris' })));
    teams = await startTeamsWorld();
    stage = await openStage({
      ...slack.settings,
      SLACK_DESK_CHANNEL: slack.deskChannel,
      ...teams.settings,
    });
    slack.connect(`${stage.url}/slack/events`);
    teams.connect(stage.url);
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    teams.stop();
    await slack.close();
  });

  it('ends with a scrubbed file and an invitation, and a reply crosses over', async () => {
    const cast = {
      clinician: teamsHands(teams.person('Clara')),
      lead: teamsHands(teams.person('Lotte')),
      administrator: teamsHands(teams.person('Aline')),
      helpdesk: slackHands(slack.person('hanna')),
      expert: slackHands(slack.person('erik')),
    };
    await introduce(cast, stage);
    const { scrubbed, invitations } = await walkTheWholeWay({ ...cast, ...stage, file: samplePdf() });
    judgeScrubbed(scrubbed);
    judgeInvitations(invitations, ['erik.expert@hopital-modele.example', 'eleni.experti@musterklinikum.example']);

    await cast.clinician.says('support');
    await cast.clinician.presses('Ask the helpdesk');
    await cast.clinician.fills({ topic: 'meeting', text: 'Can the meeting be an hour later?' });
    await cast.helpdesk.says('queue');
    await cast.helpdesk.presses('Show');
    await cast.helpdesk.presses('Reply');
    await cast.helpdesk.fills({ text: 'Yes, I will ask the experts.' });
    expect(await waitFor(() => cast.clinician.sees(), 'Yes, I will ask the experts.')).toBe(true);
    expect(slack.screen.violations).toEqual([]);
  }, 120_000);
});

async function waitFor(look: () => Promise<string>, words: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await look()).includes(words)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
