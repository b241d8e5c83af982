import type { Ask, Decider, Fact } from './decider.ts';
import { refuse } from './decider.ts';

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly name: string;
  /** The age at which a child's consent is due again, in years. */
  readonly majority: number;
  /** The national supervisory authority (GDPR Art. 51), named on the consent's receipt. */
  readonly authority?: { readonly name: string; readonly url: string };
}

export interface Hcp {
  readonly code: string;
  readonly name: string;
  readonly city: string;
  readonly country: string;
}

export interface WorkingGroup {
  readonly code: string;
  readonly name: string;
  readonly kind: 'disease' | 'thematic';
}

export interface RosterEntry {
  readonly person: string;
  /** A patient representative attends the group's meetings, and is not a case's guest by default. */
  readonly representative: boolean;
}

export const linkNames = [
  'eu-login-account',
  'eu-login-second-factor',
  'eu-login-guide',
  'eu-login-help',
  'cpms-log-in',
  'cpms-care-guide',
  'consent-template',
  'cpms-it-support',
  'helpdesk',
] as const;
export type LinkName = (typeof linkNames)[number];

/** A link is data that is checked: with where it was found, and when. */
export interface Link {
  readonly url: string;
  readonly source: string;
  readonly checkedOn: string;
}

/** The whole directory, as an operator's file says it. Leads, deputies and the others are grants on people. */
export interface DirectoryContent {
  readonly countries: Readonly<Record<string, Country>>;
  readonly hcps: Readonly<Record<string, Hcp>>;
  readonly groups: Readonly<Record<string, WorkingGroup>>;
  /** By the group's code. */
  readonly rosters: Readonly<Record<string, readonly RosterEntry[]>>;
  readonly links: Readonly<Partial<Record<LinkName, Link>>>;
}

export type Directory = DirectoryContent;

export type DirectoryCommand = Ask & { readonly type: 'directory.import'; readonly content: DirectoryContent };

export type DirectoryEvent =
  | (Fact & { readonly type: 'country-listed'; readonly country: Country })
  | (Fact & { readonly type: 'hcp-listed'; readonly hcp: Hcp })
  | (Fact & { readonly type: 'hcp-delisted'; readonly hcp: string })
  | (Fact & { readonly type: 'group-listed'; readonly group: WorkingGroup })
  | (Fact & { readonly type: 'group-delisted'; readonly group: string })
  | (Fact & { readonly type: 'roster-set'; readonly group: string; readonly roster: readonly RosterEntry[] })
  | (Fact & { readonly type: 'link-set'; readonly name: LinkName; readonly link: Link })
  | (Fact & { readonly type: 'link-removed'; readonly name: LinkName });

const alike = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** HCPs, countries, working groups with their rosters, and the links: lists that change, so an import writes down what differs. */
export const directory: Decider<Directory, DirectoryCommand, DirectoryEvent, null> = {
  initial: { countries: {}, hcps: {}, groups: {}, rosters: {}, links: {} },

  decide(state, { at, by, content }) {
    for (const list of [content.countries, content.hcps, content.groups]) {
      const [key, entry] = Object.entries(list).find(([code, { code: own }]) => code !== own) ?? [];
      if (key !== undefined) return refuse('directory.code-mismatch', { key, code: entry?.code ?? '' });
    }
    for (const hcp of Object.values(content.hcps)) {
      if (!Object.hasOwn(content.countries, hcp.country))
        return refuse('directory.country-unknown', { hcp: hcp.code, country: hcp.country });
    }
    for (const group of Object.keys(content.rosters)) {
      if (!Object.hasOwn(content.groups, group)) return refuse('directory.group-unknown', { group });
    }
    const events: DirectoryEvent[] = [];
    for (const country of Object.values(content.countries)) {
      if (!alike(own(state.countries, country.code), country)) events.push({ type: 'country-listed', at, by, country });
    }
    for (const hcp of Object.values(content.hcps)) {
      if (!alike(own(state.hcps, hcp.code), hcp)) events.push({ type: 'hcp-listed', at, by, hcp });
    }
    for (const code of Object.keys(state.hcps)) {
      if (!Object.hasOwn(content.hcps, code)) events.push({ type: 'hcp-delisted', at, by, hcp: code });
    }
    for (const group of Object.values(content.groups)) {
      if (!alike(own(state.groups, group.code), group)) events.push({ type: 'group-listed', at, by, group });
    }
    for (const code of Object.keys(state.groups)) {
      if (!Object.hasOwn(content.groups, code)) events.push({ type: 'group-delisted', at, by, group: code });
    }
    for (const [group, roster] of Object.entries(content.rosters)) {
      if (!alike(own(state.rosters, group), roster)) events.push({ type: 'roster-set', at, by, group, roster });
    }
    for (const [group, roster] of Object.entries(state.rosters)) {
      const gone = !Object.hasOwn(content.rosters, group) && Object.hasOwn(content.groups, group);
      if (gone && roster.length > 0) events.push({ type: 'roster-set', at, by, group, roster: [] });
    }
    for (const [name, link] of Object.entries(content.links) as [LinkName, Link][]) {
      if (!alike(state.links[name], link)) events.push({ type: 'link-set', at, by, name, link });
    }
    for (const name of Object.keys(state.links) as LinkName[]) {
      if (!Object.hasOwn(content.links, name)) events.push({ type: 'link-removed', at, by, name });
    }
    return events;
  },

  evolve(state, event) {
    switch (event.type) {
      case 'country-listed':
        return { ...state, countries: { ...state.countries, [event.country.code]: event.country } };
      case 'hcp-listed':
        return { ...state, hcps: { ...state.hcps, [event.hcp.code]: event.hcp } };
      case 'hcp-delisted':
        return { ...state, hcps: without(state.hcps, event.hcp) };
      case 'group-listed':
        return { ...state, groups: { ...state.groups, [event.group.code]: event.group } };
      case 'group-delisted':
        return { ...state, groups: without(state.groups, event.group), rosters: without(state.rosters, event.group) };
      case 'roster-set':
        return { ...state, rosters: { ...state.rosters, [event.group]: event.roster } };
      case 'link-set':
        return { ...state, links: { ...state.links, [event.name]: event.link } };
      case 'link-removed':
        return { ...state, links: without(state.links, event.name) };
    }
  },
};

/** The entry that the record itself has: a code that is typed could be the name of what every object inherits. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
