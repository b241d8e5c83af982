import { describe, expect, test } from 'vitest';
import { vouchedFor } from './authentication.ts';

const from = 'aino@hospital.example';
const mx = 'mx.network.example';
const vouched = (...fields: string[]) => vouchedFor(from, fields, mx);

describe('Authentication-Results', () => {
  test.each([
    ['DMARC', `${mx}; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=hospital.example`],
    ['DKIM of the domain', `${mx}; dkim=pass (2048-bit key) header.d=hospital.example header.i=@hospital.example`],
    ['DKIM by its identity', `${mx}; dkim=pass header.i=@hospital.example`],
    ['SPF with an address', `${mx} 1; spf=pass (${mx}: domain of x) smtp.mailfrom=bounce@hospital.example`],
    ['SPF with a domain, quoted', `${mx};\r\n\tspf=pass smtp.mailfrom="hospital.example"`],
    [
      'one of several',
      `${mx}; spf=softfail smtp.mailfrom=x.example; dkim=fail header.d=y.example; dmarc=pass header.from=HOSPITAL.example`,
    ],
    ['in capitals', `MX.network.example; DKIM=PASS HEADER.D=hospital.example`],
  ])('%s vouches', (_, field) => expect(vouched(field)).toBe(true));

  test.each([
    ['nothing', ''],
    ['a failure', `${mx}; dmarc=fail header.from=hospital.example`],
    ['a failure beside a pass', `${mx}; dkim=pass header.d=hospital.example; dmarc=fail header.from=hospital.example`],
    ['another domain', `${mx}; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example`],
    ['a look-alike', `${mx}; dkim=pass header.d=ospital.example`],
    ['a domain below', `${mx}; dkim=pass header.d=x.hospital.example`],
    ['a top domain', `${mx}; dkim=pass header.d=example`],
    ['no property', `${mx}; dkim=pass; spf=pass; dmarc=pass`],
    ['another server', 'mx.evil.example; dmarc=pass header.from=hospital.example'],
    ['no server', 'dmarc=pass header.from=hospital.example'],
    ['a pass in a comment', `${mx}; dmarc=none (dmarc=pass header.from=hospital.example) header.from=hospital.example`],
    ['a pass in a nested comment', `${mx}; spf=none (a (; dmarc=pass header.from=hospital.example) b)`],
    ['a pass in a quoted string', `${mx}; spf=none reason="; dmarc=pass header.from=hospital.example"`],
    ['a bracket that never closes', `${mx}; (dmarc=pass header.from=hospital.example`],
    ['a method without a verdict', `${mx}; auth=pass smtp.auth=aino@hospital.example`],
  ])('%s does not', (_, field) => expect(vouched(field)).toBe(false));

  test('a domain above vouches for those below', () => {
    expect(vouchedFor('aino@clinic.hospital.example', [`${mx}; dkim=pass header.d=hospital.example`], mx)).toBe(true);
  });

  test('only the topmost field of our own server counts', () => {
    const good = `${mx}; dmarc=pass header.from=hospital.example`;
    expect(vouched('mx.other.example; dmarc=fail', good)).toBe(true);
    expect(vouched(`${mx}; dmarc=none header.from=hospital.example`, good)).toBe(false);
  });

  test('a server that writes no id is named as such', () => {
    const field =
      'spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=hospital.example; dmarc=pass action=none header.from=hospital.example;compauth=pass reason=100';
    expect(vouchedFor(from, [field], 'none')).toBe(true);
    expect(vouchedFor(from, [field], mx)).toBe(false);
    expect(vouchedFor(from, [field], '')).toBe(false);
  });
});
