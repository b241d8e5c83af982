import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../../adapters/web/build.ts';
import { createServer, createWeb } from '../../adapters/web/web.ts';
import { type Cast, createCast, idSeen } from '../../bot/conversations/testing.ts';
import { pollLink } from '../../bot/pages/poll.ts';
import { memoryKept } from '../kept.ts';
import { launch, narrow, noSideways, openPage, violationsInBoth, wide } from './browser.ts';

const join = 'https://meet.example/abc';
const day = 86_400_000;
/** The month that the calendar opens at is the browser's own: everything is on days of this month and the next. */
const dayOf = (ahead: number) => new Date(Date.now() + ahead * day).toISOString().slice(0, 10);

/** The whole bot behind the real pages, with a meeting in ten days and a poll about the days behind it. */
async function served() {
  const cast = await createCast({ now: new Date().toISOString() });
  const app = createServer();
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const web = createWeb({
    app,
    bot: cast.service.bot,
    pages: cast.service.pages,
    kept: memoryKept(),
    clock: { now: () => new Date().toISOString() },
    ids: cast.ports.ids,
    log: pino({ level: 'silent' }),
    publicUrl: address,
    secureCookies: false,
  });
  await cast.helpdesk.submits('scheduling.plan', '', {
    other: `${dayOf(10)}T15:00`,
    minutes: '60',
    group: 'HTAD',
    join,
  });
  const meetingId = idSeen(cast.helpdesk, 'M');
  await cast.helpdesk.submits('poll.start', '', {
    day1: dayOf(11),
    hours: ['10:00', '16:00'],
    minutes: '60',
    group: 'HHT',
    quorum: '1',
    deadline: `${dayOf(4)}T18:00`,
    join,
  });
  const pollId = idSeen(cast.helpdesk, 'V');
  await cast.clinician.submits('meeting.ask', '', {
    group: 'MSA',
    experts: [cast.clinicianId],
    when1: `${dayOf(12)}T10:00`,
    minutes: '60',
  });
  return {
    cast,
    meetingId,
    pollId,
    requestId: idSeen(cast.clinician, 'Q'),
    link: async () => {
      const { cards } = await cast.helpdesk.says('calendar');
      const url = cards?.[0]?.buttons?.flatMap((button) => ('url' in button ? [button.url] : []))[0] ?? '';
      return `${address}/plan/${url.split('/').at(-1)}`;
    },
    pollAddress: async () => {
      const [voter = ''] = (await cast.ports.store.load('poll', pollId)).state.voters;
      return `${address}/p/${(await pollLink(cast.ports, voter, pollId)).split('/').at(-1)}`;
    },
    close: async () => {
      web.close();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('the helpdesk’s calendar in a browser', () => {
  let browser: Browser;
  let world: Awaited<ReturnType<typeof served>>;

  beforeAll(async () => {
    await buildPages();
    browser = await launch();
    world = await served();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const slotOf = async ({ ports }: Cast, id: string) => (await ports.store.load('meeting', id)).state.slot;

  /** Turns to the month of the day, where it is not the one that this week ends in. */
  async function turnTo(page: Page, date: string): Promise<void> {
    const sunday = dayOf((7 - new Date().getUTCDay()) % 7);
    if (date.slice(0, 7) !== sunday.slice(0, 7)) await page.getByRole('button', { name: /next/i }).click();
  }

  it('shows the month and the week, and moves a meeting by a field and by hand', async () => {
    const { cast, meetingId, pollId, requestId } = world;
    const { page, complaints } = await openPage(browser, await world.link(), wide);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(requestId).first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/plan/open');
    await turnTo(page, dayOf(10));
    const meeting = page.locator('.calendar').getByText(new RegExp(meetingId)).first();
    await meeting.waitFor();
    // The month is drawn with days of the next behind it.
    expect(
      await page
        .locator('.calendar')
        .getByText(new RegExp(`Poll ${pollId}`))
        .count(),
    ).toBe(2);
    expect(await violationsInBoth(page)).toEqual([]);

    await meeting.click();
    await page.getByLabel(/^New hour/).fill(`${dayOf(10)}T17:30`);
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    // Who hears the page hears the question alone, and the page again after it.
    await page.locator('#root[aria-hidden]').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: /^Yes/ }).click();
    await page.getByText(`${meetingId} is moved`).waitFor();
    await page.locator('#root:not([aria-hidden])').waitFor();
    expect((await slotOf(cast, meetingId)).local).toBe(`${dayOf(10)}T17:30`);

    // By hand, onto the next or the last day of the same month.
    const other = dayOf(9).slice(0, 7) === dayOf(10).slice(0, 7) ? dayOf(9) : dayOf(11);
    const target = page.locator(`.calendar [data-date="${other}"]`).first();
    await meeting.dragTo(target);
    await page.getByRole('alertdialog').getByRole('button', { name: /^Yes/ }).click();
    await page.getByText(new RegExp(`${meetingId} is moved to .*${other}`)).waitFor();
    expect((await slotOf(cast, meetingId)).local).toBe(`${other}T17:30`);

    // By keyboard alone: the entry, its panel, the hour, the question.
    const opened = async () => {
      await page.locator('.calendar .entry-meeting').first().focus();
      await page.keyboard.press('Enter');
      return page.getByLabel(/^New hour/).isVisible();
    };
    // The calendar is drawn anew once the move is told, and with it the entry that had the focus.
    await expect.poll(opened, { timeout: 15_000, interval: 500 }).toBe(true);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain(meetingId);
    await page.keyboard.press('Tab');
    await page.getByLabel(/^New hour/).fill(`${other}T16:00`);
    await page.getByRole('button', { name: 'Move', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').getByRole('button', { name: /^Yes/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(new RegExp(`${meetingId} is moved to .*16:00`)).waitFor();
    expect((await slotOf(cast, meetingId)).local).toBe(`${other}T16:00`);

    await page.locator('.calendar').getByText('Week', { exact: true }).click();
    expect(await page.locator('.calendar').getByText('09:00').count()).toBeGreaterThan(0);
    await page.getByRole('checkbox', { name: /^HTAD/ }).click();
    await page.locator('.calendar').getByText('Month', { exact: true }).click();
    expect(await page.locator('.calendar').getByText(new RegExp(meetingId)).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is a list on a phone', async () => {
    const { meetingId } = world;
    const { page, complaints } = await openPage(browser, await world.link(), narrow);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(world.requestId).first().waitFor();
    await page.locator('.calendar').getByText(new RegExp(meetingId)).first().waitFor();
    expect(await noSideways(page)).toBe(true);
    expect(await violationsInBoth(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('has a page beside it on which voters answer who are in no chat', async () => {
    const { cast, pollId, pollAddress } = world;
    const voter = Object.keys((await cast.ports.store.load('poll', pollId)).state.ballots);
    const { page, complaints } = await openPage(browser, await pollAddress(), narrow);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByText('Please choose one.').first().waitFor();
    expect(await violationsInBoth(page)).toEqual([]);
    expect(await noSideways(page)).toBe(true);
    for (const group of await page.getByRole('radiogroup').all()) await group.getByLabel('If need be').check();
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByText('Your answer is there').waitFor();
    const { ballots } = (await cast.ports.store.load('poll', pollId)).state;
    expect(Object.keys(ballots).length).toBe(voter.length + 1);
    expect(Object.values(ballots).at(-1)?.votes).toEqual(['if-need-be', 'if-need-be']);
    await page.reload();
    await page.getByRole('button', { name: 'Send my answer' }).waitFor();
    expect(await page.getByLabel('If need be').first().isChecked()).toBe(true);

    // Another hour for the helpdesk, and one that comes in: who has answered is asked about that alone.
    await page.getByLabel(/^None of them/).fill(`${dayOf(13)}T09:00`);
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByText(/^You proposed: .*09:00/).waitFor();
    await cast.helpdesk.submits('poll.add', pollId, { other: `${dayOf(14)}T09:00` });
    await page.reload();
    await page.getByText(/you are asked about that alone/).waitFor();
    expect(await page.getByRole('radiogroup').count()).toBe(1);
    expect(await violationsInBoth(page)).toEqual([]);
    expect(await noSideways(page)).toBe(true);
    await page.getByRole('radiogroup').getByLabel('Yes').check();
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByText('Your answer is there').waitFor();
    const state = (await cast.ports.store.load('poll', pollId)).state;
    expect(Object.values(state.ballots).at(-1)?.votes).toEqual(['if-need-be', 'if-need-be', 'yes']);
    expect(state.counters.length).toBe(1);
    await page.reload();
    // Answered again, everything can be changed.
    await page.getByRole('radiogroup').nth(2).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is given to nobody else', async () => {
    expect(JSON.stringify(await world.cast.clinician.says('calendar'))).not.toContain('/plan/');
    const { page } = await openPage(browser, (await world.link()).replace(/.{5}$/, 'AAAAA'), wide);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').getByText(/link/i).waitFor();
    await page.context().close();
  });
});
