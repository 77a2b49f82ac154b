import type { PilotRefused } from '#shared/domain/pilot-evaluation.ts';
import type { PilotAdverseEvents } from '#shared/domain/pilot-evaluation-result.ts';
import { type MayShow, type MayShowTable, sortedNames } from '../../peers/period.ts';
import { armNames } from '../join/arm-names.ts';
import type { AdverseEventRow, Participant } from '../join/records.ts';

/** What happened to people is clinical, whatever is measured. */
const fewest = 10;

export type AdverseEventsShown = { readonly mayShow: MayShow; readonly mayShowTable: MayShowTable };

/**
 * Adverse events of everybody enrolled. A person counts once for each category and seriousness; totals stand only where they are of as many people, because
 * one person may be in several cells.
 */
export function adverseEventsOf(
  rows: readonly AdverseEventRow[],
  participants: readonly Participant[],
  { mayShow, mayShowTable }: AdverseEventsShown,
): PilotAdverseEvents | PilotRefused {
  if (rows.length === 0) {
    return { refused: 'No adverse event is recorded. That none happened follows only where they were asked for.' };
  }
  const reports = [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
  const categories = sortedNames(reports.map(({ category }) => category));
  const seriousness = sortedNames(reports.map((row) => row.seriousness));
  const within = (row: number, column: number): AdverseEventRow[] =>
    reports.filter(
      (one) =>
        (row === categories.length || one.category === categories[row]) &&
        (column === seriousness.length || one.seriousness === seriousness[column]),
    );
  const cells = categories.map((_, row) => seriousness.map((_name, column) => within(row, column).length));
  const shown = mayShowTable(categories, seriousness, cells, fewest);
  const told = (row: number, column: number): number | null => {
    const own = within(row, column);
    const people = new Set(own.map(({ person }) => person)).size;
    return shown(row, column) && (people === 0 || people >= fewest) ? own.length : null;
  };
  const counts = [...categories, 'all'].map((_, row) =>
    [...seriousness, 'all'].map((_name, column) => told(row, column)),
  );
  const people = peopleOf(reports, participants, mayShow);
  const isWithheld = [...counts.flat(), ...people.map(({ count }) => count)].includes(null);
  return {
    ...{ categories, seriousness, counts, people },
    withheld: isWithheld
      ? `Counts that rest on fewer than ${fewest} people are withheld, and others from which they would follow.`
      : null,
  };
}

function peopleOf(reports: readonly AdverseEventRow[], participants: readonly Participant[], mayShow: MayShow) {
  const nameOf = armNames(participants);
  const armOf = new Map(participants.map((one) => [one.person, nameOf(one)]));
  const affected = [...new Set(reports.map(({ person }) => person))].map(
    (person) => armOf.get(person) ?? 'not enrolled',
  );
  const arms = sortedNames(affected);
  const counts = arms.map((arm) => affected.filter((own) => own === arm).length);
  const shown = mayShow(arms, counts, fewest);
  return arms.map((what, at) => {
    const count = counts[at] ?? 0;
    const rest = participants.filter((one) => nameOf(one) === what).length - count;
    return { what, count: shown[at] === true && (rest <= 0 || rest >= fewest) ? count : null };
  });
}
