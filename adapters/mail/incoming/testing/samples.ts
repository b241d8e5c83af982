import { Temporal } from 'temporal-polyfill';

/**
 * Answers in the shapes that programs send them: the structure and the properties are those of the public documentation, the people are made up.
 * Outlook and Exchange: [MS-OXCICAL] 2.1.3 (properties), [MS-STANOICAL]; automatic replies: [MS-OXWOOF]. Google: the iMIP
 * messages that the Calendar help describes ('Accepted: …', invite.ics beside the alternative). Apple: the CalendarServer
 * project's iMIP tests (twistedcaldav, Apache-2.0) for the properties.
 */
export interface Sample {
  readonly uid: string;
  readonly sequence: number;
  readonly attendee: string;
  readonly organiser: string;
  /** 'ACCEPTED', … */
  readonly status: string;
  /** '20261124T100000Z' */
  readonly stamp: string;
  /** Local hour of the (new) start, '20261201T150000', in Paris. */
  readonly start: string;
  readonly end: string;
  readonly method?: 'REPLY' | 'COUNTER' | 'REFRESH';
  /** One date of a series: its local hour by the rule, in Paris. */
  readonly occurrence?: string;
  readonly authentication?: string;
  readonly from?: string;
}

const lines = (...rows: readonly string[]) => rows.join('\r\n');
const results = ({ authentication, attendee }: Sample) =>
  authentication ??
  `Authentication-Results: mx.network.example; dkim=pass header.d=${attendee.split('@')[1]}; dmarc=pass (p=REJECT)\r\n header.from=${attendee.split('@')[1]}`;

const parisOfWindows = lines(
  'BEGIN:VTIMEZONE',
  'TZID:W. Europe Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
);

export function outlook(sample: Sample): string {
  const { uid, sequence, attendee, organiser, status, stamp, start, end, method = 'REPLY', from = attendee } = sample;
  const ics = lines(
    'BEGIN:VCALENDAR',
    `METHOD:${method}`,
    'PRODID:Microsoft Exchange Server 2010',
    'VERSION:2.0',
    parisOfWindows,
    'BEGIN:VEVENT',
    `ORGANIZER;CN=CPMS helpdesk:mailto:${organiser}`,
    `ATTENDEE;PARTSTAT=${status};CN="Esimerkki, Aino":mailto:${attendee}`,
    'COMMENT;LANGUAGE=en-GB:\\n',
    `UID:${uid}`,
    'SUMMARY;LANGUAGE=en-GB:Accepted: CPMS meeting',
    `DTSTART;TZID=W. Europe Standard Time:${start}`,
    `DTEND;TZID=W. Europe Standard Time:${end}`,
    ...(sample.occurrence ? [`RECURRENCE-ID;TZID=W. Europe Standard Time:${sample.occurrence}`] : []),
    'CLASS:PUBLIC',
    'PRIORITY:5',
    `DTSTAMP:${stamp}`,
    'TRANSP:OPAQUE',
    'STATUS:CONFIRMED',
    `SEQUENCE:${sequence}`,
    'LOCATION;LANGUAGE=en-GB:https://meet.example/a',
    'X-MICROSOFT-CDO-APPT-SEQUENCE:0',
    'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
    'X-MICROSOFT-CDO-INSTTYPE:0',
    'X-MICROSOFT-DISALLOW-COUNTER:FALSE',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  );
  return lines(
    results(sample),
    'Received: from mail.hospital.example by mx.network.example; Tue, 24 Nov 2026 10:00:02 +0000',
    `From: "Esimerkki, Aino" <${from}>`,
    `To: CPMS helpdesk <${organiser}>`,
    'Subject: Accepted: CPMS meeting',
    'Thread-Topic: CPMS meeting',
    'Message-ID: <AM0PR01@AM0PR01MB.eurprd01.prod.outlook.example>',
    'Content-Language: en-GB',
    'X-MS-Has-Attach:',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="_000_AM0PR01_"',
    '',
    '--_000_AM0PR01_',
    'Content-Type: text/plain; charset="us-ascii"',
    '',
    '',
    '--_000_AM0PR01_',
    `Content-Type: text/calendar; charset="utf-8"; method=${method}`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(ics)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    '',
    '--_000_AM0PR01_--',
    '',
  );
}

export function google(sample: Sample): string {
  const { uid, sequence, attendee, organiser, status, stamp, start, end, method = 'REPLY', from = attendee } = sample;
  const utc = (local: string) => {
    const parts = `${local.slice(0, 4)}-${local.slice(4, 6)}-${local.slice(6, 8)}T${local.slice(9, 11)}:${local.slice(11, 13)}`;
    const instant = Temporal.PlainDateTime.from(parts).toZonedDateTime('Europe/Paris').toInstant();
    return instant.toString().replaceAll(/[-:]/g, '');
  };
  const ics = lines(
    'BEGIN:VCALENDAR',
    'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    ...(sample.occurrence ? [`RECURRENCE-ID:${utc(sample.occurrence)}`] : []),
    `DTSTAMP:${stamp}`,
    `ORGANIZER;CN=CPMS helpdesk:mailto:${organiser}`,
    `UID:${uid}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${status};CN=Aino Esi`,
    ` merkki;X-NUM-GUESTS=0:mailto:${attendee}`,
    'CREATED:20261120T100000Z',
    'DESCRIPTION:',
    'LAST-MODIFIED:20261124T100000Z',
    'LOCATION:',
    `SEQUENCE:${sequence}`,
    'STATUS:CONFIRMED',
    'SUMMARY:CPMS meeting',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  );
  return lines(
    results(sample),
    `From: Aino Esimerkki <${from}>`,
    `To: ${organiser}`,
    `Reply-To: Aino Esimerkki <${attendee}>`,
    'Sender: Google Calendar <calendar-notification@google.example>',
    'Auto-Submitted: auto-generated',
    'Message-ID: <calendar-0000@google.example>',
    'Subject: Accepted: CPMS meeting @ Tue 1 Dec 2026 15:00 - 16:00 (CET)',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="00000000000097"',
    '',
    '--00000000000097',
    'Content-Type: multipart/alternative; boundary="00000000000096"',
    '',
    '--00000000000096',
    'Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes',
    '',
    'Aino Esimerkki has accepted this invitation.',
    '',
    '--00000000000096',
    `Content-Type: text/calendar; charset="UTF-8"; method=${method}`,
    'Content-Transfer-Encoding: 7bit',
    '',
    ics,
    '--00000000000096--',
    '',
    '--00000000000097',
    'Content-Type: application/ics; name="invite.ics"',
    'Content-Disposition: attachment; filename="invite.ics"',
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(ics)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    '--00000000000097--',
    '',
  );
}

