import { describe, expect, test } from 'vitest';
import { readMail } from './read.ts';
import { apple, away, bounce, google, outlook, type Sample } from './testing/samples.ts';

const sample: Sample = {
  uid: 'M-7K3F9Q2M@bot.example',
  sequence: 1,
  attendee: 'aino@hospital.example',
  organiser: 'helpdesk@network.example',
  status: 'ACCEPTED',
  stamp: '20261124T100000Z',
  start: '20261201T150000',
  end: '20261201T160000',
};
const letter = 'meeting-M-7K3F9Q2M-P-AAAAAAAA-1-17-abcdef';
const read = (text: string, server = 'mx.network.example') =>
  readMail(Buffer.from(text), { server, arrival: '2026-11-24T10:00:05.123Z' });

describe.each([
  ['Outlook', outlook],
  ['Google', google],
  ['Apple', apple],
] as const)('an answer of %s', (_, write) => {
  test.each([
    ['ACCEPTED', 'accepted'],
    ['TENTATIVE', 'tentative'],
    ['DECLINED', 'declined'],
  ])('%s', async (status, answer) => {
    expect(await read(write({ ...sample, status }))).toEqual({
      key: expect.any(String),
      kind: 'answer',
      method: 'REPLY',
      from: sample.attendee,
      authenticated: true,
      parts: [
        {
          uid: sample.uid,
          sequence: 1,
          attendee: sample.attendee,
          stamp: '2026-11-24T10:00:00.000Z',
          answer,
          hour: { instant: '2026-12-01T14:00:00.000Z', minutes: 60 },
        },
      ],
    });
  });

  test('with another hour, in the zone that comes with it', async () => {
    const counter = { ...sample, method: 'COUNTER', start: '20261215T093000', end: '20261215T101500' } as const;
    expect(await read(write({ ...counter, status: 'TENTATIVE' }))).toMatchObject({
      kind: 'answer',
      method: 'COUNTER',
      parts: [{ hour: { instant: '2026-12-15T08:30:00.000Z', minutes: 45 } }],
    });
  });

  test('delegated is no answer, and a stamp from the future is the arrival', async () => {
    const odd = await read(write({ ...sample, status: 'DELEGATED', stamp: '20361124T100000Z' }));
    expect(odd).toMatchObject({ kind: 'answer', parts: [{ stamp: '2026-11-24T10:00:05.000Z' }] });
    expect(odd.kind === 'answer' && odd.parts[0]).not.toHaveProperty('answer');
  });

  test('from another, or without the server’s word, says so', async () => {
    expect(await read(write({ ...sample, from: 'eve@evil.example' }))).toMatchObject({
      from: 'eve@evil.example',
      authenticated: false,
    });
    expect(await read(write({ ...sample, authentication: 'X-Nothing: here' }))).toMatchObject({ authenticated: false });
  });
});

describe('a calendar’s answer that is none', () => {
  test.each([
    ['hides another method', (text: string) => text.replace(/method=REPLY/g, 'method=COUNTER')],
    ['has no UID', (text: string) => text.replace(/^UID:.*\r\n/m, '')],
    ['has no attendee', (text: string) => text.replace(/^ATTENDEE[\s\S]*?^(?=DTEND)/m, '')],
    ['counts backwards', (text: string) => text.replace('SEQUENCE:1', 'SEQUENCE:-1')],
    ['is cut off', (text: string) => text.replace('END:VEVENT', '')],
    ['is an invitation', (text: string) => text.replaceAll('REPLY', 'REQUEST')],
    ['is empty', (text: string) => text.replace(/BEGIN:VCALENDAR[\s\S]*END:VCALENDAR/, '')],
  ])('because it %s', async (_, change) => {
    expect(await read(change(apple(sample)))).toMatchObject({ kind: 'malformed' });
  });

  test('two senders are nobody', async () => {
    const two = apple(sample).replace('To: ', 'From: Eve <eve@evil.example>\r\nTo: ');
    expect(await read(two)).toMatchObject({ from: '', authenticated: false });
    const list = apple(sample).replace(/^From:.*$/m, 'From: a@hospital.example, aino@hospital.example');
    expect(await read(list)).toMatchObject({ from: '', authenticated: false });
  });

  test('an hour in a zone that nobody describes is no hour', async () => {
    const unknown = apple({ ...sample, method: 'COUNTER' }).replaceAll('TZID=3DEurope/Paris', 'TZID=3DNowhere');
    const mail = await read(unknown);
    expect(mail).toMatchObject({ kind: 'answer' });
    expect(mail.kind === 'answer' && mail.parts[0]).not.toHaveProperty('hour');
  });
});

