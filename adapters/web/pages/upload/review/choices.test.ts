import { describe, expect, it } from 'vitest';
import type { Added, ReviewFinding } from '../../../../../bot/pages/pages.ts';
import { type Course, decidedOf, firstChoices, follow } from './choices.ts';

const finding = (id: string): ReviewFinding => ({
  id,
  page: 1,
  boxes: [],
  start: 0,
  end: 0,
  source: 'text',
  kind: 'name',
  certainty: 'certain',
});
const findings = ['a', 'b', 'c'].map(finding);
const fresh: Course = { now: firstChoices(findings, undefined), past: [] };
const box: Added = { page: 2, box: { left: 0.1, top: 0.2, width: 0.3, height: 0.1 } };

describe('the choices', () => {
  it('remove everything that is not kept', () => {
    expect(decidedOf(findings, fresh.now)).toEqual({ accepted: ['a', 'b', 'c'], added: [], flatten: false });
    const kept = follow(fresh, { type: 'toggle', id: 'b' });
    expect(decidedOf(findings, kept.now).accepted).toEqual(['a', 'c']);
    expect(decidedOf(findings, follow(kept, { type: 'toggle', id: 'b' }).now).accepted).toEqual(['a', 'b', 'c']);
  });

  it('keep and remove many at once, and leave the others', () => {
    const kept = follow(follow(fresh, { type: 'toggle', id: 'c' }), { type: 'all', ids: ['a', 'b'], keep: true });
    expect([...kept.now.kept].sort()).toEqual(['a', 'b', 'c']);
    const removed = follow(kept, { type: 'all', ids: ['a'], keep: false });
    expect([...removed.now.kept].sort()).toEqual(['b', 'c']);
  });

  it('hold an added place once, and let it go', () => {
    const twice = follow(follow(fresh, { type: 'add', places: [box] }), { type: 'add', places: [{ ...box }] });
    expect(twice.now.added).toEqual([box]);
    expect(twice.past.length).toBe(1);
    expect(follow(twice, { type: 'drop', place: box }).now.added).toEqual([]);
    const spans = [
      { page: 1, start: 1, end: 5 },
      { page: 1, start: 1, end: 6 },
    ];
    expect(follow(fresh, { type: 'add', places: spans }).now.added).toEqual(spans);
  });

  it('move an added box, and back with an undo', () => {
    const held = follow(fresh, { type: 'add', places: [box, { page: 2, start: 1, end: 5 }] });
    const to = { left: 0.5, top: 0.5, width: 0.2, height: 0.1 };
    const moved = follow(held, { type: 'move', place: box, box: to });
    expect(moved.now.added).toEqual([
      { page: box.page, box: to },
      { page: 2, start: 1, end: 5 },
    ]);
    expect(follow(moved, { type: 'undo' }).now.added[0]).toEqual(box);
    expect(follow(moved, { type: 'move', place: box, box: to })).toBe(moved);
  });

  it('are undone step by step, down to the first', () => {
    const steps = follow(follow(fresh, { type: 'toggle', id: 'a' }), { type: 'flatten', on: true });
    const back = follow(steps, { type: 'undo' });
    expect(back.now).toMatchObject({ flatten: false, kept: new Set(['a']) });
    expect(follow(back, { type: 'undo' })).toEqual(fresh);
    expect(follow(fresh, { type: 'undo' })).toBe(fresh);
    expect(follow(fresh, { type: 'all', ids: ['a'], keep: false })).toBe(fresh);
  });

  it('begin with what was decided before', () => {
    const first = firstChoices(findings, { accepted: ['b'], added: [box], flatten: true });
    expect(decidedOf(findings, first)).toEqual({ accepted: ['b'], added: [box], flatten: true });
  });
});
