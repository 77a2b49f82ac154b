import { peerNetwork } from '#main/analysis/peers/peer-network.ts';
import { peerNetworkScript } from '#main/analysis/peers/r-script.ts';
import { peerNetworkWarnings, readPeerNetwork } from '#main/analysis/peers/reading.ts';
import type { PeerRecords } from '#main/analysis/peers/records.ts';
import type { PeerNetworkSpec } from '#main/analysis/peers/spec.ts';
import type { Connection } from '#main/store/connection.ts';
import { readContacts, readMatchDecisions, readRequests, readVolunteers } from '#main/store/peer-records.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { listToShow, tableToShow } from './counts-to-show.ts';

export function peerNetworkAnswer(connection: Connection, spec: PeerNetworkSpec): AnalysisAnswer {
  const records = readPeerRecords(connection, dayOfIso(spec.asOf) ?? 0);
  const result = peerNetwork({ records, spec, mayShow: listToShow, mayShowTable: tableToShow });
  const { volunteers, requests, contacts } = records;
  const held = { volunteers: volunteers.length, requests: requests.length, contacts: contacts.length };
  return {
    asOf: spec.asOf,
    result,
    reading: readPeerNetwork(result, spec),
    warnings: peerNetworkWarnings(held),
    coverage: null,
    r: peerNetworkScript(spec),
  };
}

/** All that is read of the network up to a day, as of one moment. */
export function readPeerRecords(connection: Connection, lastDay: number): PeerRecords {
  const read = connection.transaction(() => ({
    volunteers: readVolunteers(connection),
    requests: readRequests(connection, lastDay),
    contacts: readContacts(connection, lastDay),
    decisions: readMatchDecisions(connection),
  }));
  return read();
}
