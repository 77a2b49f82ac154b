import { twoSidedNormal } from '#main/stats/distributions/normal.ts';
import { adjustP } from '#main/stats/multiplicity/adjust-p-values.ts';
import { areaOfBins, type BinnedLogits, binLogits } from '#main/stats/prediction/binned-agreement.ts';
import { placements } from '#main/stats/prediction/delong.ts';
import type { Estimate, FairnessRow } from '#shared/domain/early-warning.ts';
import type { GroupOfLandmarks, LandmarkTable } from '../landmark-table.ts';
import { resamplePeople } from './people-resamples.ts';
import { type Predictions, percentileEstimate, type Resampling, splitScores } from './performance.ts';
import { chanceOf } from './score.ts';
import { mayTell, smallCell } from './small-cells.ts';

/** With fewer events a level cannot be assessed. */
const fewestEvents = 50;
const withinBounds = { low: 0.8, high: 1.25 } as const;
const alpha = 0.05;

export const groupWords: Readonly<Record<GroupOfLandmarks['name'], string>> = {
  sex: 'Sex',
  ethnicity: 'Ethnicity',
  ageBand: 'Age',
  rank: 'Rank or grade',
  role: 'Role',
  partTime: 'Hours',
};

/** Observed less expected cases over its standard error, people taken as independent: N(0, 1) where the level is calibrated. */
export function calibrationTest(
  predictions: Predictions,
  rows: Uint32Array,
): { readonly z: number; readonly p: number } {
  const byPerson = new Map<number, number>();
  for (const row of rows) {
    const residual = (predictions.y[row] ?? 0) - chanceOf(predictions.logits[row] ?? 0);
    const who = predictions.person[row] ?? 0;
    byPerson.set(who, (byPerson.get(who) ?? 0) + residual);
  }
  let [sum, squares] = [0, 0];
  for (const residual of byPerson.values()) {
    sum += residual;
    squares += residual * residual;
  }
  const z = squares === 0 ? 0 : sum / Math.sqrt(squares);
  return { z, p: twoSidedNormal(z) };
}

type Level = {
  readonly group: GroupOfLandmarks;
  readonly level: string;
  readonly rows: Uint32Array;
  readonly events: number;
};

/** Which levels of a characteristic may be shown, from the cases and others of each, beside the whole. */
export type LevelsToShow = (levels: readonly string[], counts: readonly (readonly number[])[]) => readonly boolean[];

export type FairnessOptions = {
  readonly threshold: number | null;
  readonly levelsToShow: LevelsToShow;
  readonly resampling: Resampling;
};

/**
 * How the predictions of the temporal validation fit each level of each characteristic. A level with at least 50 events whose O:E lies outside
 * 0.8–1.25 with Holm-adjusted p < 0.05 over the levels assessed blocks use. Levels with fewer than 10 people, cases or others are withheld, and
 * the next smallest with them where one alone would be missing.
 */
export function fairnessRows(
  table: LandmarkTable,
  predictions: Predictions,
  { threshold, levelsToShow, resampling }: FairnessOptions,
): FairnessRow[] {
  const levels = table.groups.flatMap((group) => levelsOf(group, predictions));
  const withheld = new Set(
    table.groups.flatMap((group) =>
      withheldOf(
        levels.filter((level) => level.group === group),
        predictions,
        levelsToShow,
      ),
    ),
  );
  const assessed = levels.filter((level) => !withheld.has(level) && level.events >= fewestEvents);
  const p = assessed.map(({ rows }) => calibrationTest(predictions, rows).p);
  const adjusted = adjustP(p, 'holm');
  const shown = levels.filter((level) => !withheld.has(level));
  const intervals = levelIntervals(predictions, shown, threshold, resampling);
  return levels.map((level): FairnessRow => {
    const name = { group: groupWords[level.group.name], level: level.level };
    const own = intervals.get(level);
    if (!own) return { ...name, ...blank, verdict: 'withheld' };
    const at = assessed.indexOf(level);
    if (at < 0) return { ...name, ...counts(level), ...own, p: null, pHolm: null, verdict: 'cannot be assessed' };
    const ratio = own.observedExpected?.estimate ?? 1;
    const outside = ratio < withinBounds.low || ratio > withinBounds.high;
    const pHolm = adjusted[at] ?? 1;
    const verdict = outside && pHolm < alpha ? 'blocks' : 'within';
    return { ...name, ...counts(level), ...own, p: p[at] ?? null, pHolm, verdict };
  });
}

const blank = {
  landmarks: null,
  events: null,
  auc: null,
  observedExpected: null,
  p: null,
  pHolm: null,
  sensitivity: null,
  positivePredictiveValue: null,
} as const;

