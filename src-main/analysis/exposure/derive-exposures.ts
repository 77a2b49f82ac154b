import type { CodeCoverage } from '#shared/contract/code-rules.ts';
import { type AttendedIncidents, attributionBits, awayRoleBit, directKey, firstRoleBit } from './attended-incidents.ts';
import { type CompiledRules, type Outcome, outcomeIndex } from './code-rules.ts';
import { allRows, type DayCounts, DayTally } from './day-counts.ts';
import { firstOnSceneBit } from './packed-exposures.ts';

/** Attendances by local day of arrival, apart from the exposures that they make. */
export type AttendanceDays = {
  readonly all: DayCounts;
  readonly unmapped: DayCounts;
  readonly notImported: DayCounts;
  /** Exposures made of them, by day. */
  readonly derived: DayCounts;
};

/** Exposures made of attendances, in no particular order of persons; one a person, incident and category. */
export type DerivedExposures = {
  readonly person: Uint32Array;
  /** Local day of the person's first arrival. */
  readonly day: Int32Array;
  /** Index into `exposureCategories`. */
  readonly category: Uint16Array;
  /** As in `PackedExposures`: attribution and first on scene; what attendances do not say is absent. */
  readonly attributes: Uint8Array;
  /** Time on scene over all of the person's attendances of the incident, each minute once; NaN when not known. */
  readonly minutes: Float64Array;
  /** Index of the attendance that each was made of. */
  readonly attendance: Uint32Array;
  readonly attendances: AttendanceDays;
  readonly coverage: CodeCoverage;
};

/** The outcome of every incident, as an index into a list in which equal ones stand once. 0 is no rule, 1 not traumatic. */
type Outcomes = { readonly of: Uint32Array; readonly list: readonly Outcome[] };

function outcomesOf({ codeSets, codes, day }: AttendedIncidents, rules: CompiledRules): Outcomes {
  const list: Outcome[] = [null, []];
  const numbers = new Map<string, number>([['', 1]]);
  const numberOf = (outcome: Outcome): number => {
    if (outcome === null) return 0;
    const name = outcome.join(',');
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, list.length);
    return list.push(outcome) - 1;
  };
  const times = codeSets.map((set) => {
    const found = rules.outcomes(set);
    return { from: found.from, outcomes: found.outcomes, numbers: found.outcomes.map(numberOf) };
  });
  const of = new Uint32Array(day.length);
  for (let incident = 0; incident < day.length; incident += 1) {
    const time = times[codes[incident] as number];
    if (time) of[incident] = time.numbers[outcomeIndex(time, day[incident] as number)] as number;
  }
  return { of, list };
}

/**
 * Makes exposures of attendances by the rules. One exposure a person, incident and category, on the day of the person's first
 * arrival and with the attribution of that attendance. An exposure that was imported directly for the same person, incident and
 * category is the same event and stands instead. First on scene is who has that role; where nobody of an incident has it, who
 * arrived first, of those who were named or inferred from a crew and whose role is not one of the control room.
 */
export function deriveExposures(attended: AttendedIncidents, rules: CompiledRules): DerivedExposures {
  const outcomes = outcomesOf(attended, rules);
  const out = allocate(attended, outcomes);
  const all = new DayTally();
  const unmapped = new DayTally();
  const notImported = new DayTally();
  const derived = new DayTally();
  const incidents = { all: attended.day.length, traumatic: 0, notTraumatic: 0, unmapped: 0 };
  const attendances = { all: 0, traumatic: 0, notTraumatic: 0, unmapped: 0, notImported: 0 };
  const made = { exposures: 0, alreadyDirect: 0 };
  for (const day of attended.notImportedDays) {
    notImported.add(day);
    all.add(day);
  }
  for (let incident = 0; incident < attended.day.length; incident += 1) {
    const outcome = outcomes.list[outcomes.of[incident] as number] ?? null;
    const start = attended.offsets[incident] as number;
    const end = attended.offsets[incident + 1] as number;
    const kind = outcome === null ? 'unmapped' : outcome.length === 0 ? 'notTraumatic' : 'traumatic';
    incidents[kind] += 1;
    attendances[kind] += end - start;
    for (let row = start; row < end; row += 1) {
      const day = attended.arrivalDay[row] as number;
      all.add(day);
      if (outcome === null) unmapped.add(day);
    }
    if (outcome !== null && outcome.length > 0) addIncident(attended, incident, outcome, out, derived, made);
  }
  const days = { all: all.counts(), unmapped: unmapped.counts(), notImported: notImported.counts() };
  attendances.notImported = attended.notImportedDays.length;
  attendances.all = allRows(days.all);
  return {
    person: out.person.subarray(0, made.exposures),
    day: out.day.subarray(0, made.exposures),
    category: out.category.subarray(0, made.exposures),
    attributes: out.attributes.subarray(0, made.exposures),
    minutes: out.minutes.subarray(0, made.exposures),
    attendance: out.attendance.subarray(0, made.exposures),
    attendances: { ...days, derived: derived.counts() },
    coverage: { incidents, attendances, ...made, coverage: coverageOf(attendances) },
  };
}

