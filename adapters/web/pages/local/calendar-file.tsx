import { type Property, readEvent, readTime } from './ics.ts';
import { words } from './words.ts';

function person({ params, value }: Property): string {
  const address = value.replace(/^mailto:/i, '');
  return params.CN ? `${params.CN} <${address}>` : address;
}

/** A calendar file as facts that one can read. */
export function CalendarFile({ ics }: { readonly ics: string }) {
  const event = readEvent(ics);
  const all = (name: string) => event.filter((property) => property.name === name);
  const plain = ({ value }: Property) => value;
  const rows: (readonly [string, string[]])[] = [
    [words.mail.what, all('SUMMARY').map(plain)],
    [words.mail.start, all('DTSTART').map(readTime)],
    [words.mail.end, all('DTEND').map(readTime)],
    [words.mail.where, [...all('LOCATION'), ...all('URL')].map(plain)],
    [words.mail.organiser, all('ORGANIZER').map(person)],
    [words.mail.attendee, all('ATTENDEE').map(person)],
    [words.mail.sequence, all('SEQUENCE').map(plain)],
    [words.mail.description, all('DESCRIPTION').map(plain)],
  ];
  return (
    <dl className="facts">
      {rows
        .filter(([, values]) => values.length > 0)
        .map(([label, values]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="lines">{[...new Set(values)].join('\n')}</dd>
          </div>
        ))}
    </dl>
  );
}
