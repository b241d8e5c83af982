import type { DatesSetInfo, EventClickInfo, EventDropInfo, EventInput, LocaleInput } from '@fullcalendar/react';
import FullCalendar from '@fullcalendar/react';
import dayGrid from '@fullcalendar/react/daygrid';
import interaction from '@fullcalendar/react/interaction';
import list from '@fullcalendar/react/list';
import theme from '@fullcalendar/react/themes/forma';
import timeGrid from '@fullcalendar/react/timegrid';
import { useEffect, useState } from 'react';
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/forma/theme.css';
import '@fullcalendar/react/themes/forma/palettes/blue.css';

/** The calendar's own words in the languages that we speak; English is built in. */
const locales: Readonly<Record<string, () => Promise<{ readonly default: LocaleInput }>>> = {
  de: () => import('@fullcalendar/react/locales/de'),
  es: () => import('@fullcalendar/react/locales/es'),
  fr: () => import('@fullcalendar/react/locales/fr'),
  it: () => import('@fullcalendar/react/locales/it'),
  nl: () => import('@fullcalendar/react/locales/nl'),
};

/** A phone: the list comes first there, and what fills a screen is folded. */
export const narrow: MediaQueryList = matchMedia('(max-width: 700px)');
const plugins = [dayGrid, timeGrid, list, interaction, theme];

/** The Sunday of this week ('YYYY-MM-DD'): the month that it is in is what comes, and its first row still has today. */
function endOfWeek(zone: string): string {
  const day = new Date(`${new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format()}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + ((7 - day.getUTCDay()) % 7));
  return day.toISOString().slice(0, 10);
}

/** The month, the week and (for a phone) the list, drawn in the reader's zone. */
export function CalendarView({
  language,
  today,
  zone,
  drawn,
  events,
  datesSet,
  clicked,
  dropped,
}: {
  readonly language: string;
  readonly today: string;
  readonly zone: string;
  /** From when to when the days of a week are drawn. */
  readonly drawn: { readonly from: string; readonly to: string };
  readonly events: EventInput[];
  readonly datesSet: (info: DatesSetInfo) => void;
  readonly clicked: (info: EventClickInfo) => void;
  readonly dropped: (info: EventDropInfo) => void;
}) {
  const [locale, setLocale] = useState<LocaleInput>();
  useEffect(() => {
    const load = locales[language.slice(0, 2)];
    // Without them the calendar stays in English.
    if (load)
      load().then(
        ({ default: words }) => setLocale(words),
        () => undefined,
      );
  }, [language]);
  return (
    <FullCalendar
      plugins={plugins}
      initialView={narrow.matches ? 'listMonth' : 'dayGridMonth'}
      {...(narrow.matches ? {} : { initialDate: endOfWeek(zone) })}
      headerToolbar={
        narrow.matches
          ? { left: 'prev,next', center: 'title', right: 'listMonth,dayGridMonth' }
          : { left: 'prev,today,next', center: 'title', right: 'dayGridMonth,timeGridWeek,listMonth' }
      }
      timeZone={zone}
      {...(locale ? { locale } : {})}
      // What is said of the button must begin with what is on it.
      todayText={today}
      todayHint={today}
      firstDay={1}
      height="auto"
      slotMinTime={drawn.from}
      slotMaxTime={drawn.to}
      eventTimeFormat={{ hour: '2-digit', minute: '2-digit', hour12: false }}
      slotHeaderFormat={{ hour: '2-digit', minute: '2-digit', hour12: false }}
      // What comes, from today: at a month's end its own list would be empty.
      views={{
        listMonth: {
          duration: { weeks: 6 },
          dateAlignment: narrow.matches ? 'day' : 'week',
          titleFormat: { day: 'numeric', month: 'short', year: 'numeric' },
        },
      }}
      // A phone has no room for 'December 10, 2026' beside the entries.
      {...(narrow.matches ? { listDayFormat: { day: 'numeric', month: 'short' } as const } : {})}
      eventInnerClass="entry-inner"
      eventTimeClass="entry-time"
      eventTitleClass="entry-title"
      nowIndicator
      allDaySlot={false}
      eventDurationEditable={false}
      eventInteractive
      events={events}
      datesSet={datesSet}
      eventClick={clicked}
      eventDrop={dropped}
    />
  );
}
