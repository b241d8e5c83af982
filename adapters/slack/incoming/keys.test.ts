import { expect, test } from 'vitest';
import { type Delivery, deliveryKey } from './keys.ts';

const secret = 'a-signing-secret-for-tests';
const submission = (values: unknown, more: Partial<Extract<Delivery, { kind: 'submission' }>> = {}): Delivery => ({
  kind: 'submission',
  user: 'U1',
  viewId: 'V1',
  viewHash: 'h1',
  values,
  ...more,
});
const action = (more: Partial<Extract<Delivery, { kind: 'action' }>> = {}): Delivery => ({
  kind: 'action',
  user: 'U1',
  container: '1.1',
  blockId: 'b',
  actionId: 'act:go#0',
  actionTs: '2.2',
  ...more,
});

test('the same delivery gives the same key, whatever the order of its names', () => {
  const one = deliveryKey('T1', submission({ a: { x: 1, y: [2] }, b: null }), secret);
  expect(deliveryKey('T1', submission({ b: null, a: { y: [2], x: 1 } }), secret)).toBe(one);
});

test('a corrected form has another key, though Slack gives it the same view id and hash', () => {
  expect(deliveryKey('T1', submission({ a: 'x' }), secret)).not.toBe(deliveryKey('T1', submission({ a: 'y' }), secret));
});

test('everything that tells two deliveries apart is in the key', () => {
  const keys = [
    deliveryKey('T1', { kind: 'event', eventId: 'Ev1' }, secret),
    deliveryKey('T2', { kind: 'event', eventId: 'Ev1' }, secret),
    deliveryKey('T1', { kind: 'command', user: 'U1', triggerId: 'Ev1' }, secret),
    deliveryKey('T1', { kind: 'command', user: 'U2', triggerId: 'Ev1' }, secret),
    deliveryKey('T1', { kind: 'shortcut', user: 'U1', triggerId: 'Ev1' }, secret),
    deliveryKey('T1', action(), secret),
    deliveryKey('T1', action({ actionTs: '2.3' }), secret),
    deliveryKey('T1', action({ user: 'U2' }), secret),
    deliveryKey('T1', action({ container: '1.2' }), secret),
    deliveryKey('T1', action({ actionId: 'act:go#1' }), secret),
    deliveryKey('T1', action({ blockId: 'c' }), secret),
    deliveryKey('T1', submission({}), secret),
    deliveryKey('T1', submission({}, { viewId: 'V2' }), secret),
    deliveryKey('T1', submission({}, { viewHash: 'h2' }), secret),
    deliveryKey('T1', submission({}, { user: 'U2' }), secret),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('what was typed is in the key only as a hash that needs the secret', () => {
  const key = deliveryKey('T1', submission({ name: 'Ada' }), secret);
  expect(key).not.toContain('Ada');
  expect(deliveryKey('T1', submission({ name: 'Ada' }), 'another-secret')).not.toBe(key);
});
