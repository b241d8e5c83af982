"""Reads calendar objects with python3-icalendar and prints one JSON object for each file, in the form of libical.c."""
import json
import sys

import icalendar


def instant(event, name):
    if name not in event:
        return -1
    value = event[name].dt
    return int(value.timestamp()) if getattr(value, "tzinfo", None) else -1


def listed(value):
    return value if isinstance(value, list) else [value]


def shown(event):
    attendees = listed(event["ATTENDEE"]) if "ATTENDEE" in event else []
    return {
        "uid": str(event.get("UID", "")),
        "sequence": str(event.get("SEQUENCE", "")),
        "status": str(event.get("STATUS", "")),
        "organizer": str(event.get("ORGANIZER", "")),
        "rule": event["RRULE"].to_ical().decode() if "RRULE" in event else "",
        "summary": str(event.get("SUMMARY", "")),
        "description": str(event.get("DESCRIPTION", "")),
        "start": instant(event, "DTSTART"),
        "end": instant(event, "DTEND"),
        "occurrence": instant(event, "RECURRENCE-ID"),
        "attendees": [
            {
                "address": str(attendee),
                "name": attendee.params.get("CN", ""),
                "status": attendee.params.get("PARTSTAT", ""),
                "rsvp": attendee.params.get("RSVP", ""),
            }
            for attendee in attendees
        ],
        "alarms": sum(1 for part in event.subcomponents if part.name == "VALARM"),
    }


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    complaints = [f"{part.name}: {error}" for part in calendar.walk() for error in part.errors]
    print(
        json.dumps(
            {
                "complaints": complaints,
                "method": str(calendar.get("METHOD", "")),
                "events": [shown(event) for event in calendar.walk("VEVENT")],
            }
        )
    )