function counts({ rows, events }: Level): { readonly landmarks: number; readonly events: number } {
  return { landmarks: rows.length, events };
}

function levelsOf(group: GroupOfLandmarks, predictions: Predictions): Level[] {
  return group.levels.flatMap((level, index) => {
    const rows = Uint32Array.from(predictions.y.keys()).filter(
      (row) => group.of[predictions.landmarks[row] ?? 0] === index,
    );
    const events = rows.reduce((sum, row) => sum + (predictions.y[row] ?? 0), 0);
    return rows.length === 0 ? [] : [{ group, level, rows, events }];
  });
}

/** Levels too small to show, or that would give such a one away; one alone would follow from the whole, so the next smallest goes with it. */
function withheldOf(levels: readonly Level[], predictions: Predictions, levelsToShow: LevelsToShow): Level[] {
  const shown = levelsToShow(
    levels.map(({ level }) => level),
    levels.map(({ rows, events }) => [events, rows.length - events]),
  );
  const small = levels.filter(({ rows, events }, at) => {
    const people = new Set(Array.from(rows, (row) => predictions.person[row])).size;
    return shown[at] !== true || Math.min(people, events, rows.length - events) < smallCell;
  });
  if (small.length !== 1) return small;
  const [next] = levels
    .filter((level) => !small.includes(level))
    .sort((a, b) => a.events - b.events || a.rows.length - b.rows.length);
  return next ? [...small, next] : small;
}

type LevelFigures = Pick<FairnessRow, 'auc' | 'observedExpected' | 'sensitivity' | 'positivePredictiveValue'>;

type Tally = {
  readonly auc: number | null;
  readonly ratio: number | null;
  readonly sensitivity: number | null;
  readonly ppv: number | null;
};

function levelIntervals(
  predictions: Predictions,
  levels: readonly Level[],
  threshold: number | null,
  resampling: Resampling,
): Map<Level, LevelFigures> {
  const parts = levels.map(({ rows }) => partOf(predictions, rows));
  const drawn = levels.map((): Tally[] => []);
  resamplePeople(predictions.person, resampling, (weights) => {
    parts.forEach((part, at) => {
      const own = Float64Array.from(part.rows, (row) => weights[row] ?? 0);
      drawn[at]?.push(tallyOf(part, own, threshold));
    });
  });
  return new Map(
    levels.map((level, at) => {
      const part = parts[at];
      const found = part ? tallyOf(part, null, threshold) : null;
      const estimate = (pick: (tally: Tally) => number | null): Estimate | null =>
        percentileEstimate(found ? pick(found) : null, (drawn[at] ?? []).map(pick));
      return [
        level,
        {
          auc: estimate(({ auc }) => auc),
          observedExpected: estimate(({ ratio }) => ratio),
          sensitivity: estimate(({ sensitivity }) => sensitivity),
          positivePredictiveValue: estimate(({ ppv }) => ppv),
        },
      ];
    }),
  );
}

type Part = {
  readonly rows: Uint32Array;
  readonly logits: Float64Array;
  readonly binned: BinnedLogits;
  readonly chances: Float64Array;
  readonly y: Uint8Array;
};

function partOf({ logits, y }: Predictions, rows: Uint32Array): Part {
  const own = Float64Array.from(rows, (row) => logits[row] ?? 0);
  return {
    rows,
    logits: own,
    binned: binLogits(own),
    chances: own.map(chanceOf),
    y: Uint8Array.from(rows, (row) => y[row] ?? 0),
  };
}

function exactArea(of: Pick<Part, 'logits' | 'y'>): number | null {
  const scores = splitScores(of);
  return scores.cases.length > 0 && scores.controls.length > 0 ? placements(scores).auc : null;
}

function tallyOf({ logits, binned, chances, y }: Part, weights: Float64Array | null, threshold: number | null): Tally {
  // Resamples give intervals, not counts.
  const told = weights === null ? mayTell : () => true;
  let [events, expected, flagged, hits] = [0, 0, 0, 0];
  for (let row = 0; row < y.length; row += 1) {
    const weight = weights === null ? 1 : (weights[row] ?? 0);
    const chance = chances[row] ?? 0;
    events += weight * (y[row] ?? 0);
    expected += weight * chance;
    if (threshold === null || chance < threshold) continue;
    flagged += weight;
    hits += weight * (y[row] ?? 0);
  }
  return {
    auc: weights === null ? exactArea({ logits, y }) : areaOfBins(binned, y, weights),
    ratio: expected > 0 ? events / expected : null,
    sensitivity: threshold === null || events === 0 || !told(hits, events - hits) ? null : hits / events,
    ppv: threshold === null || flagged === 0 || !told(hits, flagged - hits) ? null : hits / flagged,
  };
}
