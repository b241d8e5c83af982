// How long Teams waits for the status of a message, beside a bare echo bot of the Bot Framework in the same run: typed commands with a token, each a durable commit whose answer
// went through the connector before, at a given rate.
// node bench/teams.ts [--rates 10,50] [--seconds 10] [--rounds 3]
import { acknowledgedAtRates } from './interaction/rates.ts';

/** What the connector waits for a bot ('Bot Connector service', gateway time-outs: 15 s). */
const teamsWaits = 15_000;

// Teams itself takes no more than 50 a second of one app and tenant ('Optimize your bot with rate limiting in Teams').

await acknowledgedAtRates('teams', teamsWaits, '10,50');
