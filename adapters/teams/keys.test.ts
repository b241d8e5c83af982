import { expect, test } from 'vitest';
import { inbound } from './activity.ts';
import { deliveryKey } from './keys.ts';

const tenant = '11111111-1111-1111-1111-111111111111';
const today = '2026-11-23';
const activity = (more: object) =>
  inbound.parse({
    type: 'message',
    id: '1',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { id: '29:a', aadObjectId: tenant },
    recipient: { id: '28:b' },
    conversation: { id: 'a:1', conversationType: 'personal', tenantId: tenant },
    channelData: { tenant: { id: tenant } },
    ...more,
  });
const key = (more: object, day = today) => deliveryKey(activity(more), day);

test('the same activity has the same key, whatever else changes on its way', () => {
  expect(key({})).toBe(key({ timestamp: '2026-11-23T09:00:01Z', localTimestamp: 'x' }, '2026-11-24'));
});

test.each([
  ['another id', { id: '2' }],
  ['another conversation', { conversation: { id: 'a:2', tenantId: tenant } }],
  ['another type', { type: 'invoke' }],
])('%s is another delivery', (_, more) => {
  expect(key(more)).not.toBe(key({}));
});

test('an invoke without an id is told by who, where, what and when', () => {
  const invoke = {
    type: 'invoke',
    id: undefined,
    name: 'adaptiveCard/action',
    replyToId: '7',
    timestamp: 't1',
    value: { a: 1 },
  };
  expect(key(invoke)).toBe(key({ ...invoke }));
  for (const other of [{ timestamp: 't2' }, { replyToId: '8' }, { value: { a: 2 } }, { from: { id: '29:c' } }])
    expect(key({ ...invoke, ...other })).not.toBe(key(invoke));
});

test('both announcements of an installation are one greeting, a day long', () => {
  const added = { type: 'conversationUpdate', id: '5' };
  expect(key(added)).toBe(key({ type: 'installationUpdate', id: '6' }));
  expect(key(added)).not.toBe(key(added, '2026-11-24'));
});

test('no id of a person or conversation stands in a key', () => {
  expect(key({})).not.toMatch(/29:|a:1|1111/);
});
