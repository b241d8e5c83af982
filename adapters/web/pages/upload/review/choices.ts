import type { Added, Decided, ReviewFinding } from '../../../../../bot/pages/pages.ts';
import type { Box } from '../../../../../domain/ports.ts';

/** What the person has decided so far. A finding is removed unless it is kept. */
export interface Choices {
  readonly kept: ReadonlySet<string>;
  readonly added: readonly Added[];
  readonly flatten: boolean;
}

/** The choices, and the former ones that an undo goes back to, the newest last. */
export interface Course {
  readonly now: Choices;
  readonly past: readonly Choices[];
}

export type Step =
  | { readonly type: 'toggle'; readonly id: string }
  /** Keeps or removes all of these. */
  | { readonly type: 'all'; readonly ids: readonly string[]; readonly keep: boolean }
  | { readonly type: 'add'; readonly places: readonly Added[] }
  | { readonly type: 'drop'; readonly place: Added }
  /** Gives an added box another place and size. */
  | { readonly type: 'move'; readonly place: Added; readonly box: Box }
  | { readonly type: 'flatten'; readonly on: boolean }
  | { readonly type: 'undo' };

const mostUndo = 200;

/** Everything is removed at first; where the findings were applied before, what was decided then. */
export function firstChoices(findings: readonly ReviewFinding[], decided: Decided | undefined): Choices {
  if (!decided) return { kept: new Set(), added: [], flatten: false };
  const accepted = new Set(decided.accepted);
  const kept = findings.map(({ id }) => id).filter((id) => !accepted.has(id));
  return { kept: new Set(kept), added: decided.added, flatten: decided.flatten };
}

/** The choices after a step. A step that changes nothing leaves the course as it is. */
export function follow(course: Course, step: Step): Course {
  if (step.type === 'undo') {
    const before = course.past.at(-1);
    return before ? { now: before, past: course.past.slice(0, -1) } : course;
  }
  const now = changed(course.now, step);
  return now === course.now ? course : { now, past: [...course.past, course.now].slice(-mostUndo) };
}

function changed(now: Choices, step: Exclude<Step, { readonly type: 'undo' }>): Choices {
  switch (step.type) {
    case 'toggle':
      return { ...now, kept: withIds(now.kept, [step.id], !now.kept.has(step.id)) };
    case 'all': {
      const kept = withIds(now.kept, step.ids, step.keep);
      return kept.size === now.kept.size ? now : { ...now, kept };
    }
    case 'add': {
      const fresh = step.places.filter((place) => !now.added.some((held) => isSamePlace(held, place)));
      return fresh.length === 0 ? now : { ...now, added: [...now.added, ...fresh] };
    }
    case 'drop': {
      const added = now.added.filter((held) => held !== step.place);
      return added.length === now.added.length ? now : { ...now, added };
    }
    case 'move': {
      if (!('box' in step.place)) return now;
      const to: Added = { ...step.place, box: step.box };
      if (!now.added.includes(step.place) || isSamePlace(step.place, to)) return now;
      return { ...now, added: now.added.map((held) => (held === step.place ? to : held)) };
    }
    case 'flatten':
      return step.on === now.flatten ? now : { ...now, flatten: step.on };
  }
}

function withIds(kept: ReadonlySet<string>, ids: readonly string[], keep: boolean): ReadonlySet<string> {
  const changing = new Set(ids);
  return keep ? new Set([...kept, ...ids]) : new Set([...kept].filter((id) => !changing.has(id)));
}

/** What is sent: the findings to remove, and what was added. */
export function decidedOf(findings: readonly ReviewFinding[], { kept, added, flatten }: Choices): Decided {
  return { accepted: findings.map(({ id }) => id).filter((id) => !kept.has(id)), added, flatten };
}

/** Says whether two added things are the same place. */
export function isSamePlace(one: Added, other: Added): boolean {
  if (one.page !== other.page) return false;
  if ('box' in one)
    return (
      'box' in other &&
      one.box.left === other.box.left &&
      one.box.top === other.box.top &&
      one.box.width === other.box.width &&
      one.box.height === other.box.height
    );
  return !('box' in other) && one.start === other.start && one.end === other.end;
}
