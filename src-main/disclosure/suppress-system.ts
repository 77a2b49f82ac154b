import type { Highs } from 'highs';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type FeasibleRange, leastWithheld } from './count-network.ts';
import {
  type CellPromise,
  type CountSystem,
  isSmall,
  knowledgeWithRules,
  plainKnowledge,
  type SystemRules,
} from './count-system.ts';
import { ReaderModel } from './reader-model.ts';
import { SearchModel } from './search-model.ts';
import { loadSolver } from './solver.ts';
import type { WithheldReason } from './suppress-counts.ts';

/** Beyond this many ranges to work out again, needless withheld counts are left withheld. */
const mostToReview = 2_000;
const mostTries = 6;

export type AuditedCell = {
  readonly index: number;
  /** What can be inferred by a reader who knows nothing of the rules. */
  readonly plain: FeasibleRange;
  /** What can be inferred by one who knows the threshold, and that zeros are never withheld. */
  readonly knowingRules: FeasibleRange;
  readonly promise: CellPromise;
};

export type SystemDecision = {
  /** Per count why it is withheld now, null where it is published or no part of this release. */
  readonly reasons: readonly (WithheldReason | null)[];
  /** Every withheld count, those of earlier releases included. */
  readonly audit: readonly AuditedCell[];
};

/** Everything one search carries along. */
type Search = {
  readonly solver: Highs;
  readonly system: CountSystem;
  readonly rules: SystemRules;
  readonly withheld: boolean[];
  readonly reader: ReaderModel;
};

function promiseOf(system: CountSystem, rules: SystemRules, index: number): CellPromise {
  const cell = system.cells[index];
  const now: CellPromise = {
    width: rules.protect,
    reach: isSmall(cell?.value ?? null, rules.threshold) ? rules.threshold : 0,
    least: leastWithheld,
  };
  const earlier = cell?.promise ?? null;
  if (earlier === null) return now;
  if (cell?.released !== true) return earlier;
  return { ...now, width: Math.max(now.width, earlier.width), reach: Math.max(now.reach, earlier.reach) };
}

function isProtected(search: Search, index: number): boolean {
  return search.withheld[index] === true || search.system.cells[index]?.promise != null;
}

function holds({ low, high }: FeasibleRange, { width, reach }: CellPromise): boolean {
  return high - low >= width && high >= reach;
}

function knowledgeOf({ system, rules, withheld }: Search, plain = false) {
  const knows = plain ? plainKnowledge : knowledgeWithRules;
  return system.cells.map((cell, index) => knows(cell, withheld[index] === true, rules));
}

function setWithheld(search: Search, index: number, is: boolean): void {
  search.withheld[index] = is;
  const cell = search.system.cells[index];
  if (cell) search.reader.know(index, knowledgeWithRules(cell, is, search.rules));
}

/** Withholds what it takes for one count to keep its promise; false where nothing that may be withheld is enough. */
function protectOne(search: Search, index: number, promise: CellPromise): boolean {
  const { solver, system, rules, withheld } = search;
  for (let extra = 0; extra < mostTries; extra += 1) {
    const range = search.reader.range(index);
    if (holds(range, promise)) return true;
    const model = new SearchModel(solver, system, knowledgeOf(search), withheld);
    try {
      const add = (cells: readonly number[]): void => {
        for (const cell of cells) {
          setWithheld(search, cell, true);
          const added = system.cells[cell];
          if (added) model.withhold(cell, knowledgeWithRules(added, true, rules));
        }
      };
      // Upwards first: only there can a small count come to look like one over the threshold.
      const target = Math.max(range.low + promise.width, promise.reach) + extra;
      const top = model.furthest(index, target, true);
      if (top === null || top < promise.reach) return false;
      const upwards = model.cheapest(index, top, true);
      if (upwards === null) return false;
      add(upwards);
      if (top < target) {
        const bottom = model.furthest(index, top - promise.width - extra, false);
        if (bottom === null) return false;
        const downwards = model.cheapest(index, bottom, false);
        if (downwards === null) return false;
        add(downwards);
      }
    } finally {
      model.dispose();
    }
  }
  return holds(search.reader.range(index), promise);
}