describe('reports and automatic answers', () => {
  test('what failed for good is a bounce of our letter, though it carries an invitation', async () => {
    expect(await read(bounce(`${letter}@network.example`, 'Aino@hospital.example'))).toMatchObject({
      kind: 'bounce',
      letter,
      recipients: ['aino@hospital.example'],
    });
  });

  test('what is delayed, or another’s, is nothing of ours', async () => {
    expect(await read(bounce(`${letter}@network.example`, 'aino@hospital.example', 'delayed'))).toMatchObject({
      kind: 'other',
    });
    expect(await read(bounce('abc@elsewhere.example', 'aino@hospital.example'))).toMatchObject({ kind: 'other' });
  });

  test.each(['exchange', 'gmail', 'vacation'] as const)('away, as %s says it', async (program) => {
    expect(await read(away(`${letter}@network.example`, sample.attendee, program))).toMatchObject({
      kind: 'absence',
      letter,
      from: sample.attendee,
      authenticated: true,
    });
  });

  test('what a person writes is another', async () => {
    const text = `From: Aino <${sample.attendee}>\r\nIn-Reply-To: <${letter}@network.example>\r\n\r\nI come.\r\n`;
    expect(await read(text)).toMatchObject({ kind: 'other' });
    expect(await read('')).toMatchObject({ kind: 'other', from: '' });
    expect(await read('\0\xff'.repeat(1000))).toMatchObject({ kind: 'other' });
  });
});

describe('what a stranger writes to tie the reader up', () => {
  const zoned = (rule: string, hour = '20270101T100000') =>
    [
      'Authentication-Results: mx.network.example; dmarc=pass header.from=hospital.example',
      `From: ${sample.attendee}`,
      'Content-Type: text/calendar; method=COUNTER; charset=utf-8',
      '',
      'BEGIN:VCALENDAR',
      'METHOD:COUNTER',
      'BEGIN:VTIMEZONE',
      'TZID:Somewhere',
      'BEGIN:STANDARD',
      'DTSTART:16010101T000000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0100',
      ...(rule ? [`RRULE:${rule}`] : []),
      'END:STANDARD',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      `UID:${sample.uid}`,
      'DTSTAMP:20261124T100000Z',
      `DTSTART;TZID=Somewhere:${hour}`,
      'DURATION:PT1H',
      `ATTENDEE;PARTSTAT=TENTATIVE:mailto:${sample.attendee}`,
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n');
  const hourOf = async (text: string) => {
    const mail = await read(text);
    return mail.kind === 'answer' ? mail.parts[0]?.hour : 'no answer';
  };

  test('a zone whose clock changes by the year is read, and one whose clock never stands still gives no hour', async () => {
    const hour = { instant: '2027-01-01T09:00:00.000Z', minutes: 60 };
    expect(await hourOf(zoned(''))).toEqual(hour);
    expect(await hourOf(zoned('FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10'))).toEqual(hour);
    for (const rule of [
      'FREQ=SECONDLY',
      'FREQ=DAILY;UNTIL=99991231T000000Z',
      'FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12',
      'FREQ=YEARLY;BYHOUR=1;BYSECOND=1',
    ])
      expect({ rule, hour: await hourOf(zoned(rule)) }).toEqual({ rule, hour: undefined });
    expect(await hourOf(zoned('', '99990101T100000'))).toBeUndefined();
  });

  test('a field of results that does not end is believed in nothing, nor what stands below it', async () => {
    const rest = `Authentication-Results: mx.network.example; dmarc=pass header.from=hospital.example\r\nFrom: ${sample.attendee}\r\n\r\nx`;
    expect(await read(rest)).toMatchObject({ authenticated: true });
    const long = `Authentication-Results: mx.network.example; dmarc=fail ${'a-'.repeat(100_000)}\r\n`;
    expect(await read(long + rest)).toMatchObject({ authenticated: false });
  });
});

test('the calendar is read in the character set that it is written in', async () => {
  const head = [
    `From: ${sample.attendee}`,
    'Content-Type: text/calendar; method=REPLY; charset=CHARSET',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ].join('\r\n');
  const ics = [
    'BEGIN:VCALENDAR',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    `UID:${sample.uid}`,
    'DTSTAMP:20261124T100000Z',
    `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${sample.attendee}`,
    'COMMENT:Später möglich',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  for (const [charset, bytes] of [
    ['utf-8', Buffer.from(ics)],
    ['iso-8859-1', Buffer.from(ics, 'latin1')],
    ['utf-16le', Buffer.from(ics, 'utf16le')],
    ['x-of-nobody', Buffer.from(ics)],
  ] as const)
    expect({ charset, ...(await read(head.replace('CHARSET', charset) + bytes.toString('base64'))) }).toMatchObject({
      charset,
      kind: 'answer',
      parts: [{ answer: 'accepted', comment: 'Später möglich' }],
    });
});
