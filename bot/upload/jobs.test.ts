import { expect, it } from 'vitest';
import { createJobs } from './jobs.ts';

const waiting = () => {
  let end = () => {};
  const work = () =>
    new Promise<void>((resolve) => {
      end = resolve;
    });
  return { work, end: () => end() };
};

it('does one work on a document at a time, and tells how far it is', async () => {
  const jobs = createJobs(async () => undefined);
  const { work, end } = waiting();
  const begun = jobs.start('D-1', 'mine', 'preparing', ({ progress }) => {
    progress('reading', 3, 10);
    return work();
  });
  expect(begun).toBe(true);
  expect(jobs.step('D-1')).toEqual({ phase: 'reading', done: 3, of: 10 });
  expect(jobs.start('D-1', 'mine', 'redacting', work)).toBe(false);
  expect(jobs.step('D-2')).toBeUndefined();
  end();
  await jobs.idle();
  expect(jobs.step('D-1')).toBeUndefined();
  expect(jobs.start('D-1', 'mine', 'redacting', async () => undefined)).toBe(true);
  await jobs.idle();
});

it('has places for so many, and gives them back', async () => {
  const jobs = createJobs(async () => undefined);
  const { work, end } = waiting();
  for (let number = 0; number < 7; number += 1) jobs.start(`D-${number}`, 's', 'preparing', async () => undefined);
  expect(jobs.start('D-7', 's', 'preparing', work)).toBe(true);
  expect(jobs.free).toBe(false);
  expect(jobs.start('D-8', 's', 'preparing', work)).toBe(false);
  end();
  await jobs.idle();
  expect(jobs.free).toBe(true);
});

it('knows who waits for the work: who asked for it, and who asks how far it is', async () => {
  const jobs = createJobs(async () => undefined);
  const { work, end } = waiting();
  let sessions: readonly string[] = [];
  jobs.start('D-1', 'mine', 'preparing', async (job) => {
    await work();
    sessions = [...job.sessions];
  });
  jobs.step('D-1', 'other');
  jobs.step('D-1');
  end();
  await jobs.idle();
  expect(sessions).toEqual(['mine', 'other']);
});

it('says which work failed, and outlives what fails then', async () => {
  const failed: string[] = [];
  const jobs = createJobs(async (document) => {
    failed.push(document);
    throw new Error('again');
  });
  jobs.start('D-1', 's', 'preparing', () => Promise.reject(new Error('broken')));
  await jobs.idle();
  expect(failed).toEqual(['D-1']);
  expect([jobs.failed('D-1'), jobs.failed('D-2')]).toEqual([true, false]);
  jobs.start('D-1', 's', 'preparing', async () => undefined);
  await jobs.idle();
  expect(jobs.failed('D-1')).toBe(false);
  expect(jobs.free).toBe(true);
});

it('stops the work on a document, and has waited until it has ended', async () => {
  const jobs = createJobs(async () => undefined);
  const ended: string[] = [];
  for (const document of ['D-1', 'D-2'])
    jobs.start(document, 's', 'preparing', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended.push(document);
    });
  await jobs.stop('D-1');
  expect(ended).toEqual(['D-1']);
  expect([jobs.step('D-1'), jobs.step('D-2')?.phase]).toEqual([undefined, 'preparing']);
  await jobs.stop('D-3');
  await jobs.stop('D-2');
  expect(jobs.free).toBe(true);
});

it('says what is counted, where that is not pages', async () => {
  const jobs = createJobs(async () => undefined);
  jobs.start('D-1', 's', 'preparing', async ({ progress, signal }) => {
    progress('reading', 3, 90, 'frames');
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  });
  expect(jobs.step('D-1')).toEqual({ phase: 'reading', done: 3, of: 90, what: 'frames' });
  await jobs.stop('D-1');
});
