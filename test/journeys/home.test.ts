import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlackPerson } from '../slack/driver.ts';
import { type SlackWorld, startSlackWorld } from '../slack/world.ts';
import { slackCast, slackPeople } from './cast.ts';
import { introduce, slackHands } from './hands.ts';
import { openStage, type Stage } from './stage.ts';
import { type Hands, until } from './way.ts';

describe('App Home in Slack', () => {
  let slack: SlackWorld;
  let stage: Stage;

  beforeAll(async () => {
    slack = await startSlackWorld(slackPeople());
    stage = await openStage({
      ...slack.settings,
      SLACK_DESK_CHANNEL: slack.deskChannel,
    });
    slack.connect(`${stage.url}/slack/events`);
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await slack.close();
  });

  /** What somebody sees on their home, without opening it again. */
  const home = (person: SlackPerson): Hands => ({ ...slackHands(person), sees: () => person.seen('home') });

  it('follows a registration for the clinician, the lead and the helpdesk, who act on it there', async () => {
    const [clara, lotte, hanna, aline] = ['clara', 'lotte', 'hanna', 'aline'].map((name) => slack.person(name)) as [
      SlackPerson,
      SlackPerson,
      SlackPerson,
      SlackPerson,
    ];
    const cast = slackCast(slack);
    await introduce(cast, stage);
    for (const person of [clara, lotte, hanna, aline]) await person.openHome();
    expect(await clara.seen('home')).toContain('Welcome');
    expect(await lotte.seen('home')).toContain('Nothing waits for you');
    expect(await hanna.seen('home')).toContain('Nothing waits for the helpdesk');

    await cast.clinician.says('how do I get access?');
    await cast.clinician.presses('Start my registration');
    await cast.clinician.fills({
      hcp: 'EXB-1',
      name: 'Clara Clinician',
      email: 'clara.clinician@saint-example.example',
    });
    await clara.openHome();
    await cast.clinician.says(`code ${await stage.mailedCode('clara.clinician@saint-example.example')}`);
    await until(home(clara), 'Lotte Leadsma');
    await until(home(lotte), 'Clara Clinician');

    await lotte.press('Authorise', { where: 'home' });
    await until(home(clara), /✓ .*\n?/);
    await until(home(hanna), /R-.* · Clara Clinician/);
    expect(await lotte.seen('home')).not.toContain('Authorise');

    await hanna.press('Taken by nobody (1)', { where: 'home' });
    expect(await hanna.seen('home')).toContain('taken by nobody');
    await hanna.press('Show', { where: 'home' });
    // What is shown comes over the home, and is worked on there.
    expect(JSON.stringify(hanna.modal()?.view)).toContain('Clara Clinician');
    await hanna.press('Take it', { where: 'modal' });
    await until(home(hanna), 'Taken by me (1)');
    expect(await hanna.seen('home')).toContain('taken by nobody');
    expect(await hanna.seen('home')).not.toContain('Clara Clinician');
    await hanna.press('My own things', { where: 'home' });
    expect(await hanna.seen('home')).toContain('Where you stand');
    expect(slack.screen.violations).toEqual([]);
  }, 120_000);

  it('shows nobody the queue but the helpdesk, and survives what Slack answers', async () => {
    const erik = slack.person('erik');
    await erik.openHome();
    const before = await erik.seen('home');
    expect(before).not.toContain('Helpdesk queue');
    slack.proxy.inject('views.publish', { status: 500 }, 2);
    const clara = slackHands(slack.person('clara'));
    await clara.says('support');
    await clara.presses('Ask the helpdesk');
    await clara.fills({ topic: 'files', text: 'Is this seen on my home?' });
    await until(home(slack.person('clara')), /T-[0-9A-Z]{8} · Files/);
  }, 60_000);
});
