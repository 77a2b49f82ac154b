import { isoOfDay } from '#shared/domain/dates.ts';
import { type ForceOptions, periodOf } from './options.ts';
import { plantedVolunteers } from './peer-volunteers.ts';
import type { PeerSupport } from './peers.ts';
import { planted } from './planted.ts';

const yearDays = 365;

/** What is planted in the peer network, for `truth.json`. The counts are of the rows as they were written. */
export function peerTruth(
  options: ForceOptions,
  { requests, contacts, answeredInTime, onlySpeakerAsked }: PeerSupport,
) {
  const { lastDay } = periodOf(options);
  const { overload, vettingLapsedDays, areaWithoutVolunteers, language } = planted.peers;
  const dayAfter = (row: readonly string[], after: string): boolean => (row[2] ?? '').slice(0, 10) > after;
  const yearAgo = isoOfDay(lastDay - yearDays);
  const askedFrom = requests.filter((row) => row[3] === areaWithoutVolunteers && dayAfter(row, yearAgo));
  const recent = contacts.filter((row) => dayAfter(row, isoOfDay(lastDay - overload.days)));
  const carried = new Set(recent.filter(([ref]) => ref === plantedVolunteers.overloaded).map(([, token]) => token));
  // Whom a person met first in the last year; the contacts of each stand in the order of time.
  const first = new Map(
    contacts
      .filter((row) => dayAfter(row, yearAgo))
      .reverse()
      .map((row) => [row[1], row]),
  );
  const firstMetBy = (volunteer: string, after: string): number =>
    [...first.values()].filter((row) => row[0] === volunteer && dayAfter(row, after)).length;
  const lapsedOn = isoOfDay(lastDay - vettingLapsedDays);
  return {
    ...planted.peers,
    realised: { requests: requests.length, answeredInTime, contacts: contacts.length },
    network: {
      overloaded: {
        volunteer: plantedVolunteers.overloaded,
        capacity: overload.capacity,
        people: carried.size,
      },
      vettingLapsed: {
        volunteer: plantedVolunteers.vettingLapsed,
        on: lapsedOn,
        people: firstMetBy(plantedVolunteers.vettingLapsed, lapsedOn),
      },
      unsupervised: {
        volunteer: plantedVolunteers.unsupervised,
        people: firstMetBy(plantedVolunteers.unsupervised, yearAgo),
      },
      withoutCapacity: { area: areaWithoutVolunteers, people: askedFrom.length },
      onlySpeaker: { volunteer: plantedVolunteers.onlySpeaker, language, request: onlySpeakerAsked },
    },
    recover:
      '`indicators`: peer requests answered in 72 hours. `peer-network` of the last day over 365 days, with rows: the volunteer who carries most people, over their places; the one whose vetting has lapsed and who still sees people; people whose first contact was with a volunteer without a supervisor; the area with need and no ready volunteer; and among the proposals the request in a language that one volunteer speaks. Volunteers go by a pseudonym in a vault. Nothing about risk is planted in peer support.',
  };
}
