import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SlackWorld, startSlackWorld } from '../slack/world.ts';
import { startTeamsWorld, type TeamsWorld } from '../teams/driver.ts';
import { wordsOf } from '../teams/screen.ts';
import { slackHands, teamsHands } from './hands.ts';
import { openStage, type Stage } from './stage.ts';
import { until } from './way.ts';

describe("a request from Slack on the helpdesk's channel in Teams", () => {
  let slack: SlackWorld;
  let teams: TeamsWorld;
  let stage: Stage;

  beforeAll(async () => {
    slack = await startSlackWorld([{ name: 'clara', zone: 'Europe/Paris' }]);
    teams = await startTeamsWorld();
    stage = await openStage({
      ...slack.settings,
      ...teams.settings,
      TEAMS_DESK_CONVERSATION: teams.config.deskConversation,
    });
    slack.connect(`${stage.url}/slack/events`);
    teams.connect(stage.url);
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    teams.stop();
    await slack.close();
  });

  it('is one card, answered and noted on within it; the answer crosses over, the note does not, and what is added comes back', async () => {
    const clara = slackHands(slack.person('clara'));
    const person = teams.person('Hanna');
    const hanna = teamsHands(person);
    const at = { where: teams.desk };
    const desk = { ...hanna, sees: async () => person.sees(at) };
    await hanna.says(`code ${stage.helpdeskCode}`);
    // A first word in the channel tells the bot where it is.
    await person.says('queue', at);

    await clara.says('support');
    await clara.presses('Ask the helpdesk');
    await clara.fills({ topic: 'meeting', text: 'Can the meeting be an hour later?' });
    await until(desk, 'Can the meeting be an hour later?');
    const cards = () => person.messages(at).filter(({ card }) => wordsOf(card).includes('Ticket T-'));
    expect(cards()).toHaveLength(1);

    await person.presses('Take it', at);
    await until(desk, /Taken by: Hanna/);
    await person.presses('Note', at);
    await person.fills({ text: 'She called before.' }, at);
    await person.submits(at);
    await until(desk, 'She called before.');
    await person.presses('Reply', at);
    await person.fills({ text: 'Yes, I will ask the experts.' }, at);
    await person.submits(at);
    await until(clara, 'Yes, I will ask the experts.');
    expect(await clara.sees()).not.toContain('She called before.');

    await clara.presses('Add something');
    await clara.fills({ text: 'Thank you, four o’clock would do.' });
    await until(desk, 'Thank you, four o’clock would do.');
    expect(cards()).toHaveLength(1);
    // Everybody in the channel reads the same, not only who pressed.
    const passerBy = teams.person('Petra');
    const seen = passerBy.sees(at);
    for (const words of ['She called before.', 'Yes, I will ask the experts.', 'Thank you, four o’clock would do.'])
      expect(seen).toContain(words);
    // Who is not of the helpdesk can do nothing with the card that all of the channel see.
    await passerBy.presses('Resolved', at);
    expect(passerBy.sees()).toMatch(/Not done/);
    expect(passerBy.buttons(at)).toContain('Resolved');
    expect(teams.screen.violations).toEqual([]);
  }, 60_000);
});
