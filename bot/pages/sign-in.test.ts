import { beforeEach, describe, expect, it } from 'vitest';
import { system } from '../../domain/people.ts';
import type { SignIn } from '../../domain/sign-in.ts';
import { type Cast, createCast } from '../conversations/testing.ts';
import { execute } from '../execute.ts';
import { signInLink } from './sign-in.ts';

const address = 'Nia.Newcomer@hospital.example';
let cast: Cast;
let shown: Awaited<ReturnType<SignIn['finish']>>;
/** How often somebody was sent to the provider. */
let sent: number;

/** A provider that vouches for `shown`. */
const provider: SignIn = {
  start: async (state) => {
    sent += 1;
    return { url: `https://provider.example/authorize?state=${state}`, secrets: `of ${state}` };
  },
  finish: async (callback, state, secrets) => {
    if (secrets !== `of ${new URL(callback).searchParams.get('state')}`) throw new Error(`${state} is another's`);
    return shown;
  },
};

beforeEach(async () => {
  sent = 0;
  cast = await createCast({ signIn: provider });
  shown = { subject: 's-1', email: address.toLowerCase(), secondFactor: true, at: cast.clock.now() };
});

/** Somebody with the draft of a registration, and the token of their link. */
async function newcomer(verified: boolean) {
  const { ports } = cast;
  const id = ports.ids.next('P');
  const registration = ports.ids.next('R');
  const value = {
    name: 'Nia Newcomer',
    email: address,
    language: 'en',
    zone: 'Europe/Paris',
    prefers: 'chat',
  } as const;
  const { state: clinician } = await ports.store.load('person', cast.clinicianId);
  const hcp = clinician.grants[0]?.hcp ?? '';
  await execute(ports, system, [{ kind: 'person', id, command: { type: 'person.enter' } }], {
    rows: [{ row: 'person', id, value }],
  });
  if (verified) {
    const command = { type: 'person.verify', method: 'code' } as const;
    await execute(ports, system, [{ kind: 'person', id, command }]);
  }
  await execute(ports, { id, verified: true, grants: [] }, [
    {
      kind: 'registration',
      id: registration,
      command: { type: 'registration.draft', person: id, hcp, as: 'clinician' },
    },
  ]);
  const token = (await signInLink(ports, id, registration)).split('/').at(-1) ?? '';
  const standing = async () => ({
    registration: (await ports.store.load('registration', registration)).state,
    person: (await ports.store.load('person', id)).state,
  });
  return { token, standing };
}

/** Goes to the provider and comes back. */
async function signIn(token: string) {
  const started = await cast.service.pages.signIn.start(token);
  if ('refused' in started) return started;
  const state = new URL(started.url).searchParams.get('state') ?? '';
  return cast.service.pages.signIn.finish(`https://bot.example/sign-in/callback?code=c&state=${state}`);
}

describe('the sign-in', () => {
  it('says for whom it is, which uses nothing up; it begins once, and comes back once', async () => {
    const { signIn: page } = cast.service.pages;
    const { token, standing } = await newcomer(true);
    for (let time = 0; time < 3; time++) expect(await page.look(token)).toEqual({ name: 'Nia Newcomer' });
    expect(sent).toBe(0);
    const started = await page.start(token);
    const state = new URL('url' in started ? started.url : 'none:').searchParams.get('state') ?? '';
    expect(await page.look(token)).toMatchObject({ refused: 'link.used-or-over' });
    expect(await page.start(token)).toMatchObject({ refused: 'link.used-or-over' });
    expect(sent).toBe(1);
    const back = `https://bot.example/sign-in/callback?code=c&state=${state}`;
    expect(await page.finish(back)).toMatchObject({ words: expect.stringContaining('second factor') });
    expect(await page.finish(back)).toMatchObject({ refused: 'sign-in.state' });
    expect((await standing()).registration).toMatchObject({ account: 'ready', proof: 'verified' });
  });

  it('is not begun by the link of another page', async () => {
    const { signIn: page, poll } = cast.service.pages;
    const { token } = await newcomer(true);
    expect(await poll.begin(token)).toMatchObject({ refused: 'link.gone' });
    const tab = await cast.clinician.says('page');
    const other = /\/tab\/([\w-]+)/.exec(JSON.stringify(tab))?.[1] ?? '';
    expect(other).not.toBe('');
    expect(await page.look(other)).toMatchObject({ refused: 'link.used-or-over' });
    expect(await page.start(other)).toMatchObject({ refused: 'link.used-or-over' });
    expect(sent).toBe(0);
  });

  it('shows that it is the person themselves by the account of their own address alone', async () => {
    const itself = await newcomer(false);
    expect(await signIn(itself.token)).toHaveProperty('words');
    expect((await itself.standing()).person.verified).toBe('eu-login');

    for (const email of ['somebody.else@hospital.example', undefined]) {
      const { email: _, ...rest } = shown;
      shown = email === undefined ? rest : { ...rest, email };
      const another = await newcomer(false);
      expect(await signIn(another.token)).toMatchObject({ refused: 'access.unverified' });
      expect(await another.standing()).toMatchObject({ registration: { account: 'none' } });
      expect((await another.standing()).person.verified).toBeUndefined();
    }
  });
});
