import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SlackWorld, startSlackWorld } from '../slack/world.ts';
import { slackCast, slackPeople } from './cast.ts';
import { introduce } from './hands.ts';
import { judgeInvitations, judgeScrubbed } from './judge.ts';
import { samplePdf } from './sample-file.ts';
import { openStage, type Stage } from './stage.ts';
import { walkTheWholeWay } from './way.ts';

describe('the whole way through Slack', () => {
  let world: SlackWorld;
  let stage: Stage;

  beforeAll(async () => {
    world = await startSlackWorld(slackPeople());
    stage = await openStage({
      ...world.settings,
      SLACK_DESK_CHANNEL: world.deskChannel,
    });
    world.connect(`${stage.url}/slack/events`);
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await world.close();
  });

  it('ends with a scrubbed file and an invitation', async () => {
    const cast = slackCast(world);
    await introduce(cast, stage);
    const { scrubbed, invitations } = await walkTheWholeWay({ ...cast, ...stage, file: samplePdf() });
    judgeScrubbed(scrubbed);
    judgeInvitations(invitations, ['erik.expert@hopital-modele.example', 'eleni.experti@musterklinikum.example']);
    expect(world.screen.violations).toEqual([]);
  }, 120_000);
});
