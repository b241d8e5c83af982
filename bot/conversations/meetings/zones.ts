import { sayZones } from '../../../domain/meetings/hours.ts';
import type { Slot } from '../../../domain/meetings/slots.ts';
import type { Ports } from '../../context.ts';

/** The zones that these people live in, those of most of them first. */
async function zonesOf(ports: Ports, people: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(people.map((person) => ports.store.person(person)));
  const counted = new Map<string, number>();
  for (const details of found) if (details?.zone) counted.set(details.zone, (counted.get(details.zone) ?? 0) + 1);
  return [...counted].toSorted(([, a], [, b]) => b - a).map(([zone]) => zone);
}

/** Hours in the zone of each person concerned, a line for each offset; none where all of them share one. */
export async function hoursEverywhere(
  ports: Ports,
  slots: readonly Slot[],
  people: readonly string[],
  language: string,
): Promise<readonly string[]> {
  const zones = await zonesOf(ports, people);
  const lines = slots.map(({ instant }) => sayZones(instant, zones, language));
  return lines.every((each) => each.length < 2) ? [] : lines.flat();
}
