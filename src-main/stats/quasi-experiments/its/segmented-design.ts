import { ExpectedError } from '#shared/domain/result.ts';
import type { Design } from '../../formula/design.ts';
import { columnOf, type Matrix, matrixOf } from '../../linear-algebra/matrix.ts';
import type { TimeAxis } from './time-axis.ts';

export type Seasonality = { readonly period: number; readonly harmonics: number };

/** The design of a segmented regression. */
export type SegmentedDesign = {
  readonly matrix: Matrix;
  readonly names: readonly string[];
};

/** Places of the two columns that are the intervention. */
export const levelPlace = 2;
export const afterPlace = 3;

/**
 * Columns of a segmented regression (Wagner and others 2002, J Clin Pharm Ther 27:299; Bernal and others 2017, Int J Epidemiol
 * 46:348): intercept; time t; level, 1 from the start; after = t − start + 1 from the start; pairs sin(2πkt/period),
 * cos(2πkt/period); then the columns of other terms. The sine of the highest harmonic of an even period is 0 at every whole time,
 * so it is left out.
 * @param other design of further terms over the same rows in the order of time, its intercept not used
 */
export function segmentedDesign(
  axis: TimeAxis,
  seasonality: Seasonality | null,
  other: Design | null,
): SegmentedDesign {
  const n = axis.t.length;
  const columns: { readonly name: string; readonly values: Float64Array }[] = [
    { name: '(Intercept)', values: new Float64Array(n).fill(1) },
    { name: 'time', values: axis.t },
    { name: 'level', values: axis.t.map((t) => (t >= axis.start ? 1 : 0)) },
    { name: 'after', values: axis.t.map((t) => (t >= axis.start ? t - axis.start + 1 : 0)) },
  ];
  for (let k = 1; k <= (seasonality?.harmonics ?? 0); k += 1) {
    const period = seasonality?.period as number;
    const turn = (2 * Math.PI * k) / period;
    if (2 * k !== period) columns.push({ name: `sin${k}`, values: axis.t.map((t) => Math.sin(turn * t)) });
    columns.push({ name: `cos${k}`, values: axis.t.map((t) => Math.cos(turn * t)) });
  }
  other?.names.forEach((name, place) => {
    if (other.assign[place] !== 0) columns.push({ name, values: columnOf(other.matrix, place) });
  });
  const matrix = matrixOf(n, columns.length);
  columns.forEach(({ values }, place) => {
    columnOf(matrix, place).set(values);
  });
  return { matrix, names: columns.map(({ name }) => name) };
}

/** @throws ExpectedError REFUSED_MODEL where trend, level and slope cannot be told apart */
export function refuseUnidentified(axis: TimeAxis, design: SegmentedDesign, estimable: readonly number[]): void {
  const after = axis.t.reduce((count, t) => count + (t >= axis.start ? 1 : 0), 0);
  const before = axis.t.length - after;
  if (before < 2 || after < 2) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `There ${before === 1 ? 'is 1 point' : `are ${before} points`} before the start and ${after} from it on; a level and a slope need at least 2 on each side.`,
      'Nothing was computed. Use a longer series.',
    );
  }
  const lost = [1, levelPlace, afterPlace].filter((place) => !estimable.includes(place));
  if (lost.length > 0) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `${lost.map((place) => `“${design.names[place]}”`).join(' and ')} cannot be told apart from the other terms.`,
      'Nothing was computed. Leave out a term that changes at the start, or use a longer series or fewer harmonics.',
    );
  }
}
