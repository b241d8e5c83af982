import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SlackWorld, startSlackWorld } from '../slack/world.ts';
import { introduce, slackHands } from './hands.ts';
import { judgeInvitations, judgeScrubbed } from './judge.ts';
import { samplePdf } from './sample-file.ts';
import { openStage, type Stage } from './stage.ts';
import { walkTheWholeWay } from './way.ts';

describe('the whole way through Slack', () => {
  let world: SlackWorld;
  let stage: Stage;

  beforeAll(async () => {
    world = await startSlackWorld(
      ['clara', 'lotte', 'hanna', 'aline', 'erik'].map((name) => ({ name, zone: 'Europe/Paris' })),
    );
    stage = await openStage({
      SLACK_SIGNING_SECRET: world.signingSecret,
      SLACK_BOT_TOKEN: world.botToken,
      SLACK_TEAM_ID: world.teamId,
      SLACK_DESK_CHANNEL: world.deskChannel,
      SLACK_API_URL: world.apiUrl,
    });
    world.connect(`${stage.url}/slack/events`);
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await world.close();
  });

  it('ends with a scrubbed file and an invitation', async () => {
    const play = (name: string) => slackHands(world.person(name));
    const cast = {
      clinician: play('clara'),
      lead: play('lotte'),
      helpdesk: play('hanna'),
      administrator: play('aline'),
      expert: play('erik'),
    };
    await introduce(cast, stage);
    const { scrubbed, invitations } = await walkTheWholeWay({ ...cast, ...stage, file: samplePdf() });
    judgeScrubbed(scrubbed);
    judgeInvitations(invitations, ['erik.expert@hopital-modele.example', 'eleni.experti@musterklinikum.example']);
    expect(world.screen.violations).toEqual([]);
  }, 120_000);
});
