import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import type { What } from '../../../bot/interaction.ts';
import type { TabAct } from '../../../bot/pages/pages.ts';
import { distFolder, servePage } from '../assets.ts';
import { type LocalMode, type LocalPerson, route, type WebOptions } from '../context.ts';
import { guarded, loopbackOnly, refuse } from '../security.ts';
import { ownAct } from '../tab/acts.ts';
import { languageOfBrowser } from '../words.ts';
import { act, bodies, spoken, whoOf } from './acts.ts';
import { openEvents } from './events.ts';
import { openRooms, type RoomName, type Rooms } from './rooms.ts';

/** The own page is nobody's room. */
type OwnAct = z.infer<typeof ownAct> & { readonly room?: undefined };

/** Which of its chats a person has. */
function roomsOf(rooms: Rooms, person: LocalPerson): RoomName[] {
  return rooms.hasDesk(person) ? ['chat', 'desk'] : ['chat'];
}

/**
 * The local page and its calls (`docs/local-mode.md` has each of them). Only this machine's own browser or script gets through;
 * every POST is JSON, which another site's page cannot send without being asked first.
 */
export function localRoutes(options: WebOptions, local: LocalMode) {
  const events = openEvents(() => local.mailbox());
  const rooms = openRooms(local.people, options, (event) => events.send('chat', event));
  const page = express.Router();
  page.get('/', loopbackOnly, guarded, servePage(options.dist ?? distFolder, 'local'));
  const routes = express.Router();
  routes.use(guarded, loopbackOnly);

  routes.get('/events', (req, res) => events.stream(req, res));
  routes.get('/commands', (req, res) => {
    res.json({ commands: local.commands?.(languageOfBrowser(req)) ?? [] });
  });
  routes.get(
    '/people',
    route(options, async (_req, res) => {
      const people = local.people.map(async (person) => {
        const unread = roomsOf(rooms, person).map(async (room) => ({
          room,
          unread: await rooms.feed(person, room).unread(person.user),
        }));
        return { user: person.user, name: person.name, role: person.role, rooms: await Promise.all(unread) };
      });
      res.json({ people: await Promise.all(people) });
    }),
  );
  personRoutes(routes, options, rooms);
  mailboxRoutes(routes, options, local);
  routes.use((_req, res) => refuse(res, 404, 'unknown'));
  return { page, routes, channel: rooms.channel, close: () => events.close() };
}

function personRoutes(routes: Router, options: WebOptions, rooms: Rooms): void {
  /** A person's call: its body checked, the person and the room theirs. */
  const call = <Body extends { room?: RoomName }>(
    schema: z.ZodType<Body>,
    work: (person: LocalPerson, body: Body, req: Request, res: Response) => Promise<object | undefined>,
  ): RequestHandler[] => [
    (req, res, next) => {
      if (req.method !== 'POST' || req.is('application/json')) next();
      else refuse(res, 415, 'json');
    },
    express.json({ limit: '256kb' }),
    route(options, async (req, res) => {
      const person = rooms.person(String(req.params.user));
      if (person === undefined) return refuse(res, 404, 'person');
      const body = schema.safeParse(req.method === 'GET' ? req.query : req.body);
      if (!body.success) return refuse(res, 400, 'input');
      if (body.data.room === 'desk' && !rooms.hasDesk(person)) return refuse(res, 403, 'room');
      const outcome = await work(person, body.data, req, res);
      if (outcome) res.json(outcome);
    }),
  ];
  const give = (
    { delivery, room, message }: { delivery?: string | undefined; room: RoomName; message?: string | undefined },
    person: LocalPerson,
    what: What,
    req: Request,
  ) => act(options, rooms, person, { delivery, room, message, language: languageOfBrowser(req) }, what);

  routes.get(
    '/people/:user/messages',
    ...call(bodies.messages, async (person, { room, after }) => ({
      messages: await rooms.feed(person, room).after(after, person.user),
    })),
  );
  routes.post(
    '/people/:user/say',
    ...call(bodies.say, (person, body, req) => give(body, person, spoken(body.text, body.room), req)),
  );
  routes.post(
    '/people/:user/press',
    ...call(bodies.press, (person, body, req) =>
      give(body, person, { kind: 'press', action: body.action, ...(body.ref ? { ref: body.ref } : {}) }, req),
    ),
  );
  routes.post(
    '/people/:user/submit',
    ...call(bodies.submit, (person, { form, ref, values, ...body }, req) =>
      give(body, person, { kind: 'submit', form, values, ...(ref ? { ref } : {}) }, req),
    ),
  );
  routes.post(
    '/people/:user/hello',
    ...call(bodies.plain, (person, body, req) => give(body, person, { kind: 'hello' }, req)),
  );
  routes.post(
    '/people/:user/file',
    ...call(bodies.plain, (person, body, req) => give(body, person, { kind: 'file' }, req)),
  );
  routes.get(
    '/people/:user/page',
    ...call(bodies.plain, (person, _body, req) => options.pages.own.look(whoOf(person, languageOfBrowser(req)))),
  );
  routes.post(
    '/people/:user/page',
    ...call<OwnAct>(ownAct, (person, { delivery, act: what }, req) =>
      options.pages.own.act(whoOf(person, languageOfBrowser(req)), `web:${person.user}:${delivery}`, what as TabAct),
    ),
  );
  routes.post(
    '/people/:user/suggest',
    ...call(bodies.suggest, async (person, { source, words }, req) => {
      const who = whoOf(person, languageOfBrowser(req));
      return { options: await options.bot.suggest(who, source, words, 20) };
    }),
  );
  routes.post(
    '/people/:user/read',
    ...call(bodies.plain, async (person, { room }) => {
      await rooms.feed(person, room).read(person.user);
      return { unread: 0 };
    }),
  );
  routes.post(
    '/people/:user/remove',
    ...call(bodies.remove, async (person, { room, message }, _req, res) => {
      if (await rooms.feed(person, room).remove(message, person.user)) return { removed: message };
      refuse(res, 404, 'message');
      return undefined;
    }),
  );
}

function mailboxRoutes(routes: Router, options: WebOptions, local: LocalMode): void {
  routes.get(
    '/mailbox',
    route(options, async (_req, res) => {
      res.json({ letters: await local.mailbox() });
    }),
  );
  routes.get(
    '/mailbox/:id/calendar',
    route(options, async (req, res) => {
      const letter = (await local.mailbox()).find(({ id }) => id === req.params.id);
      if (letter?.calendar === undefined) return refuse(res, 404, 'message');
      res.attachment(letter.calendar.name.replace(/[^A-Za-z0-9._-]/g, '_'));
      res.type('text/calendar; charset=utf-8').send(letter.calendar.ics);
    }),
  );
}
