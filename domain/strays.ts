import type { Ask, Decider, Fact } from './decider.ts';
import { refuse } from './decider.ts';

/**
 * A file that somebody dropped into a chat instead of giving it to the upload page: it lies with the chat's provider, and nobody but its author can delete
 * it. It was never opened here. What the log keeps is that it was noticed, and whether it was there when it was looked for again.
 */
export interface Stray {
  readonly stage: 'none' | 'noticed' | 'gone' | 'left' | 'not-told';
  /** Who dropped it, where that is somebody who is entered. */
  readonly person?: string;
  /** How often it was looked for and still there. */
  readonly seen: number;
  readonly since: string;
}

/** 'not-told': the platform does not say whether a file is still there, or not to this app. */
export type Found = 'there' | 'gone' | 'not-told';

export type StrayCommand =
  | (Ask & { readonly type: 'stray.notice'; readonly person?: string; readonly platform: 'slack' | 'teams' | 'web' })
  | (Ask & { readonly type: 'stray.look'; readonly found: Found });

export type StrayEvent =
  | (Fact & { readonly type: 'stray-noticed'; readonly person?: string; readonly platform: 'slack' | 'teams' | 'web' })
  | (Fact & { readonly type: 'stray-seen-again' })
  | (Fact & { readonly type: 'stray-gone' })
  | (Fact & { readonly type: 'stray-left' })
  | (Fact & { readonly type: 'stray-not-told' });

/** Its author is reminded so often before it is left to the helpdesk, each time after this pause, in hours. */
export const lookAfterHours = [1, 24, 72] as const;

/** Files that were dropped into chats. */
export const stray: Decider<Stray, StrayCommand, StrayEvent, null> = {
  initial: { stage: 'none', seen: 0, since: '' },

  decide(state, command) {
    const { at, by } = command;
    if (command.type === 'stray.notice') {
      if (state.stage !== 'none') return refuse('stray.noticed-before');
      const { platform, person } = command;
      return [{ type: 'stray-noticed', at, by, platform, ...(person === undefined ? {} : { person }) }];
    }
    if (state.stage !== 'noticed') return refuse('stray.not-looked-for', { stage: state.stage });
    switch (command.found) {
      case 'gone':
        return [{ type: 'stray-gone', at, by }];
      case 'not-told':
        return [{ type: 'stray-not-told', at, by }];
      case 'there':
        return [{ type: state.seen + 1 < lookAfterHours.length ? 'stray-seen-again' : 'stray-left', at, by }];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'stray-noticed':
        return {
          ...state,
          stage: 'noticed',
          since: event.at,
          ...(event.person === undefined ? {} : { person: event.person }),
        };
      case 'stray-seen-again':
        return { ...state, seen: state.seen + 1 };
      case 'stray-gone':
        return { ...state, stage: 'gone', since: event.at };
      case 'stray-left':
        return { ...state, stage: 'left', seen: state.seen + 1, since: event.at };
      case 'stray-not-told':
        return { ...state, stage: 'not-told', since: event.at };
    }
  },
};