function protectAll(search: Search): boolean {
  const { system, rules } = search;
  const countAt = (index: number): number => system.cells[index]?.value ?? 0;
  const waiting = system.cells.flatMap((_, index) => (isProtected(search, index) ? [index] : []));
  // The smallest need most: what protects them usually protects the rest.
  waiting.sort((a, b) => countAt(a) - countAt(b) || a - b);
  for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
    const before = search.withheld.slice();
    if (!protectOne(search, index, promiseOf(system, rules, index))) return false;
    waiting.push(...search.withheld.flatMap((is, cell) => (is && before[cell] !== true ? [cell] : [])));
  }
  return true;
}

function everyOneHolds(search: Search): boolean {
  return search.system.cells.every(
    (_, index) =>
      !isProtected(search, index) || holds(search.reader.range(index), promiseOf(search.system, search.rules, index)),
  );
}

/** Publishes again whatever turned out not to be needed, the dearest first. */
function giveBack(search: Search, needed: readonly boolean[]): void {
  const { cells } = search.system;
  const candidates = search.withheld.flatMap((is, index) => (is && needed[index] !== true ? [index] : []));
  const guarded = cells.filter((_, index) => isProtected(search, index)).length;
  if (candidates.length * guarded > mostToReview) return;
  const lossOf = (index: number): number => cells[index]?.loss ?? 0;
  candidates.sort((a, b) => lossOf(b) - lossOf(a) || a - b);
  for (const index of candidates) {
    setWithheld(search, index, false);
    if (!everyOneHolds(search)) setWithheld(search, index, true);
  }
}

/** The exact range of every withheld count for both readers, by linear programming. */
function auditOf(search: Search): AuditedCell[] {
  const { solver, system, rules } = search;
  const plainReader = new ReaderModel(solver, system, knowledgeOf(search, true));
  try {
    return system.cells.flatMap((_, index) =>
      isProtected(search, index)
        ? [
            {
              index,
              plain: plainReader.range(index),
              knowingRules: search.reader.range(index),
              promise: promiseOf(system, rules, index),
            },
          ]
        : [],
    );
  } finally {
    plainReader.dispose();
  }
}

/** Counts that leave no choice: small ones, and those that an earlier release withheld. */
function mustBeWithheld(system: CountSystem, rules: SystemRules): boolean[] {
  return system.cells.map(
    (cell) =>
      cell.released &&
      (isSmall(cell.value, rules.threshold) || (cell.promise !== null && cell.value !== null && cell.value > 0)),
  );
}

/**
 * Decides which counts of a system to withhold, and proves it: whatever chose them, the final choice is audited by linear
 * programming over all that is published now and was before, and nothing is returned that fails.
 *
 * @param chosen counts that another method found enough to withhold; without it they are searched for here.
 * @returns errors: `DISCLOSURE` where nothing that may be withheld is enough; `BAD_SPEC` where an earlier release
 * contradicts the counts.
 */
export async function suppressSystem(
  system: CountSystem,
  rules: SystemRules,
  chosen: readonly boolean[] | null = null,
): Promise<Result<SystemDecision>> {
  if (system.cells.length === 0) return ok({ reasons: [], audit: [] });
  const solver = await loadSolver();
  const needed = mustBeWithheld(system, rules);
  const withheld = needed.map((is, index) => is || chosen?.[index] === true);
  const first: Search = { solver, system, rules, withheld, reader: null as never };
  const search: Search = { ...first, reader: new ReaderModel(solver, system, knowledgeOf(first)) };
  try {
    if (!search.reader.isConsistent()) return contradiction();
    if (chosen === null) {
      if (!protectAll(search)) return noSafePattern(rules.threshold);
      giveBack(search, needed);
    }
    const audit = auditOf(search);
    if (!audit.every(({ knowingRules, promise }) => holds(knowingRules, promise))) {
      return noSafePattern(rules.threshold);
    }
    return ok({
      reasons: search.withheld.map((is, index) => {
        if (!is) return null;
        return isSmall(system.cells[index]?.value ?? null, rules.threshold) ? 'primary' : 'complementary';
      }),
      audit,
    });
  } finally {
    search.reader.dispose();
  }
}

function contradiction(): Result<never> {
  return fail(
    'BAD_SPEC',
    'The earlier release and these counts contradict each other: no table agrees with both.',
    'Nothing was released. Check that they are about the same people and the same period.',
  );
}

export function noSafePattern(threshold: number): Result<never> {
  return fail(
    'DISCLOSURE',
    `No way of withholding cells keeps every count under ${threshold} from being worked out by subtraction.`,
    'Nothing was released. Merge small groups, use a longer period, or leave out a total or an overlapping table.',
    { threshold },
  );
}
