import type { RequestHandler } from 'express';
import type { Clock } from '../../../domain/ports.ts';

const oldest = 300;
const furthest = 60;

/**
 * Refuses a request whose `X-Slack-Request-Timestamp` is older than 300 s or more than 60 s ahead, with 401 (docs.slack.dev,
 * 'Verifying requests from Slack'). Bolt checks the signature and the age, but takes a timestamp of next year: a request that was
 * signed once for the future could be replayed until then. The form is strict too, since Bolt signs `Number(timestamp)`.
 */
export function freshness(clock: Clock): RequestHandler {
  return (request, response, next) => {
    const stamp = request.header('x-slack-request-timestamp') ?? '';
    const age = Date.parse(clock.now()) / 1000 - Number(stamp);
    if (/^\d{10}$/.test(stamp) && age <= oldest && age >= -furthest) next();
    else response.status(401).end();
  };
}
