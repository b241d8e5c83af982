"""
Answers an invitation as a mail program would, with Python's own email and smtplib, and python3-icalendar. Reads a JSON object from its
input: the mail with the invitation (source), who answers (sender, and attendee where that is another), what (status, method, comment), of which date of
a series (occurrence, its local hour), and what is to be wrong (uid, sequence). Sends it from the given address of this machine.
"""
import json
import smtplib
import sys
from datetime import datetime, timedelta, timezone
from email import message_from_string, policy
from email.message import EmailMessage

import icalendar
import pytz

asked = json.load(sys.stdin)
invitation = message_from_string(asked["source"], policy=policy.default)
part = next(p for p in invitation.walk() if p.get_content_type() == "text/calendar")
invited = icalendar.Calendar.from_ical(part.get_content())
event = next(iter(invited.walk("VEVENT")))
if "occurrence" in asked:
    length = event["DTEND"].dt - event["DTSTART"].dt
    # The library's own zones have another offset on another day.
    zone = pytz.timezone(event["DTSTART"].params.get("TZID", "UTC"))
    hour = zone.localize(datetime.fromisoformat(asked["occurrence"]))
    for name, value in (("RECURRENCE-ID", hour), ("DTSTART", hour), ("DTEND", hour + length)):
        if name in event:
            del event[name]
        event.add(name, value)

reply = icalendar.Event()
for name in ("DTSTART", "DTEND", "RECURRENCE-ID", "ORGANIZER", "SUMMARY"):
    if name in event:
        reply.add(name, event[name])
reply.add("UID", asked.get("uid") or str(event["UID"]))
reply.add("SEQUENCE", asked.get("sequence", int(event["SEQUENCE"])))
reply.add("DTSTAMP", datetime.fromtimestamp(asked["stamp"], timezone.utc))
if "hours_later" in asked:
    for name in ("DTSTART", "DTEND"):
        moved = (event[name].dt + timedelta(hours=asked["hours_later"])).astimezone(timezone.utc)
        del reply[name]
        reply.add(name, moved)
if "comment" in asked:
    reply.add("COMMENT", asked["comment"])
attendee = icalendar.vCalAddress("mailto:" + asked.get("attendee", asked["sender"]))
attendee.params["PARTSTAT"] = icalendar.vText(asked["status"])
reply.add("ATTENDEE", attendee)

method = asked.get("method", "REPLY")
calendar = icalendar.Calendar()
calendar.add("PRODID", "-//python//answers//EN")
calendar.add("VERSION", "2.0")
calendar.add("METHOD", method)
for zone in invited.walk("VTIMEZONE"):
    calendar.add_component(zone)
calendar.add_component(reply)

mail = EmailMessage(policy=policy.SMTP)
mail["From"] = asked["sender"]
mail["To"] = str(event["ORGANIZER"])[len("mailto:"):]
mail["Subject"] = "Re: " + str(event["SUMMARY"])
for name, value in asked.get("headers", {}).items():
    mail[name] = value
mail.set_content("An answer.")
mail.add_alternative(calendar.to_ical().decode(), subtype="calendar", params={"method": method}, charset="utf-8")

with smtplib.SMTP("127.0.0.1", asked["port"], source_address=(asked["host"], 0)) as server:
    server.send_message(mail, from_addr=asked.get("envelope", asked["sender"]))
