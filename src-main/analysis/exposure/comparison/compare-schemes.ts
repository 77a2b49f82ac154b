import { spearmanTest } from '#main/stats/correlation/spearman.ts';
import { triggerInWords } from '#shared/domain/trigger-rules.ts';
import { bands, bandsOf, emptyBandTable } from '../bands.ts';
import { decayedLoads, windowLoads } from '../loads-at.ts';
import { type PackedExposures, personCount } from '../packed-exposures.ts';
import { compareCodePoints, type PersonFrame, pseudonymOrder, spellAt } from '../person-frame.ts';
import { type CompiledScheme, eventWeights } from '../scheme-weights.ts';
import { triggersOf } from '../triggers.ts';

export type ComparisonInput = {
  readonly exposures: PackedExposures;
  /** The same people, by the same indices, as in `exposures`. */
  readonly people: PersonFrame;
  readonly compared: readonly [CompiledScheme, CompiledScheme];
  readonly asOfDay: number;
  readonly rows: boolean;
};

type RankCorrelation = { readonly estimate: number; readonly low: number | null; readonly high: number | null };

/** People who would be in another band under the second scheme: in a higher one, or in a lower one. */
type Moved = { readonly people: number; readonly higher: number; readonly lower: number };

export type ComparisonRow = {
  readonly person: string;
  readonly role: string;
  readonly unit: string;
  readonly first: number;
  readonly second: number;
  readonly bandFirst: string;
  readonly bandSecond: string;
  /** Rules of each scheme that hold for the person on the day. */
  readonly rulesFirst: readonly string[];
  readonly rulesSecond: readonly string[];
};

export type ComparisonResult = {
  /** In post on the day; those without events stand at 0. */
  readonly people: number;
  /** Spearman's, of the decayed loads, each with its scheme's half-life; null where one of them is the same for everybody. */
  readonly rankCorrelation: RankCorrelation | null;
  readonly bands: readonly string[];
  /** People by band under the first scheme (rows) and under the second. */
  readonly byBand: readonly (readonly number[])[];
  readonly moved: Moved;
  readonly roles: readonly ({ readonly role: string; readonly rankCorrelation: RankCorrelation | null } & Moved & {
      readonly inPost: number;
    })[];
  /** People for whom any rule of a scheme holds on the day. */
  readonly signals: {
    readonly first: number;
    readonly second: number;
    readonly onlyFirst: number;
    readonly onlySecond: number;
    readonly rules: readonly {
      readonly scheme: string;
      readonly rule: string;
      readonly words: string;
      readonly people: number;
    }[];
  };
  /** Ascending by pseudonym; only when asked for. */
  readonly rows?: readonly ComparisonRow[];
};

/** Fewer people than this make no rank correlation worth reading. */
const leastPeopleToCorrelate = 10;

/**
 * Two schemes side by side on one day: how the ranks of people agree, who would be in another third, and for whom the rules
 * of each hold.
 *
 * @throws RangeError when people and exposures are not of one length, which is a fault of the caller.
 */
export function compareSchemes(input: ComparisonInput): ComparisonResult {
  const { exposures, people, compared, asOfDay } = input;
  if (people.pseudonyms.length !== personCount(exposures)) throw new RangeError('People and exposures do not match.');
  const persons = pseudonymOrder(people).filter((person) => spellAt(people, person, asOfDay) >= 0);
  const spells = Int32Array.from(persons, (person) => spellAt(people, person, asOfDay));
  const roles = spells.map((spell) => people.spells.role[spell] ?? 0);
  const sides = compared.map((compiled) => sideOf(input, compiled, persons, roles)) as [Side, Side];
  const [first, second] = sides;
  const byBand = emptyBandTable();
  persons.forEach((_, k) => {
    const row = byBand[first.bands[k] ?? 0] as number[];
    const column = second.bands[k] ?? 0;
    row[column] = (row[column] ?? 0) + 1;
  });
  const everybody = Array.from(persons.keys());
  const result: ComparisonResult = {
    people: persons.length,
    rankCorrelation: correlationOf(sides, everybody),
    bands,
    byBand,
    moved: movedOf(sides, everybody),
    roles: byRole(people, roles, sides),
    signals: signalsOf(compared, sides),
  };
  if (!input.rows) return result;
  return {
    ...result,
    rows: everybody.map((k) => ({
      person: people.pseudonyms[persons[k] ?? 0] ?? '',
      role: people.roles[roles[k] ?? 0] ?? '',
      unit: people.units[people.spells.unit[spells[k] ?? 0] ?? 0] ?? '',
      first: first.loads[k] ?? 0,
      second: second.loads[k] ?? 0,
      bandFirst: bands[first.bands[k] ?? 0] ?? '',
      bandSecond: bands[second.bands[k] ?? 0] ?? '',
      rulesFirst: first.rules[k] ?? [],
      rulesSecond: second.rules[k] ?? [],
    })),
  };
}

