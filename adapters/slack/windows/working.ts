import type { types } from '@slack/bolt';
import type { Answer } from '../../../bot/interaction.ts';
import type { SlackContext } from '../context.ts';
import type { Spot } from '../outgoing/reply.ts';
import { message } from './modal.ts';
import { isOpen, openWindow, putIntoWindow, type Window, windowView } from './windows.ts';

/**
 * How long an answer that could stand in a window is waited for before 'working…' stands there, in milliseconds: a trigger is good for three seconds
 * (docs.slack.dev, 'Modals'), and Slack must have the call by then.
 */
export const workingAfter = 1500;
const triggerMs = 2700;

/** The window in which a slow answer comes: 'working…' first, then the answer in its place. */
export interface Working {
  /** Opens it, unless the answer came meanwhile; false where Slack did not take the trigger or gave no answer, and the person may see nothing. */
  begin(): Promise<boolean>;
  /**
   * Puts the answer there; where it has nothing that a window can hold, the word that it is done. Says whether the person sees the answer itself there: not where no
   * window could be opened, and where they have closed it.
   */
  end(spot: Spot, answer: Answer): Promise<boolean>;
  /** Says there that it failed; false where there is no window. */
  fail(sentence: string): Promise<boolean>;
}

/** See `Working`; `trigger` is the request's, which came just now. */
export function working(context: SlackContext, trigger: string | undefined, user: string): Working {
  const came = performance.now();
  let opening: Promise<Window | undefined> | undefined;
  let answered = false;
  const words = () => context.people.words(user);

  const put = async (view: types.ModalView): Promise<boolean> => {
    answered = true;
    const window = await opening;
    if (window) return (await putIntoWindow(context, window, view)) !== undefined;
    const fresh = opening === undefined && performance.now() - came < triggerMs;
    return fresh && trigger !== undefined && isOpen(await openWindow(context, trigger, view));
  };

  return {
    async begin() {
      if (answered) return true;
      if (trigger === undefined) return false;
      opening = openWindow(context, trigger, message(words().workingTitle, [words().working], words()));
      return isOpen(await opening);
    },
    async end(spot, answer) {
      answered = true;
      const view = await windowView(context, spot, answer);
      if (view) return put(view);
      if (opening) await put(message(words().close, [words().done], words()));
      return false;
    },
    async fail(sentence) {
      answered = true;
      return (await opening) !== undefined && put(message(words().close, [sentence], words()));
    },
  };
}
