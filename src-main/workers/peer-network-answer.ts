import { peerNetwork } from '#main/analysis/peers/peer-network.ts';
import type { MayShow, MayShowTable } from '#main/analysis/peers/period.ts';
import { peerNetworkScript } from '#main/analysis/peers/r-script.ts';
import { peerNetworkWarnings, readPeerNetwork } from '#main/analysis/peers/reading.ts';
import type { PeerRecords } from '#main/analysis/peers/records.ts';
import type { PeerNetworkSpec } from '#main/analysis/peers/spec.ts';
import { suppressList, suppressTable } from '#main/disclosure/suppress-table.ts';
import type { Connection } from '#main/store/connection.ts';
import { readContacts, readMatchDecisions, readRequests, readVolunteers } from '#main/store/peer-records.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';

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

/** Counts that are neither few nor could be worked out from the others; none where no choice is safe. */
const listToShow: MayShow = (rows, counts, threshold) => {
  const checked = suppressList({ rows, counts, threshold });
  return rows.map((_, at) => checked.ok && checked.value.cells[at]?.published === true);
};

const tableToShow: MayShowTable = (rows, columns, counts, threshold) => {
  const checked = rows.length > 0 && columns.length > 0 ? suppressTable({ rows, columns, counts, threshold }) : null;
  const shown = new Set<string>();
  if (checked?.ok) {
    for (const { rowIndex, columnIndex, published } of checked.value.cells) {
      if (published) shown.add(`${rowIndex} ${columnIndex}`);
    }
  }
  return (row, column) => shown.has(`${row} ${column}`);
};
