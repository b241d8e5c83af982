import { useEffect, useReducer } from 'react';
import type { Decided, ReviewFinding } from '../../../../../bot/pages/pages.ts';
import { type Course, firstChoices, follow } from './choices.ts';
import { remember, remembered } from './remember.ts';

/** The choices while the review goes on: kept in this tab over a reload, ids and places alone. */
export function useCourse(handle: string, findings: readonly ReviewFinding[], decided: Decided | undefined) {
  const [course, step] = useReducer(follow, undefined, (): Course => {
    return { now: remembered(handle, findings) ?? firstChoices(findings, decided), past: [] };
  });
  useEffect(() => remember(handle, findings, course.now), [handle, findings, course.now]);
  return { course, follow: step };
}

/** Calls `undo` on Ctrl+Z (⌘Z), except where a text is being typed. */
export function useUndoKey(undo: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea') !== null;
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || typing) return;
      event.preventDefault();
      undo();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}
