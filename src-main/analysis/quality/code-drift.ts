import { twoSidedT } from '#main/stats/distributions/student-t.ts';
import { adjustP } from '#main/stats/multiplicity/adjust-p-values.ts';
import type { CodeChange } from '#shared/contract/quality.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import type { CodeTally, KindFacts } from './facts.ts';

const recentMonths = 3;
const mostBefore = 24;
const leastBefore = 6;
/** False discovery rate. */
const level = 0.01;
/** A change of share that matters: by half as much again, and by a hundredth of all rows. */
const leastRatio = 1.5;
const leastDifference = 0.01;
const leastRows = 5;

type Window = {
  readonly before: readonly number[];
  readonly recent: readonly number[];
  readonly rowsBefore: readonly number[];
  readonly rowsRecent: readonly number[];
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Two-sided p of a code's share in the last months against the months before: a quasi-binomial comparison whose spread is
 * that of the earlier months (Pearson's statistic over its degrees of freedom, at least 1; McCullagh and Nelder 1989, §4.5),
 * with t(months − 1). Null where the code stands in neither or in every row.
 */
export function shiftOf({ before, recent, rowsBefore, rowsRecent }: Window): number | null {
  const all = sum(rowsBefore);
  const now = sum(rowsRecent);
  const share = sum(before) / all;
  const shareNow = sum(recent) / now;
  const pooled = (sum(before) + sum(recent)) / (all + now);
  if (!(all > 0 && now > 0) || pooled <= 0 || pooled >= 1) return null;
  const filled = rowsBefore.filter((rows) => rows > 0).length;
  if (filled < leastBefore) return null;
  const variance = Math.max(share * (1 - share), pooled * (1 - pooled));
  const pearson = before.reduce((total, count, at) => {
    const rows = rowsBefore[at] ?? 0;
    return rows === 0 ? total : total + (count - rows * share) ** 2 / (rows * variance);
  }, 0);
  const spread = Math.max(1, pearson / (filled - 1));
  const error = Math.sqrt(spread * pooled * (1 - pooled) * (1 / all + 1 / now));
  return twoSidedT((shareNow - share) / error, filled - 1);
}

type Candidate = { readonly change: Omit<CodeChange, 'change' | 'q'>; readonly p: number };

function describe(facts: KindFacts, label: string, column: string, tally: CodeTally, window: Window) {
  const rowsBefore = sum(window.rowsBefore);
  const rowsRecent = sum(window.rowsRecent);
  return {
    kind: facts.kind,
    label,
    column,
    code: tally.value,
    from: isoOfDay(tally.firstDay),
    to: isoOfDay(tally.lastDay),
    rows: sum(tally.months),
    shareBefore: rowsBefore === 0 ? 0 : sum(window.before) / rowsBefore,
    shareNow: rowsRecent === 0 ? 0 : sum(window.recent) / rowsRecent,
  };
}

/** Rows by month in which a column is filled: codes cannot vanish with their column, which is another finding. */
function filledRows(facts: KindFacts, column: string): number[] {
  const empty = facts.columns.find((candidate) => candidate.column === column)?.monthEmpty ?? [];
  return facts.monthRows.map((rows, month) => rows - (empty[month] ?? 0));
}

/** Whether a code that stood in nearly every month has not stood for the last months, which chance would hardly do. */
function hasVanished(tally: CodeTally, window: Window, whole: number): boolean {
  if (sum(window.recent) > 0 || sum(tally.months.slice(whole)) > 0) return false;
  const held = window.before.filter((count) => count > 0).length;
  if (held < leastBefore || held < 0.8 * window.before.length) return false;
  // Poisson: none where so many would be expected.
  const expected = (sum(window.before) / sum(window.rowsBefore)) * sum(window.rowsRecent);
  return Math.exp(-expected) < level;
}

export type CodeDrift = { readonly changes: CodeChange[]; readonly seen: number; readonly tested: number };

/**
 * Codes that appeared in the last quarter of the time or with the newest batch, that vanished, or whose share changed; the
 * last under control of the false discovery rate over all codes that were tested (Benjamini and Hochberg 1995).
 */
export function codeDrift(
  kinds: readonly {
    readonly facts: KindFacts;
    readonly label: string;
    readonly whole: number;
    /** First day of the newest of several batches, or null. */
    readonly newestFrom: number | null;
  }[],
): CodeDrift {
  const changes: CodeChange[] = [];
  const candidates: Candidate[] = [];
  let seen = 0;
  for (const { facts, label, whole, newestFrom } of kinds) {
    const from = Math.max(0, whole - recentMonths - mostBefore);
    const cut = whole - recentMonths;
    const enough = cut - from >= leastBefore;
    if (facts.firstDay === null || facts.lastDay === null) continue;
    const lastQuarter = facts.firstDay + 0.75 * (facts.lastDay - facts.firstDay);
    for (const { column, tallies } of facts.codes) {
      seen += tallies.length;
      const filled = filledRows(facts, column);
      for (const tally of tallies) {
        const window = {
          before: tally.months.slice(from, cut),
          recent: tally.months.slice(cut, whole),
          rowsBefore: filled.slice(from, cut),
          rowsRecent: filled.slice(cut, whole),
        };
        const change = describe(facts, label, column, tally, window);
        const newInBatch = newestFrom !== null && newestFrom > facts.firstDay && tally.firstDay >= newestFrom;
        const late = enough && tally.firstDay > lastQuarter;
        if ((late || newInBatch) && change.rows >= leastRows) changes.push({ ...change, change: 'appeared', q: null });
        else if (enough && hasVanished(tally, window, whole)) changes.push({ ...change, change: 'vanished', q: null });
        else if (enough) {
          const p = shiftOf(window);
          if (p !== null) candidates.push({ change, p });
        }
      }
    }
  }
  const adjusted = adjustP(
    candidates.map(({ p }) => p),
    'BH',
  );
  candidates.forEach(({ change }, at) => {
    const q = adjusted[at] as number;
    const { shareBefore, shareNow } = change;
    const ratio = Math.max(shareNow, shareBefore) / Math.max(Math.min(shareNow, shareBefore), Number.EPSILON);
    if (q > level || ratio < leastRatio || Math.abs(shareNow - shareBefore) < leastDifference) return;
    changes.push({ ...change, change: shareNow > shareBefore ? 'more' : 'less', q });
  });
  return { changes, seen, tested: candidates.length };
}