type Side = {
  readonly loads: Float64Array;
  readonly bands: Uint8Array;
  readonly rules: readonly (readonly string[])[];
};

function sideOf(
  { exposures, asOfDay }: ComparisonInput,
  compiled: CompiledScheme,
  persons: Uint32Array,
  roles: Int32Array,
): Side {
  const weights = eventWeights(exposures, compiled);
  const loads = decayedLoads(exposures, weights, persons, asOfDay, compiled.scheme.recency.value);
  const windowOf = (days: number) => windowLoads(exposures, weights, persons, asOfDay, days);
  const found = triggersOf({ exposures, compiled, persons, roles, asOfDay, windowOf });
  return {
    loads,
    bands: persons.length === 0 ? new Uint8Array(0) : bandsOf(loads),
    rules: found.map((list) => list.map(({ rule }) => rule)),
  };
}

function correlationOf([first, second]: readonly [Side, Side], members: readonly number[]): RankCorrelation | null {
  if (members.length < leastPeopleToCorrelate) return null;
  const x = Float64Array.from(members, (k) => first.loads[k] ?? 0);
  const y = Float64Array.from(members, (k) => second.loads[k] ?? 0);
  if (x.every((value) => value === x[0]) || y.every((value) => value === y[0])) return null;
  const { estimate, low, high } = spearmanTest(x, y, 0.95);
  return { estimate, low, high };
}

function movedOf([first, second]: readonly [Side, Side], members: readonly number[]): Moved {
  let higher = 0;
  let lower = 0;
  for (const k of members) {
    const [before, after] = [first.bands[k] ?? 0, second.bands[k] ?? 0];
    if (after > before) higher += 1;
    else if (after < before) lower += 1;
  }
  return { people: higher + lower, higher, lower };
}

function byRole(people: PersonFrame, roles: Int32Array, sides: readonly [Side, Side]): ComparisonResult['roles'] {
  const members = new Map<string, number[]>();
  roles.forEach((role, k) => {
    const name = people.roles[role] ?? '';
    const list = members.get(name);
    if (list) list.push(k);
    else members.set(name, [k]);
  });
  return [...members]
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([role, list]) => ({
      role,
      inPost: list.length,
      rankCorrelation: correlationOf(sides, list),
      ...movedOf(sides, list),
    }));
}

function signalsOf(
  compared: readonly [CompiledScheme, CompiledScheme],
  [first, second]: readonly [Side, Side],
): ComparisonResult['signals'] {
  const has = (side: Side, k: number): boolean => (side.rules[k] ?? []).length > 0;
  const count = (test: (k: number) => boolean): number => first.rules.reduce((sum, _, k) => sum + (test(k) ? 1 : 0), 0);
  return {
    first: count((k) => has(first, k)),
    second: count((k) => has(second, k)),
    onlyFirst: count((k) => has(first, k) && !has(second, k)),
    onlySecond: count((k) => has(second, k) && !has(first, k)),
    rules: compared.flatMap(({ scheme, triggers }, at) => {
      const side = at === 0 ? first : second;
      return triggers.map((trigger) => ({
        scheme: scheme.id,
        rule: trigger.rule,
        words: triggerInWords(trigger),
        people: side.rules.filter((rules) => rules.includes(trigger.rule)).length,
      }));
    }),
  };
}
