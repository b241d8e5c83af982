import type { Router } from 'express';
import { z } from 'zod';
import type { PlanMove, PollAnswer } from '../../../bot/pages/pages.ts';
import { readings } from '../../../domain/meetings/hours.ts';
import { distFolder, servePage } from '../assets.ts';
import type { WebOptions } from '../context.ts';
import { answer, caller } from '../links/calls.ts';
import { opening } from '../links/opening.ts';
import { refuse } from '../security.ts';

const day = 86_400_000;
const daysAtMost = 100;
const instant = z.iso.datetime().transform((value) => new Date(value).toISOString());
const range = z
  .object({ from: instant, to: instant })
  .refine(({ from, to }) => from < to && Date.parse(to) - Date.parse(from) <= daysAtMost * day);
const ballot = z.strictObject({
  votes: z
    .array(z.enum(['yes', 'if-need-be', 'no']))
    .min(1)
    .max(20),
  comment: z.string().max(300).optional(),
  other: z
    .strictObject({ local: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/), reading: z.enum(readings).optional() })
    .optional(),
});
const move = z.strictObject({
  delivery: z.uuid(),
  move: z.strictObject({
    id: z.string().regex(/^M-[0-9A-Z]{8}$/),
    start: instant,
    minutes: z.int().min(5).max(480),
    despite: z.boolean().optional(),
  }),
});

/** The helpdesk's calendar at `/plan`: the page itself says nothing, every call needs the session. */
export function planRoutes(options: WebOptions): Router {
  const { pages, clock } = options;
  const calls = caller(options);
  const routes = opening(options, (given) => pages.plan.begin(given));
  calls.get(routes, '/api/look', { aMinute: 120 }, async (session, req, res) => {
    const now = Date.parse(clock.now());
    const usual = { from: new Date(now - 7 * day).toISOString(), to: new Date(now + 35 * day).toISOString() };
    const asked = range.safeParse(Object.keys(req.query).length > 0 ? req.query : usual);
    if (!asked.success) return refuse(res, 400, 'input');
    answer(res, await pages.plan.look(session, asked.data.from, asked.data.to));
  });
  calls.post(routes, '/api/move', { aMinute: 60, shape: move }, async (session, body, res) =>
    answer(res, await pages.plan.move(session, body.delivery, body.move as PlanMove)),
  );
  routes.get('/:token', servePage(options.dist ?? distFolder, 'plan'));
  return routes;
}

/** A poll at `/p`, for voters who are not in a chat. */
export function pollRoutes(options: WebOptions): Router {
  const { pages } = options;
  const calls = caller(options);
  const routes = opening(options, (given) => pages.poll.begin(given));
  calls.get(routes, '/api/look', { aMinute: 60 }, async (session, _req, res) =>
    answer(res, await pages.poll.look(session)),
  );
  calls.post(routes, '/api/answer', { aMinute: 30, shape: ballot }, async (session, body, res) =>
    answer(res, await pages.poll.answer(session, body as PollAnswer)),
  );
  routes.get('/:token', servePage(options.dist ?? distFolder, 'poll'));
  return routes;
}
