import listed from '../lists/months.json' with { type: 'json' };

/** Every form of a month's name in the languages of the tables, folded and without full stops: its number, 1 to 12 (0 for a form of the tables, of which only that it is a month matters). */
export function monthNames(): Map<string, number> {
  const names = new Map<string, number>();
  for (const [month, forms] of listed.months.entries()) for (const form of forms.split(' ')) names.set(form, month);
  return names;
}

/** The names of the days of the week in the languages of the tables, long and short, folded and without full stops. */
export function dayNames(): string[] {
  return listed.weekdays.split(' ');
}
