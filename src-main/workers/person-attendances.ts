import { type AttendedIncidents, directKey } from '#main/analysis/exposure/attended-incidents.ts';
import type { CompiledRules } from '#main/analysis/exposure/code-rules.ts';
import { outcomeIndex } from '#main/analysis/exposure/code-rules.ts';
import { deriveExposures } from '#main/analysis/exposure/derive-exposures.ts';
import type { PersonAttendance, TimelineEvent } from '#main/store/overview-queries.ts';
import { exposureCategories, unmapped } from '#shared/domain/exposure-categories.ts';
import type { CodeSet } from '#shared/domain/incident-codes.ts';

function codesOf({ opened, closed }: PersonAttendance): CodeSet {
  return { opened, closed: closed?.split(';') ?? [] };
}

/** One person's incidents, as the derivation takes them. */
function columnsOf(
  incidents: readonly (readonly PersonAttendance[])[],
  direct: readonly TimelineEvent[],
): AttendedIncidents {
  const rows = incidents.flat();
  const indexOf = new Map(incidents.map((list, index) => [list[0]?.incident ?? '', index]));
  const categories = new Map<string, number>(exposureCategories.map(({ code }, index) => [code, index]));
  const keys = direct.flatMap(({ incident, category }) => {
    const [at, number] = [indexOf.get(incident), categories.get(category)];
    return at === undefined || number === undefined ? [] : [directKey(at, 0, number, 1)];
  });
  let end = 0;
  return {
    codeSets: incidents.map((list) => codesOf(list[0] as PersonAttendance)),
    day: Int32Array.from(incidents, (list) => list[0]?.createdDay ?? 0),
    codes: Uint32Array.from(incidents.keys()),
    offsets: Uint32Array.from([0, ...incidents.map((list) => (end += list.length))]),
    person: new Uint32Array(rows.length),
    arrivedAt: Float64Array.from(rows, (row) => row.arrivedAt),
    clearedAt: Float64Array.from(rows, (row) => row.clearedAt ?? Number.NaN),
    arrivalDay: Int32Array.from(rows, (row) => row.day),
    marks: new Uint8Array(rows.length),
    notImportedDays: new Int32Array(0),
    direct: Float64Array.from(keys).sort(),
    persons: 1,
  };
}

/**
 * The events of one person's attendances: what the rules make of them, and those for which there is no rule, one an incident.
 * What the rules say is not traumatic is everyday work and left out.
 */
export function eventsOfAttendances(
  attendances: readonly PersonAttendance[],
  direct: readonly TimelineEvent[],
  rules: CompiledRules,
): TimelineEvent[] {
  const byIncident = Map.groupBy(attendances, (attendance) => attendance.incident);
  const held = [...byIncident.values()].filter((list) => list[0]?.createdDay !== null);
  const columns = columnsOf(held, direct);
  const rows = held.flat();
  const derived = deriveExposures(columns, rules);
  const counted = Array.from(derived.attendance, (row, at): TimelineEvent => {
    const minutes = derived.minutes[at] as number;
    const attendance = rows[row] as PersonAttendance;
    return {
      day: attendance.day,
      incident: attendance.incident,
      category: exposureCategories[derived.category[at] as number]?.code ?? unmapped,
      proximity: null,
      minutes: Number.isNaN(minutes) ? null : minutes,
      batch: attendance.batch,
    };
  });
  const uncovered = [...byIncident.values()].flatMap((list): TimelineEvent[] => {
    const first = list[0];
    if (!first) return [];
    const times = rules.outcomes(codesOf(first));
    if (first.createdDay !== null && times.outcomes[outcomeIndex(times, first.createdDay)] !== null) return [];
    const { day, incident, batch } = first;
    return [{ day, incident, category: unmapped, proximity: null, minutes: null, batch }];
  });
  return [...counted, ...uncovered];
}