export function apple(sample: Sample): string {
  const { uid, sequence, attendee, organiser, status, stamp, start, end, method = 'REPLY', from = attendee } = sample;
  return lines(
    results(sample),
    `From: Aino Esimerkki <${from}>`,
    `To: ${organiser}`,
    'Subject: Aino Esimerkki accepted "CPMS meeting"',
    'Message-ID: <1B2C@apple.example>',
    'X-Mailer: iCal 15.0',
    'Mime-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="Apple-Mail=_1"',
    '',
    '--Apple-Mail=_1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Aino Esimerkki has accepted.',
    '--Apple-Mail=_1',
    `Content-Type: text/calendar; charset=utf-8; method=${method}; name=iCal.ics`,
    'Content-Disposition: attachment; filename=iCal.ics',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    lines(
      'BEGIN:VCALENDAR',
      'CALSCALE:GREGORIAN',
      `METHOD:${method}`,
      'PRODID:-//Apple Inc.//macOS 15.0//EN',
      'VERSION:2.0',
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Paris',
      'BEGIN:DAYLIGHT',
      'DTSTART:19810329T020000',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'TZNAME:GMT+2',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'END:DAYLIGHT',
      'BEGIN:STANDARD',
      'DTSTART:19961027T030000',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'TZNAME:GMT+1',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      `ATTENDEE;CN="Aino Esimerkki";CUTYPE=INDIVIDUAL;EMAIL="${attendee}";PARTSTAT=${status}:mailto:${attendee}`,
      `DTEND;TZID=Europe/Paris:${end}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;TZID=Europe/Paris:${start}`,
      ...(sample.occurrence ? [`RECURRENCE-ID;TZID=Europe/Paris:${sample.occurrence}`] : []),
      `ORGANIZER;CN="CPMS helpdesk":mailto:${organiser}`,
      `SEQUENCE:${sequence}`,
      'SUMMARY:CPMS meeting',
      'TRANSP:OPAQUE',
      `UID:${uid}`,
      'END:VEVENT',
      'END:VCALENDAR',
    ).replaceAll('=', '=3D'),
    '--Apple-Mail=_1--',
    '',
  );
}

/** A report of a failed delivery (RFC 3464), as Exim and others write it; `action` may be 'delayed'. */
export function bounce(messageId: string, recipient: string, action = 'failed'): string {
  return lines(
    'Received: from mail.hospital.example by mx.network.example; Tue, 24 Nov 2026 10:00:02 +0000',
    'From: Mail Delivery System <Mailer-Daemon@hospital.example>',
    'Auto-Submitted: auto-replied',
    'To: helpdesk@network.example',
    'Subject: Mail delivery failed: returning message to sender',
    'Message-Id: <E1abc@hospital.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b0"',
    '',
    '--b0',
    'Content-type: text/plain; charset=us-ascii',
    '',
    'This message was created automatically by mail delivery software.',
    '',
    '--b0',
    'Content-type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.hospital.example',
    '',
    `Action: ${action}`,
    `Final-Recipient: rfc822;${recipient}`,
    `Status: ${action === 'failed' ? '5.1.1' : '4.0.0'}`,
    '',
    '--b0',
    'Content-type: message/rfc822',
    '',
    `Message-ID: <${messageId}>`,
    'From: CPMS helpdesk <helpdesk@network.example>',
    `To: ${recipient}`,
    'Subject: Invitation',
    'MIME-Version: 1.0',
    'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
    '',
    'BEGIN:VCALENDAR',
    'METHOD:REQUEST',
    'END:VCALENDAR',
    '--b0--',
    '',
  );
}

/** An automatic reply in the shapes of Exchange, of Gmail's and of a Unix machine's vacation. */
export function away(messageId: string, from: string, program: 'exchange' | 'gmail' | 'vacation'): string {
  const domain = from.split('@')[1];
  return lines(
    `Authentication-Results: mx.network.example; dmarc=pass header.from=${domain}`,
    `From: Aino Esimerkki <${from}>`,
    'To: helpdesk@network.example',
    `Subject: ${program === 'exchange' ? 'Automatic reply: ' : 'Re: '}Invitation`,
    `In-Reply-To: <${messageId}>`,
    `References: <${messageId}>`,
    ...(program === 'exchange' ? ['X-Auto-Response-Suppress: All', 'Auto-Submitted: auto-generated'] : []),
    ...(program === 'gmail' ? ['Precedence: bulk', 'X-Autoreply: yes', 'Auto-Submitted: auto-replied'] : []),
    ...(program === 'vacation' ? ['Auto-Submitted: auto-replied (vacation)'] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'I am away until Monday.',
    '',
  );
}
