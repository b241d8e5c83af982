import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shown } from '../slack/screen.ts';
import { type SlackWorld, startSlackWorld } from '../slack/world.ts';
import { startTeamsWorld, type TeamsWorld } from '../teams/driver.ts';
import { slackHands, teamsHands } from './hands.ts';
import { openStage, type Stage } from './stage.ts';
import { type Hands, until } from './way.ts';

describe('the triage channel in Slack', () => {
  let slack: SlackWorld;
  let teams: TeamsWorld;
  let stage: Stage;

  beforeAll(async () => {
    slack = await startSlackWorld(['hanna', 'clara', 'mallory'].map((name) => ({ name, zone: 'Europe/Paris' })));
    teams = await startTeamsWorld();
    stage = await openStage({
      ...slack.settings,
      SLACK_DESK_CHANNEL: slack.deskChannel,
      ANSWERS_FILE: join(import.meta.dirname, '../../cli/sample-answers.yaml'),
      ...teams.settings,
    });
    slack.connect(`${stage.url}/slack/events`);
    teams.connect(stage.url);
    await slackHands(slack.person('hanna')).says(`code ${stage.helpdeskCode}`);
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    teams.stop();
    await slack.close();
  });

  const words = (shown: readonly Shown[]) =>
    shown.map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`).join('\n');
  const inDesk = () => slack.screen.messages.filter(({ channel }) => channel === slack.deskChannel);

  /** What somebody asks of the helpdesk, and its card in the channel. */
  async function asks(
    hands: Hands,
    question: string,
  ): Promise<{ card: () => Shown; thread: () => readonly Shown[]; ts: string }> {
    await hands.says('support');
    await hands.presses('Ask the helpdesk');
    await hands.fills({ topic: 'meeting', text: question });
    const found = () => inDesk().find((shown) => shown.thread === undefined && words([shown]).includes(question));
    await eventually(() => found() !== undefined, `a card with '${question}'`);
    const { ts = '' } = found() ?? {};
    return {
      ts,
      card: () => found() ?? { channel: '', ts: '', text: '', blocks: [] },
      thread: () => inDesk().filter((shown) => shown.thread === ts),
    };
  }

  it.each([
    ['Slack', () => slackHands(slack.person('clara'))],
    ['Microsoft Teams', () => teamsHands(teams.person('Clara'))],
  ])(
    'carries a conversation with somebody in %s',
    async (where, hands) => {
      const hanna = slack.person('hanna');
      const clara = hands();
      const { ts, card, thread } = await asks(clara, `Asked in ${where}: can the meeting be later?`);

      // An emoji takes it: the very card says so, and stays one message.
      await hanna.react('eyes', ts, slack.deskChannel);
      await eventually(() => words([card()]).includes('Hanna Helpdesk answers'), 'that Hanna has it');
      await eventually(() => words(thread()).includes('took it'), 'that she took it');

      // What bears no marker stays the helpdesk's own.
      await hanna.writeBelow(ts, 'she asked for the same in May', slack.deskChannel);
      await hanna.writeBelow(ts, '&gt;&gt; Which day suits you?', slack.deskChannel);
      await until(clara, 'Which day suits you?');
      await eventually(() => words(thread()).includes(`in ${where}.`), 'that it was sent');
      expect(await clara.sees()).not.toContain('in May');

      // The answer comes into the thread.
      await clara.presses('Answer');
      await clara.fills({ text: `Tuesday suits me, says ${where}.` });
      await eventually(() => words(thread()).includes(`Tuesday suits me, says ${where}.`), 'the answer in the thread');

      // The button reaches them too, and an emoji resolves it.
      await hanna.press('Reply', { where: slack.deskChannel });
      await hanna.fill({ text: `Then Tuesday it is, in ${where}.` });
      await hanna.submit();
      await until(clara, `Then Tuesday it is, in ${where}.`);
      await eventually(() => words(thread()).includes('replied to the person who asked'), 'the reply in the thread');
      await hanna.react('white_check_mark', ts, slack.deskChannel);
      await eventually(() => words([card()]).includes('Resolved. It can be reopened'), 'that it is resolved');
      await until(clara, /resolved/i);
      expect(inDesk().filter((shown) => words([shown]).includes(`Asked in ${where}`))).toHaveLength(1);
      expect(slack.screen.violations).toEqual([]);
    },
    120_000,
  );

  it('has answers ready: one is chosen, changed in the next window, and sent', async () => {
    const hanna = slack.person('hanna');
    const clara = teamsHands(teams.person('Clara'));
    const { thread } = await asks(clara, 'Which second factor may I use?');
    await hanna.press('Ready answer', { where: slack.deskChannel });
    await hanna.fill({ answer: 'second-factor' });
    await hanna.submit();
    expect(JSON.stringify(hanna.modal()?.view)).toContain('a security key, a passkey');
    expect(await clara.sees()).not.toContain('a passkey');
    await hanna.fill({ text: 'A passkey is easiest. Hanna' });
    await hanna.submit();
    await until(clara, 'A passkey is easiest. Hanna');
    await eventually(() => words(thread()).includes('A passkey is easiest'), 'the reply in the thread');
  }, 60_000);

  it('hears nobody but the helpdesk, says so in private, and knows no other thread and no other emoji', async () => {
    const mallory = slack.person('mallory');
    const hanna = slack.person('hanna');
    const clara = slackHands(slack.person('clara'));
    const { ts, card, thread } = await asks(clara, 'Is anybody listening in?');
    await mallory.writeBelow(ts, 'reply: Yes, me.', slack.deskChannel);
    await mallory.react('eyes', ts, slack.deskChannel);
    await until(slackHands(mallory), /Not done/);
    expect(inDesk().every(({ only }) => only === undefined || only === hanna.id)).toBe(true);
    for (const emoji of ['tada', 'x', 'thumbsup']) await hanna.react(emoji, ts, slack.deskChannel);
    await hanna.react('white_check_mark', '1700000000.000100', slack.deskChannel);
    await hanna.react('white_check_mark', ts, slack.general);
    await hanna.writeBelow('1700000000.000100', 'reply: to nobody', slack.deskChannel);
    await hanna.writeBelow(ts, 'reply: a bot wrote this', slack.deskChannel, { bot_id: 'B0OTHER' });
    await hanna.writeBelow(ts, 'reply: edited', slack.deskChannel, { subtype: 'message_changed' });
    await hanna.mention('reply: twice', slack.deskChannel);
    // One word that is heard, and by which we know that the ones before were not.
    await hanna.writeBelow(ts, 'reply: Only the helpdesk.', slack.deskChannel);
    await until(clara, 'Only the helpdesk.');
    const seen = await clara.sees();
    for (const unheard of ['Yes, me', 'to nobody', 'a bot wrote', 'edited', 'twice'])
      expect(seen).not.toContain(unheard);
    expect(words([card()])).not.toContain('Resolved. It can be reopened');
    expect(words(thread())).not.toContain('took it');
  }, 60_000);

  it('keeps nothing that may name a patient, and tells its author alone', async () => {
    const hanna = slack.person('hanna');
    const clara = slackHands(slack.person('clara'));
    const { ts, thread } = await asks(clara, 'May I tell you who it is?');
    await hanna.writeBelow(ts, 'reply: Is it Mrs Jane Smith, born 12.03.1961?', slack.deskChannel);
    await until(slackHands(hanna), 'This may name a patient');
    expect(await clara.sees()).not.toContain('Jane Smith');
    expect(words(thread())).not.toContain('Jane Smith');
  }, 60_000);

  it('does each thing once, whatever Slack repeats, and comes to the room in order when Slack was away', async () => {
    const hanna = slack.person('hanna');
    const clara = slackHands(slack.person('clara'));
    const { ts, thread } = await asks(clara, 'What if Slack stumbles?');
    slack.proxy.inject('chat.postMessage', { status: 429, retryAfter: 1 });
    await hanna.writeBelow(ts, 'ask: First?', slack.deskChannel);
    await slack.repeat();
    await slack.repeat();
    await until(clara, 'First?');
    await clara.presses('Answer');
    await clara.fills({ text: 'Second.' });
    await eventually(() => words(thread()).includes('Second.'), 'the answer in the thread');
    const room = thread();
    expect(room.filter((shown) => words([shown]).includes('Sent to'))).toHaveLength(1);
    expect(words(room).indexOf('Sent to')).toBeLessThan(words(room).indexOf('Second.'));
  }, 60_000);
});

async function eventually(look: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (look()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Not seen within 20 s: ${what}`);
}
