import type { SplitScores } from './delong.ts';

/**
 * A ROC curve from the threshold that flags everybody to the one that flags nobody. At place k, those with a score of at least
 * `values[k]` are flagged; the last place has no value.
 */
export type RocCurve = {
  /** Distinct scores in rising order. */
  readonly values: Float64Array;
  /** Flagged cases and flagged controls, one more than there are values; the last are 0. */
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly cases: number;
  readonly controls: number;
};

export function rocCurve(scores: SplitScores): RocCurve {
  const cases = Float64Array.from(scores.cases).sort();
  const controls = Float64Array.from(scores.controls).sort();
  const most = cases.length + controls.length;
  const values = new Float64Array(most);
  const truePositives = new Float64Array(most + 1);
  const falsePositives = new Float64Array(most + 1);
  let [i, j, k] = [0, 0, 0];
  while (i < cases.length || j < controls.length) {
    const value = Math.min(cases[i] ?? Number.POSITIVE_INFINITY, controls[j] ?? Number.POSITIVE_INFINITY);
    values[k] = value;
    truePositives[k] = cases.length - i;
    falsePositives[k] = controls.length - j;
    while (i < cases.length && (cases[i] as number) <= value) i += 1;
    while (j < controls.length && (controls[j] as number) <= value) j += 1;
    k += 1;
  }
  return {
    values: values.slice(0, k),
    truePositives: truePositives.slice(0, k + 1),
    falsePositives: falsePositives.slice(0, k + 1),
    cases: cases.length,
    controls: controls.length,
  };
}

export type RocPoint = {
  /** Midway between neighbouring scores, as pROC has it; null at the ends, where everybody or nobody is flagged. */
  readonly threshold: number | null;
  /** The least score that is flagged; null where nobody is. */
  readonly value: number | null;
  readonly sensitivity: number;
  readonly specificity: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  /** Of those flagged, the share with the event; of the others, without. Null where there are none. */
  readonly ppv: number | null;
  readonly npv: number | null;
};

export function pointAt(curve: RocCurve, place: number): RocPoint {
  const truePositives = curve.truePositives[place] as number;
  const falsePositives = curve.falsePositives[place] as number;
  const trueNegatives = curve.controls - falsePositives;
  const unflagged = trueNegatives + curve.cases - truePositives;
  const flagged = truePositives + falsePositives;
  return {
    threshold: thresholdAt(curve.values, place),
    value: curve.values[place] ?? null,
    sensitivity: truePositives / curve.cases,
    specificity: trueNegatives / curve.controls,
    truePositives,
    falsePositives,
    ppv: flagged === 0 ? null : truePositives / flagged,
    npv: unflagged === 0 ? null : trueNegatives / unflagged,
  };
}

function thresholdAt(values: Float64Array, place: number): number | null {
  if (place === 0 || place >= values.length) return null;
  const below = values[place - 1] as number;
  const above = values[place] as number;
  const middle = (below + above) / 2;
  const finite = Number.isFinite(middle) ? middle : below / 2 + above / 2;
  // Between neighbouring doubles there is no third one.
  return finite > below ? finite : above;
}

/**
 * At most `most` places of a curve, both ends among them, spread evenly along it; all of them where there are no more.
 */
export function spreadPlaces(curve: RocCurve, most: number): Int32Array {
  const places = curve.truePositives.length;
  if (places <= most) return Int32Array.from({ length: places }, (_none, place) => place);
  const chosen: number[] = [0];
  const step = 2 / (most - 2);
  let next = step;
  for (let place = 1; place < places - 1; place += 1) {
    const travelled =
      2 -
      (curve.truePositives[place] as number) / curve.cases -
      (curve.falsePositives[place] as number) / curve.controls;
    if (travelled >= next) {
      chosen.push(place);
      next = step * (Math.floor(travelled / step) + 1);
    }
  }
  chosen.push(places - 1);
  return Int32Array.from(chosen);
}
