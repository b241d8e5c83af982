import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../bot/words.ts';
import { sentencesOf } from '../../cli/words.ts';
import { type SlackWorld, startSlackWorld } from '../slack/world.ts';
import { startTeamsWorld } from '../teams/driver.ts';
import { slackCast, slackPeople, teamsCast } from './cast.ts';
import { introduce } from './hands.ts';
import { speaking } from './speaking.ts';
import { openStage, type Stage } from './stage.ts';
import { walkTheWholeWay } from './way.ts';

const others = languages.filter((language) => language !== 'en');

// Each walk takes twenty seconds: the one with the longest words always (French is walked through Teams below), all of them in the long run.
const walked = process.env['SOAK'] ? others : ['de'];

describe.each(walked)('the way through Slack for people whose profile says %s', (language) => {
  let world: SlackWorld;
  let stage: Stage;

  beforeAll(async () => {
    const locale = `${language}-${language.toUpperCase()}`;
    world = await startSlackWorld(slackPeople(locale));
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

  it('is walked by its own labels, and no text goes over a limit of Slack', async () => {
    const cast = slackCast(world, (hands) => speaking(hands, language));
    await introduce(cast, stage);
    // What the upload page does is not Slack's; the way to it is walked.
    const upload = async () => new Uint8Array();
    await walkTheWholeWay({ ...cast, ...stage, upload, file: new Uint8Array() });
    for (const command of ['help', 'privacy', 'language', 'status', 'case', 'consent', 'support', 'meeting', 'zzzz'])
      await cast.clinician.says(command);
    expect(world.screen.violations).toEqual([]);
    // Nobody was answered in English; the helpdesk's channel, which many read, alone is.
    const seen = await world.person('clara').seen();
    const english = [...sentencesOf('en')].filter(
      ([key, sentence]) =>
        !/^desk:|:desk\./.test(key) &&
        sentencesOf(language).get(key) !== sentence &&
        sentence.length > 25 &&
        !sentence.includes('{') &&
        seen.includes(sentence),
    );
    expect(english.map(([key]) => key)).toEqual([]);
  }, 120_000);
});

describe('the way through Teams for people who chose French', () => {
  it('is walked by its own labels, in cards that Teams takes', async () => {
    const world = await startTeamsWorld();
    const stage = await openStage({
      ...world.settings,
      TEAMS_DESK_CONVERSATION: world.config.deskConversation,
    });
    try {
      world.connect(stage.url);
      const cast = teamsCast(world, (hands) => speaking(hands, 'fr'));
      for (const person of Object.values(cast)) await person.says('language français');
      await introduce(cast, stage);
      const upload = async () => new Uint8Array();
      await walkTheWholeWay({ ...cast, ...stage, upload, file: new Uint8Array() });
      expect(await cast.clinician.sees()).toContain('Réunion');
    } finally {
      await stage.close();
      world.stop();
    }
  }, 120_000);
});

describe.each(languages)('the labels in %s', (language) => {
  it('are whole where Slack would cut them: 24 characters on the button that sends a form, 75 on any other', () => {
    const long = [...sentencesOf(language)].filter(
      ([key, sentence]) =>
        (/(?<!steps)\.submit$/.test(key) && sentence.length > 24) ||
        (/\.buttons?(\.|$)/.test(key) && sentence.length > 75),
    );
    expect(long).toEqual([]);
  });
});
