import { type LandmarkTable, outcomeUnknown } from '../landmark-table.ts';
import { firstDays, learntBy } from '../model/temporal.ts';
import type { EarlyWarningSpec } from '../spec.ts';

/** Every count of landmarks that a result gives, or that follows from two of them, as the disjoint parts it is made of. */
export type CountLedger = {
  /** How many landmarks each part holds. */
  readonly sizes: readonly number[];
  readonly counts: readonly LedgerCount[];
};

export type LedgerCount = {
  /** Such as `wave 3 cases` or `tested events`. */
  readonly name: string;
  /** Positions among the parts. */
  readonly parts: readonly number[];
  /** What withholding it costs the reader: figures of the whole more than those of a wave, mere differences next to nothing. */
  readonly loss: number;
};

const losses = { whole: 60, wave: 4, difference: 0.01 } as const;

type Condition = (row: number) => boolean;
type Entry = { readonly name: string; readonly holds: Condition; readonly loss: number };

/** @param tested waves of the temporal validation, ascending */
export function countLedger(table: LandmarkTable, spec: EarlyWarningSpec, tested: readonly number[]): CountLedger {
  const { outcome, complete, wave } = table;
  const followed: Condition = (row) => complete[row] === 1 && outcome[row] !== outcomeUnknown;
  const inTest = table.waves.map((_, at) => tested.includes(at));
  const testing: Condition = (row) => followed(row) && inTest[wave[row] ?? -1] === true;
  const entries: Entry[] = [
    { name: 'all', holds: () => true, loss: losses.whole },
    ...(['outcome', 'caseness', 'spell'] as const).flatMap((name) =>
      outcomes(name, table[name], () => true, losses.whole),
    ),
    ...performance('tested', outcome, testing, losses.whole),
    ...performance('training', outcome, followed, losses.whole),
    ...performance('never tested', outcome, (row) => followed(row) && !testing(row), losses.difference),
    ...outcomes('not in training', outcome, (row) => !followed(row), losses.difference),
  ];
  table.waves.forEach((_, at) => {
    const inWave: Condition = (row) => wave[row] === at;
    entries.push(
      ...outcomes(`wave ${at}`, outcome, inWave, losses.wave),
      { name: `wave ${at} landmarks`, holds: inWave, loss: losses.wave },
      ...performance(`fold ${at}`, outcome, (row) => inWave(row) && followed(row), losses.wave),
      ...outcomes(`wave ${at} since`, outcome, (row) => inWave(row) && !followed(row), losses.difference),
    );
  });
  return partsOf(table.count, [...entries, ...learntEntries(table, spec, tested)]);
}

/** What each fold was trained on, and by how much that is more than the fold before. */
function learntEntries(table: LandmarkTable, spec: EarlyWarningSpec, tested: readonly number[]): Entry[] {
  const first = firstDays(table);
  let before = new Uint8Array(table.count);
  return tested.flatMap((wave) => {
    const [earlier, learnt] = [before, new Uint8Array(table.count)];
    for (const row of learntBy(table, spec, first[wave] ?? 0)) learnt[row] = 1;
    before = learnt;
    return [
      ...outcomes(`learnt ${wave}`, table.outcome, (row) => learnt[row] === 1, losses.wave),
      ...outcomes(
        `learnt ${wave} more`,
        table.outcome,
        (row) => learnt[row] === 1 && earlier[row] === 0,
        losses.difference,
      ),
    ];
  });
}

function outcomes(name: string, coded: Int8Array, within: Condition, loss: number): Entry[] {
  const codes = [
    ['cases', 1],
    ['nonCases', 0],
    ['unknown', outcomeUnknown],
  ] as const;
  return codes.map(([which, code]) => ({
    name: `${name} ${which}`,
    holds: (row) => within(row) && coded[row] === code,
    loss,
  }));
}

function performance(name: string, outcome: Int8Array, within: Condition, loss: number): Entry[] {
  return [
    { name: `${name} events`, holds: (row) => within(row) && outcome[row] === 1, loss },
    { name: `${name} nonEvents`, holds: (row) => within(row) && outcome[row] === 0, loss },
    { name: `${name} landmarks`, holds: within, loss },
  ];
}

/** Landmarks that are in the very same entries are one part. */
function partsOf(count: number, entries: readonly Entry[]): CountLedger {
  const partOf = new Int32Array(count);
  let parts = count === 0 ? 0 : 1;
  for (const { holds } of entries) {
    const split = new Map<number, number>();
    const [inside, outside] = [new Uint8Array(parts), new Uint8Array(parts)];
    for (let row = 0; row < count; row += 1) (holds(row) ? inside : outside)[partOf[row] ?? 0] = 1;
    for (let part = 0; part < inside.length; part += 1) {
      if (inside[part] !== 1 || outside[part] !== 1) continue;
      split.set(part, parts);
      parts += 1;
    }
    if (split.size === 0) continue;
    for (let row = 0; row < count; row += 1) {
      const into = split.get(partOf[row] ?? 0);
      if (into !== undefined && holds(row)) partOf[row] = into;
    }
  }
  const sizes = new Array<number>(parts).fill(0);
  const example = new Int32Array(parts);
  partOf.forEach((part, row) => {
    sizes[part] = (sizes[part] ?? 0) + 1;
    example[part] = row;
  });
  const counts = entries.map(({ name, holds, loss }) => ({
    name,
    loss,
    parts: [...example.keys()].filter((part) => holds(example[part] ?? 0)),
  }));
  return { sizes, counts };
}
