import { describe, expect, it } from 'vitest';
import { createCast } from '../conversations/testing.ts';
import { createLink, takeLink } from './links.ts';

describe('a one-time link', () => {
  it('is used once, by its own kind of page only, within its time', async () => {
    const { ports, clock } = await createCast();
    const target = { page: 'upload', person: 'P-1', ref: 'C-1' } as const;
    const { token } = await createLink(ports, target, 30);
    expect(await takeLink(ports, token, ['decision'])).toBeUndefined();
    expect(await takeLink(ports, token, ['upload'])).toEqual(target);
    expect(await takeLink(ports, token, ['upload'])).toBeUndefined();
    const late = await createLink(ports, target, 30);
    clock.forward(1);
    expect(await takeLink(ports, late.token, ['upload'])).toBeUndefined();
    expect(await takeLink(ports, '../../etc', ['upload'])).toBeUndefined();
  });

  it('is kept under a hash: the token opens nothing by itself', async () => {
    const { ports } = await createCast();
    const { token } = await createLink(ports, { page: 'upload', person: 'P-1', ref: 'C-1' }, 30);
    for (const key of [token, `link:${token}`]) expect(await ports.kept.get(key)).toBeUndefined();
  });
});
