import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTeamsWorld, type TeamsWorld } from '../teams/driver.ts';
import { teamsCast } from './cast.ts';
import { introduce } from './hands.ts';
import { judgeInvitations, judgeScrubbed } from './judge.ts';
import { samplePdf } from './sample-file.ts';
import { openStage, type Stage } from './stage.ts';
import { walkTheWholeWay } from './way.ts';

describe('the whole way through Teams', () => {
  let world: TeamsWorld;
  let stage: Stage;

  beforeAll(async () => {
    world = await startTeamsWorld();
    stage = await openStage({
      ...world.settings,
      TEAMS_DESK_CONVERSATION: world.config.deskConversation,
    });
    world.connect(stage.url);
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    world.stop();
  });

  it('ends with a scrubbed file and an invitation', async () => {
    const cast = teamsCast(world);
    await introduce(cast, stage);
    const { scrubbed, invitations } = await walkTheWholeWay({ ...cast, ...stage, file: samplePdf() });
    judgeScrubbed(scrubbed);
    judgeInvitations(invitations, ['erik.expert@hopital-modele.example', 'eleni.experti@musterklinikum.example']);
    expect(world.screen.violations).toEqual([]);
  }, 120_000);
});
