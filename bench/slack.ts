// How long Slack waits for an acknowledgement, beside a bare Bolt app in the same run: signed commands, each a durable commit, at a given rate.
// node bench/slack.ts [--rates 10,100,300] [--seconds 10] [--rounds 3]
import { acknowledgedAtRates } from './interaction/rates.ts';

/** What Slack waits for an acknowledgement (docs.slack.dev, 'Slash commands'). */
const slackWaits = 3000;

await acknowledgedAtRates('slack', slackWaits, '10,100,300');
