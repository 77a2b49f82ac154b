import { type ByWindow, byWindow } from './by-window.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import { type ExposureTotals, exposureTotals } from './exposure-totals.ts';
import { decayedLoads, ranksWithin, type WindowLoads, windowLoads } from './loads-at.ts';
import { coverageOfRows, type PackedExposures, personCount, type UncountedRows } from './packed-exposures.ts';
import { type PersonFrame, pseudonymOrder, spellAt } from './person-frame.ts';
import { type CompiledScheme, eventWeights } from './scheme-weights.ts';
import { type Trigger, triggersOf } from './triggers.ts';

export type ExposureLoadInput = {
  readonly exposures: PackedExposures;
  /** The same people, by the same indices, as in `exposures`. */
  readonly people: PersonFrame;
  /** Rows up to `asOfDay` that are held but not counted. */
  readonly uncounted: UncountedRows;
  readonly compiled: CompiledScheme;
  readonly asOfDay: number;
  readonly windowsDays: readonly number[];
  readonly halfLifeDays: number;
  /** Whether person-level rows are wanted. */
  readonly rows: boolean;
};

/** One person in post on the day asked for. Keys of the records are windows in days. */
export type ExposureRow = {
  readonly person: string;
  readonly role: string;
  readonly unit: string;
  /** Summed weights under the scheme; whole numbers under `count-v1`. */
  readonly counts: ByWindow;
  /** Plain numbers of events. */
  readonly events: ByWindow;
  readonly decayed: number;
  /** 0–100 within role: the share of people of the role in post whose value is at most the person's. */
  readonly percentiles: ByWindow;
  readonly triggers: readonly Trigger[];
};

export type ExposureLoadResult = {
  /** People in post. */
  readonly people: number;
  /** Countable events up to the day, whoever they belong to. */
  readonly events: number;
  /** Those of people in post. */
  readonly eventsInPost: number;
  /** Share of exposure rows and attendances up to the day whose code has a rule, 0–1; null when there are no rows. */
  readonly coverage: number | null;
  readonly totals: ExposureTotals;
  /** Over people in post, those without events at 0; by window in days, and `decayed`. Null when nobody is in post. */
  readonly distribution: Readonly<Record<string, Distribution | null>>;
  /** People in post, ascending by pseudonym; only when asked for. */
  readonly rows?: readonly ExposureRow[];
};

/**
 * Exposure per person, role, team and month as it stood at the end of a local day, by the arithmetic of `data.md`.
 *
 * @throws RangeError when people and exposures are not of one length, which is a fault of the caller.
 */
export function exposureLoad(input: ExposureLoadInput): ExposureLoadResult {
  const { exposures, people, compiled, asOfDay, halfLifeDays } = input;
  if (people.pseudonyms.length !== personCount(exposures)) throw new RangeError('People and exposures do not match.');
  const weights = eventWeights(exposures, compiled);
  const persons = pseudonymOrder(people).filter((person) => spellAt(people, person, asOfDay) >= 0);
  const windowOf = remembered((days) => windowLoads(exposures, weights, persons, asOfDay, days));
  const decayed = decayedLoads(exposures, weights, persons, asOfDay, halfLifeDays);
  const { events, totals } = exposureTotals(exposures, people, asOfDay);
  const everything = windowLoads(exposures, null, persons, asOfDay, Number.POSITIVE_INFINITY);
  const spread = input.windowsDays.map((days) => [String(days), distributionOf(windowOf(days).loads)] as const);
  const result: ExposureLoadResult = {
    people: persons.length,
    events,
    eventsInPost: everything.events.reduce((sum, count) => sum + count, 0),
    coverage: coverageOfRows(events, input.uncounted),
    totals,
    distribution: Object.fromEntries([...spread, ['decayed', distributionOf(decayed)]]),
  };
  return input.rows ? { ...result, rows: exposureRows(input, persons, windowOf, decayed) } : result;
}

function remembered(make: (windowDays: number) => WindowLoads): (windowDays: number) => WindowLoads {
  const made = new Map<number, WindowLoads>();
  return (windowDays) => {
    const known = made.get(windowDays);
    if (known !== undefined) return known;
    const fresh = make(windowDays);
    made.set(windowDays, fresh);
    return fresh;
  };
}

function exposureRows(
  { exposures, people, compiled, asOfDay, windowsDays }: ExposureLoadInput,
  persons: Uint32Array,
  windowOf: (windowDays: number) => WindowLoads,
  decayed: Float64Array,
): readonly ExposureRow[] {
  const spells = Int32Array.from(persons, (person) => spellAt(people, person, asOfDay));
  const roles = spells.map((spell) => people.spells.role[spell] ?? 0);
  const triggers = triggersOf({ exposures, compiled, persons, roles, asOfDay, windowOf });
  const windows = windowsDays.map((days) => {
    const { events, loads } = windowOf(days);
    const { atMost, inGroup } = ranksWithin(roles, loads);
    return { events, loads, percentiles: loads.map((_, k) => (100 * (atMost[k] ?? 0)) / (inGroup[k] ?? 1)) };
  });
  const keys = windowsDays.map(String);
  return Array.from(persons, (person, k) => {
    return {
      person: people.pseudonyms[person] ?? '',
      role: people.roles[roles[k] ?? 0] ?? '',
      unit: people.units[people.spells.unit[spells[k] ?? 0] ?? 0] ?? '',
      counts: byWindow(keys, (window) => windows[window]?.loads[k] ?? 0),
      events: byWindow(keys, (window) => windows[window]?.events[k] ?? 0),
      decayed: decayed[k] ?? 0,
      percentiles: byWindow(keys, (window) => windows[window]?.percentiles[k] ?? 0),
      triggers: triggers[k] ?? [],
    };
  });
}
