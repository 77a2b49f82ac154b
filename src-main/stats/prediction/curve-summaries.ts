import type { RocCurve } from './roc-curve.ts';

/**
 * Places where sensitivity + specificity is greatest (Youden 1950, Cancer 3:32), all of them where several are equal; compared in whole
 * numbers, so that rounding does not choose. As `pROC::coords(roc, "best")`.
 */
export function youdenPlaces(curve: RocCurve): number[] {
  return bestPlaces(
    curve,
    (truePositives, falsePositives) => truePositives * curve.controls - falsePositives * curve.cases,
  );
}

/** Places nearest to a sensitivity and specificity of 1, as `pROC::coords(roc, "best", best.method = "closest.topleft")`. */
export function closestPlaces(curve: RocCurve): number[] {
  const { cases, controls } = curve;
  return bestPlaces(
    curve,
    (truePositives, falsePositives) => -(((cases - truePositives) * controls) ** 2) - (falsePositives * cases) ** 2,
  );
}

const mostTies = 100;

function bestPlaces(curve: RocCurve, merit: (truePositives: number, falsePositives: number) => number): number[] {
  let best = Number.NEGATIVE_INFINITY;
  let places: number[] = [];
  for (let place = 0; place < curve.truePositives.length; place += 1) {
    const value = merit(curve.truePositives[place] as number, curve.falsePositives[place] as number);
    if (value > best) {
      best = value;
      places = [place];
    } else if (value === best && places.length < mostTies) places.push(place);
  }
  return places;
}

/**
 * Area under the part of the curve whose specificity lies between two values, by trapezia, and McClish's correction (1989, Medical
 * Decision Making 9:190), which makes it ½ for a predictor without worth and 1 for a perfect one. As
 * `pROC::auc(partial.auc = c(to, from), partial.auc.correct = TRUE)`.
 */
export function partialArea(
  curve: RocCurve,
  from: number,
  to: number,
): { readonly auc: number; readonly corrected: number } {
  const [least, most] = [1 - to, 1 - from];
  let area = 0;
  for (let place = curve.truePositives.length - 1; place > 0; place -= 1) {
    const x1 = (curve.falsePositives[place] as number) / curve.controls;
    const x2 = (curve.falsePositives[place - 1] as number) / curve.controls;
    const left = Math.max(x1, least);
    const right = Math.min(x2, most);
    if (!(right > left)) continue;
    const y1 = (curve.truePositives[place] as number) / curve.cases;
    const slope = ((curve.truePositives[place - 1] as number) / curve.cases - y1) / (x2 - x1);
    area += (right - left) * (y1 + slope * ((left + right) / 2 - x1));
  }
  const worthless = (most * most - least * least) / 2;
  const perfect = most - least;
  return { auc: area, corrected: (1 + (area - worthless) / (perfect - worthless)) / 2 };
}

/**
 * Two areas under precision against recall. `step`: Σ (Rₖ − Rₖ₋₁)·Pₖ over falling thresholds, which is average precision. `interpolated`:
 * between two thresholds true and false positives grow in proportion (Davis and Goadrich 2006, ICML, §4), integrated exactly
 * (Keilwagen, Grosse and Grau 2014, PLoS ONE 9:e92209), as `PRROC::pr.curve`.
 */
export function precisionRecallAreas(curve: RocCurve): { readonly step: number; readonly interpolated: number } {
  let step = 0;
  let interpolated = 0;
  for (let place = curve.truePositives.length - 2; place >= 0; place -= 1) {
    const [before, beforeFalse] = [curve.truePositives[place + 1] as number, curve.falsePositives[place + 1] as number];
    const truePositives = curve.truePositives[place] as number;
    const falsePositives = curve.falsePositives[place] as number;
    const gained = truePositives - before;
    if (gained === 0) continue;
    step += (gained * truePositives) / (truePositives + falsePositives);
    const rate = 1 + (falsePositives - beforeFalse) / gained;
    const flagged = before + beforeFalse;
    interpolated +=
      flagged === 0
        ? gained / rate
        : gained / rate + ((before - flagged / rate) * Math.log1p((rate * gained) / flagged)) / rate;
  }
  return { step: step / curve.cases, interpolated: interpolated / curve.cases };
}
