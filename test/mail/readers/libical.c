/*
 * Reads calendar objects with libical and prints one JSON object for each file: what its restriction check (RFC 5546) and its parser
 * complain of, and what the object says. cc -o reader libical.c -lical
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void text(const char *value) {
  putchar('"');
  for (const unsigned char *at = (const unsigned char *)(value ? value : ""); *at; at++) {
    if (*at == '"' || *at == '\\') printf("\\%c", *at);
    else if (*at < 0x20) printf("\\u%04x", *at);
    else putchar(*at);
  }
  putchar('"');
}

static char *whole(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) exit(2);
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *bytes = malloc((size_t)size + 1);
  if (fread(bytes, 1, (size_t)size, file) != (size_t)size) exit(2);
  bytes[size] = 0;
  fclose(file);
  return bytes;
}

/* The instant of a time property, by the VTIMEZONE of the object alone; -1 where it floats. */
static long instant(icalcomponent *root, icalproperty *property) {
  if (!property) return -1;
  struct icaltimetype time = icalvalue_get_datetime(icalproperty_get_value(property));
  if (icaltime_is_utc(time)) return (long)icaltime_as_timet(time);
  const char *id = icalproperty_get_parameter_as_string(property, "TZID");
  icaltimezone *zone = id ? icalcomponent_get_timezone(root, id) : NULL;
  return zone ? (long)icaltime_as_timet_with_zone(time, zone) : -1;
}

static void complaints(icalcomponent *component, int *first) {
  for (icalproperty *p = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); p;
       p = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
    if (!*first) putchar(',');
    *first = 0;
    text(icalproperty_get_xlicerror(p));
  }
  for (icalcomponent *c = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); c;
       c = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
    complaints(c, first);
}

static void string(const char *name, icalcomponent *event, icalproperty_kind kind) {
  icalproperty *property = icalcomponent_get_first_property(event, kind);
  printf("\"%s\":", name);
  text(property ? icalproperty_get_value_as_string(property) : "");
  putchar(',');
}

static void parameter(const char *name, icalproperty *property, const char *key) {
  const char *value = icalproperty_get_parameter_as_string(property, key);
  printf("\"%s\":", name);
  text(value);
}

static void event(icalcomponent *root, icalcomponent *event) {
  icalproperty *summary = icalcomponent_get_first_property(event, ICAL_SUMMARY_PROPERTY);
  icalproperty *description = icalcomponent_get_first_property(event, ICAL_DESCRIPTION_PROPERTY);
  putchar('{');
  string("uid", event, ICAL_UID_PROPERTY);
  string("sequence", event, ICAL_SEQUENCE_PROPERTY);
  string("status", event, ICAL_STATUS_PROPERTY);
  string("organizer", event, ICAL_ORGANIZER_PROPERTY);
  string("rule", event, ICAL_RRULE_PROPERTY);
  printf("\"summary\":");
  text(summary ? icalproperty_get_summary(summary) : "");
  printf(",\"description\":");
  text(description ? icalproperty_get_description(description) : "");
  printf(",\"start\":%ld,\"end\":%ld,\"occurrence\":%ld,",
         instant(root, icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY)),
         instant(root, icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY)),
         instant(root, icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY)));
  printf("\"attendees\":[");
  int first = 1;
  for (icalproperty *p = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY); p;
       p = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
    if (!first) putchar(',');
    first = 0;
    printf("{\"address\":");
    text(icalproperty_get_attendee(p));
    putchar(',');
    parameter("name", p, "CN");
    putchar(',');
    parameter("status", p, "PARTSTAT");
    putchar(',');
    parameter("rsvp", p, "RSVP");
    putchar('}');
  }
  printf("],\"alarms\":%d}", icalcomponent_count_components(event, ICAL_VALARM_COMPONENT));
}

int main(int count, char **paths) {
  icalerror_set_errors_are_fatal(0);
  for (int at = 1; at < count; at++) {
    icalcomponent *root = icalparser_parse_string(whole(paths[at]));
    if (!root) {
      printf("{\"complaints\":[\"not a calendar object\"]}\n");
      continue;
    }
    int valid = icalrestriction_check(root);
    int first = 1;
    printf("{\"complaints\":[");
    complaints(root, &first);
    if (first && (!valid || icalcomponent_count_errors(root) > 0)) printf("\"refused without a word\"");
    icalproperty *method = icalcomponent_get_first_property(root, ICAL_METHOD_PROPERTY);
    printf("],\"method\":");
    text(method ? icalproperty_get_value_as_string(method) : "");
    printf(",\"events\":[");
    first = 1;
    for (icalcomponent *c = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT); c;
         c = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT)) {
      if (!first) putchar(',');
      first = 0;
      event(root, c);
    }
    printf("]}\n");
    icalcomponent_free(root);
  }
  return 0;
}
