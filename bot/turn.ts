import type { Resource, Sight } from '../domain/access.ts';
import { unseen } from '../domain/access.ts';
import { isRefusal, type Refusal } from '../domain/decider.ts';
import type { Directory } from '../domain/directory.ts';
import { directoryId, type EntityState, type Kind } from '../domain/entities.ts';
import type { Actor, PersonDetails } from '../domain/people.ts';
import type { Ports } from './context.ts';
import { type Done, type Extras, execute, isRepeated, type Step } from './execute.ts';
import type { Answer, Place, Who } from './interaction.ts';
import type { ActButton, Card, Field, Values } from './view.ts';
import { type Say, wordsFor } from './words.ts';

/** Who acts from where, in which language and zone. */
interface Acting {
  readonly ports: Ports;
  readonly who: Who;
  readonly where: Place;
  readonly actor: Actor;
  /** Absent for somebody who is not entered. */
  readonly person?: PersonDetails;
  readonly say: Say;
  readonly language: string;
  readonly zone: string;
}

/** One interaction while it is being answered: who acts, and the ways to act. */
export interface Turn extends Acting {
  readonly now: string;
  directory(): Promise<Directory>;
  /** A thing as it stands; an id that names nothing of its kind ends the turn. */
  thing<K extends Kind>(kind: K, id: string): Promise<EntityState<K>>;
  /**
   * Does the steps, all or none, in the name of the actor, and marks the delivery with the thing that came of it (`result`,
   * shown again when the same delivery comes twice). Refusals and repetitions end the turn: they are thrown as `Ended`, and
   * the bot words them.
   */
  act(steps: readonly Step[], result: Result, extras?: Omit<Extras, 'delivery'>, as?: Actor): Promise<Done>;
  /** The same turn, of somebody whom the act itself has just entered or verified. */
  as(actor: Actor, person?: PersonDetails): Turn;
  /** Ends the turn with a refusal unless the actor may see the thing. */
  mustSee(sight: Sight, resource: Resource): void;
}

/** The thing that an interaction is about: what is shown again for a repeated delivery. */
export interface Result {
  /** A kind of entity, or another name under which a conversation `shows` something. */
  readonly kind: string;
  readonly id: string;
}

/** Ends a turn early with a refusal, field errors or a repetition; caught by the bot alone. */
export class Ended extends Error {
  readonly end:
    | { readonly refusal: Refusal }
    | { readonly repeated: string }
    | { readonly errors: Readonly<Record<string, string>>; readonly more?: Readonly<Record<string, Field>> };
  constructor(end: Ended['end']) {
    super('ended');
    this.end = end;
  }
}

/** Ends the turn with a refusal, which the bot words. */
export function end(refusal: Refusal): never {
  throw new Ended({ refusal });
}

/** Ends the turn with messages on the fields of the submitted form. `more` are fields that join it, each below the one whose name is its key. */
export function fieldErrors(
  errors: Readonly<Record<string, string>>,
  more: Readonly<Record<string, Field>> = {},
): never {
  throw new Ended({ errors, more });
}

/** What a topic of conversation answers: commands by name, presses by action, forms by name, things by kind. */
export interface Conversation {
  readonly commands?: Readonly<Record<string, (turn: Turn, rest: string) => Promise<Answer>>>;
  readonly presses?: Readonly<Record<string, (turn: Turn, ref: string) => Promise<Answer>>>;
  readonly forms?: Readonly<Record<string, (turn: Turn, ref: string, values: Values) => Promise<Answer>>>;
  /** How a thing looks now to the one who acts: after an act, and when a delivery is repeated. */
  readonly shows?: Readonly<Record<string, (turn: Turn, id: string) => Promise<Card>>>;
}

export interface TurnInput extends Acting {
  /** The delivery's: what it did is committed with it, once. */
  readonly key: string;
}

/** Makes the turn of one interaction. */
export function createTurn(input: TurnInput): Turn {
  const { key, ...rest } = input;
  return {
    ...rest,
    now: input.ports.clock.now(),
    directory: async () => (await input.ports.store.load('directory', directoryId)).state,
    async thing(kind, id) {
      const loaded = await input.ports.store.load(kind, id);
      if (loaded.version === 0) end({ refused: `${kind}.unknown`, params: { id } });
      return loaded.state;
    },
    async act(steps, result, extras = {}, as = input.actor) {
      const done = await execute(input.ports, as, steps, {
        ...extras,
        delivery: { key, outcome: JSON.stringify(result) },
      });
      if (isRefusal(done)) end(done);
      if (isRepeated(done)) throw new Ended({ repeated: done.repeated });
      return done;
    },
    as: (actor, person = input.person) => createTurn({ ...input, actor, ...(person ? { person } : {}) }),
    mustSee(sight, resource) {
      const refusal = unseen(input.actor, sight, resource);
      if (refusal) end(refusal);
    },
  };
}

/** An answer of one card, taking the place of the one that was acted on where `replace` says so. */
export function card(view: Card, replace = false): Answer {
  return replace ? { cards: [view], replace } : { cards: [view] };
}

/** A refusal as a card. Whose role does not allow something is shown what does: who has none yet, what is next for them. */
export function refusalCard({ say, actor }: Pick<Turn, 'say' | 'actor'>, refusal: Refusal): Card {
  const isDenied = refusal.refused === 'access.denied';
  const isNew = isDenied && actor.grants.length === 0;
  const text = isNew ? say('refusals:access.unregistered') : wordsFor(say, refusal);
  const next: ActButton = { label: say('help:buttons.status'), action: 'status.show' };
  const ask: ActButton = { label: say('help:buttons.support'), action: 'support.begin' };
  return {
    title: say('common:not-done'),
    tone: 'warning',
    body: [{ kind: 'text', text }],
    ...(isDenied ? { buttons: isNew ? [next, ask] : [ask] } : {}),
  };
}

/** A form's value as trimmed text; '' where there is none. */
export function textOf(values: Values, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** A form's value as a list; a single text is a list of one. */
export function listOf(values: Values, name: string): readonly string[] {
  const value = values[name];
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** Whether a box was ticked by hand. */
export function ticked(values: Values, name: string): boolean {
  return values[name] === true;
}
