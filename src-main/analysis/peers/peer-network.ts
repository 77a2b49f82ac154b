import { isoOfDay } from '#shared/domain/dates.ts';
import { notReadyReasons, type PeerNetworkResult, type VolunteerRow } from '#shared/domain/peer-network.ts';
import { coverageOf, linksOf } from './coverage.ts';
import { networkLoad } from './load.ts';
import { leastCostMatches } from './matching/proposals.ts';
import { alone, fewestVolunteers, firstOfEach, type MayShow, type NetworkInput, periodOf, within } from './period.ts';
import { responseTimes } from './response.ts';
import { supervisionOf } from './supervision.ts';
import { recentContacts, volunteerRow } from './volunteer-load.ts';

/** The network at a day and over the period before it. Nothing of one person who asked is in the result, and no token. */
export function peerNetwork({ records, spec, mayShow, mayShowTable }: NetworkInput): PeerNetworkResult {
  const period = periodOf(spec);
  const { minimum, responseHours } = spec;
  const options = { ...spec, asOfDay: period.lastDay };
  const recent = recentContacts(records.contacts, options);
  const rows = records.volunteers.map((volunteer) => volunteerRow(volunteer, recent.get(volunteer.ref) ?? [], options));
  const ready = records.volunteers.filter((_, at) => rows[at]?.notReady.length === 0);
  const volunteers = new Map(records.volunteers.map((volunteer) => [volunteer.ref, volunteer]));
  const requests = within(records.requests, period);
  const firstRequests = firstOfEach(requests);
  const firstContacts = firstOfEach(within(records.contacts, period));
  const serving = rows.filter(({ notReady }) => !notReady.includes('not serving'));
  const counts = volunteerCounts(rows, mayShow);
  // Those in service and those listed would tell how many are not, where that is withheld.
  const servingShown = counts.notReady.every(
    ({ reason, volunteers }) => reason !== 'not serving' || volunteers !== null,
  );
  return {
    from: isoOfDay(period.firstDay),
    to: spec.asOf,
    volunteers: counts,
    load: networkLoad(serving, [...recent.values()].flat(), { minimum, servingShown }),
    supervision: supervisionOf(firstContacts, volunteers, { ...spec, mayShow }),
    response: responseTimes(requests, { endAt: period.endAt, responseHours, minimum }),
    coverage: coverageOf(firstRequests, ready, { ...spec, mayShowTable }),
    links: linksOf(firstRequests, firstContacts, volunteers, { minimum, mayShow }),
    ...(spec.rows ? { rows, matching: leastCostMatches(records, spec) } : {}),
  };
}

function volunteerCounts(rows: readonly VolunteerRow[], mayShow: MayShow): PeerNetworkResult['volunteers'] {
  const labels = ['ready', ...notReadyReasons];
  const counts = labels.map((label) => rows.filter(({ notReady }) => (notReady[0] ?? 'ready') === label).length);
  const shown = mayShow(labels, counts, fewestVolunteers);
  const count = (at: number): number | null => (shown[at] ? (counts[at] ?? 0) : null);
  return {
    listed: alone(rows.length, fewestVolunteers),
    ready: count(0),
    notReady: notReadyReasons.map((reason, at) => ({ reason, volunteers: count(at + 1) })),
  };
}
