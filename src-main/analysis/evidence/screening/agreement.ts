import { gwetAc1 } from '#main/stats/contingency/gwet-ac1.ts';
import { cohensKappa } from '#main/stats/contingency/kappa.ts';
import { matrixFromRows } from '#main/stats/linear-algebra/matrix.ts';
import { wilsonInterval } from '#main/stats/wilson-interval.ts';
import type { ScreeningStage } from '#shared/domain/review.ts';
import { type Judgement, standingDecisions } from './stage-outcome.ts';

type Interval = { readonly estimate: number; readonly low: number; readonly high: number };

export type PairAgreement = {
  /** Two reviewers, in the order of their names. */
  readonly first: string;
  readonly second: string;
  readonly n: number;
  readonly table: {
    readonly bothKeep: number;
    readonly firstKeeps: number;
    readonly secondKeeps: number;
    readonly bothExclude: number;
  };
  readonly agreed: Interval | null;
  readonly kappa: Interval | null;
  readonly ac1: Interval | null;
};

const confidence = 0.95;

/** What the first two who decided said before either could know of the other; null where there are no two. */
function independentPair(decisions: readonly Judgement[], stage: ScreeningStage): readonly Judgement[] | null {
  const own = decisions.filter((decision) => decision.stage === stage);
  for (let seen = 2; seen <= own.length; seen += 1) {
    const standing = standingDecisions(own.slice(0, seen), stage);
    if (standing.length === 2) return standing;
  }
  return null;
}

/**
 * How far every two reviewers agree at a stage. Who is unsure counts as keeping the record, as it does on titles.
 * @param histories decisions on each unit, the oldest first
 */
export function reviewerAgreement(histories: Iterable<readonly Judgement[]>, stage: ScreeningStage): PairAgreement[] {
  const tables = new Map<string, { first: string; second: string; cells: [number, number, number, number] }>();
  for (const decisions of histories) {
    const pair = independentPair(decisions, stage);
    const [one, other] = [...(pair ?? [])].sort((a, b) => (a.user < b.user ? -1 : 1));
    if (!one || !other) continue;
    const key = JSON.stringify([one.user, other.user]);
    const table = tables.get(key) ?? { first: one.user, second: other.user, cells: [0, 0, 0, 0] };
    const cell = (one.decision === 'exclude' ? 2 : 0) + (other.decision === 'exclude' ? 1 : 0);
    table.cells[cell] = (table.cells[cell] ?? 0) + 1;
    tables.set(key, table);
  }
  return [...tables]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { first, second, cells }]) => ({ first, second, ...agreementOf(cells) }));
}

function agreementOf([bothKeep, firstKeeps, secondKeeps, bothExclude]: readonly [number, number, number, number]): Omit<
  PairAgreement,
  'first' | 'second'
> {
  const n = bothKeep + firstKeeps + secondKeeps + bothExclude;
  const counts = matrixFromRows([
    [bothKeep, firstKeeps],
    [secondKeeps, bothExclude],
  ]);
  const alike = bothKeep + bothExclude;
  return {
    n,
    table: { bothKeep, firstKeeps, secondKeeps, bothExclude },
    agreed: { estimate: alike / n, ...wilsonInterval(alike, n, confidence) },
    kappa: intervalOf(cohensKappa(counts, 'none', confidence)),
    ac1: intervalOf(gwetAc1(counts, confidence)),
  };
}

function intervalOf(found: Interval | null): Interval | null {
  return found && { estimate: found.estimate, low: found.low, high: found.high };
}
