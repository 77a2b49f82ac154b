import type { AbsenceRow } from '#main/analysis/absence/spells.ts';
import type { StaffMember, StaffPosting } from '#main/analysis/absence/staff-timeline.ts';
import { readAbsences } from '#main/store/absence-records.ts';
import type { Connection } from '#main/store/connection.ts';
import { readPostings, readStaff } from '#main/store/staff-records.ts';

/** Everybody whom HR has, ascending by pseudonym, and their places by the store's number of the person. */
export type Members = {
  readonly members: readonly StaffMember[];
  readonly indexOf: ReadonlyMap<number, number>;
};

/** Everybody whom HR has, with their posts and absences, by the same indices. */
export type StaffSource = {
  readonly members: readonly StaffMember[];
  readonly absences: readonly (readonly AbsenceRow[])[];
  readonly strangers: { readonly people: number; readonly rows: number };
  readonly held: {
    readonly absences: number;
    readonly lastDay: number | null;
    /** Days on which the first and the last absence began. */
    readonly span: { readonly firstDay: number; readonly lastDay: number } | null;
  };
};

/** People with their postings. */
export function readMembers(connection: Connection): Members {
  const staff = readStaff(connection);
  const indexOf = new Map(staff.map(({ id }, index) => [id, index]));
  const postings = staff.map((): StaffPosting[] => []);
  for (const { person, ...posting } of readPostings(connection)) postings[indexOf.get(person) ?? -1]?.push(posting);
  const members = staff.map(({ id: _id, ...member }, index) => ({ ...member, postings: postings[index] ?? [] }));
  return { members, indexOf };
}

/** Reads people, postings and the absences that began by a day, from one state of the store. */
export function readStaffSource(connection: Connection, toDay: number): StaffSource {
  return connection.transaction(() => {
    const { members, indexOf } = readMembers(connection);
    const absences = members.map((): AbsenceRow[] => []);
    const strangers = new Set<number>();
    let strangeRows = 0;
    let rows = 0;
    let lastDay: number | null = null;
    let [firstStart, lastStart] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { person, ...row } of readAbsences(connection, toDay)) {
      rows += 1;
      firstStart = Math.min(firstStart, row.startDay);
      lastStart = Math.max(lastStart, row.startDay);
      lastDay = Math.max(lastDay ?? row.startDay, row.startDay, row.endDay ?? row.startDay);
      const own = absences[indexOf.get(person) ?? -1];
      if (own) own.push(row);
      else {
        strangers.add(person);
        strangeRows += 1;
      }
    }
    return {
      members,
      absences,
      strangers: { people: strangers.size, rows: strangeRows },
      held: { absences: rows, lastDay, span: rows === 0 ? null : { firstDay: firstStart, lastDay: lastStart } },
    };
  })();
}