function coverageOf({ all, traumatic, notTraumatic }: CodeCoverage['attendances']): number | null {
  return all === 0 ? null : (traumatic + notTraumatic) / all;
}

type Out = Pick<DerivedExposures, 'person' | 'day' | 'category' | 'attributes' | 'minutes' | 'attendance'>;

function allocate({ offsets, day }: AttendedIncidents, { of, list }: Outcomes): Out {
  let most = 0;
  for (let incident = 0; incident < day.length; incident += 1) {
    const categories = list[of[incident] as number]?.length ?? 0;
    most += categories * ((offsets[incident + 1] as number) - (offsets[incident] as number));
  }
  return {
    person: new Uint32Array(most),
    day: new Int32Array(most),
    category: new Uint16Array(most),
    attributes: new Uint8Array(most),
    minutes: new Float64Array(most),
    attendance: new Uint32Array(most),
  };
}

function addIncident(
  attended: AttendedIncidents,
  incident: number,
  categories: readonly number[],
  out: Out,
  derived: DayTally,
  made: { exposures: number; alreadyDirect: number },
): void {
  const { person, direct, persons } = attended;
  const end = attended.offsets[incident + 1] as number;
  let first = attended.offsets[incident] as number;
  const firstArrival = firstArrivalOf(attended, first, end);
  while (first < end) {
    let stop = first + 1;
    while (stop < end && person[stop] === person[first]) stop += 1;
    const who = person[first] as number;
    const minutes = minutesOnScene(attended, first, stop);
    const attribution = (attended.marks[first] as number) & attributionBits;
    const onScene = isFirst(attended, first, stop, firstArrival) ? firstOnSceneBit : 0;
    for (const category of categories) {
      if (holds(direct, directKey(incident, who, category, persons))) {
        made.alreadyDirect += 1;
        continue;
      }
      const at = made.exposures;
      made.exposures += 1;
      out.person[at] = who;
      out.day[at] = attended.arrivalDay[first] as number;
      out.category[at] = category;
      out.attributes[at] = (attribution << 2) | onScene;
      out.minutes[at] = minutes;
      out.attendance[at] = first;
      derived.add(attended.arrivalDay[first] as number);
    }
    first = stop;
  }
}

const byRole = Number.NEGATIVE_INFINITY;
const oicOnly = 3;

/** When the first of an incident arrived; `byRole` where somebody has the role; NaN where nobody qualifies. */
function firstArrivalOf({ marks, arrivedAt }: AttendedIncidents, start: number, end: number): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (let row = start; row < end; row += 1) {
    const mark = marks[row] as number;
    if ((mark & firstRoleBit) !== 0) return byRole;
    const wasThere = (mark & awayRoleBit) === 0 && (mark & attributionBits) !== oicOnly;
    if (wasThere) earliest = Math.min(earliest, arrivedAt[row] as number);
  }
  return earliest;
}

function isFirst({ marks, arrivedAt }: AttendedIncidents, start: number, stop: number, firstArrival: number): boolean {
  for (let row = start; row < stop; row += 1) {
    const mark = marks[row] as number;
    if (firstArrival === byRole) {
      if ((mark & firstRoleBit) !== 0) return true;
    } else {
      const wasThere = (mark & awayRoleBit) === 0 && (mark & attributionBits) !== oicOnly;
      if (wasThere && arrivedAt[row] === firstArrival) return true;
    }
  }
  return false;
}

/** Minutes that a person's attendances of one incident cover, those that overlap once; NaN where none says when it ended. */
function minutesOnScene({ arrivedAt, clearedAt }: AttendedIncidents, start: number, stop: number): number {
  let seconds = Number.NaN;
  let until = Number.NEGATIVE_INFINITY;
  for (let row = start; row < stop; row += 1) {
    const cleared = clearedAt[row] as number;
    if (Number.isNaN(cleared)) continue;
    const from = Math.max(arrivedAt[row] as number, until);
    seconds = (Number.isNaN(seconds) ? 0 : seconds) + Math.max(0, cleared - from);
    until = Math.max(until, cleared);
  }
  return seconds / 60;
}

function holds(ascending: Float64Array, key: number): boolean {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < key) low = middle + 1;
    else high = middle;
  }
  return low < ascending.length && ascending[low] === key;
}
