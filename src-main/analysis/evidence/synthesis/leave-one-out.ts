import type { LeftOutStudy, Pooled, SynthesisRow } from '#shared/domain/evidence/synthesis.ts';
import { noDifferenceOf } from '#shared/domain/evidence/synthesis.ts';
import type { ChosenFinding } from './choose-findings.ts';
import { toRead } from './effect.ts';
import { type MetaFound, meanAlone, metaOn } from './meta-run.ts';
import { studiesIn } from './pool.ts';
import type { ReviewSynthesisSpec } from './spec.ts';

/** Every study out in turn takes time with the square of their number. */
const mostStudies = 200;

/** Cook's distance beyond which the estimate moves out of the middle half of its own distribution: χ²(1) at ½. */
const farMoved = 0.454936423119572;
const farOut = 1.959963984540054;

/** The mean without each study in turn, all its findings at once, and whether the finding hangs on it. */
export function withoutEachStudy(
  chosen: readonly ChosenFinding[],
  pooled: Pooled,
  found: MetaFound,
  spec: ReviewSynthesisSpec,
): LeftOutStudy[] {
  const rows = chosen.map(({ row }) => row);
  const studies = [...new Set(rows.map(({ study }) => study))];
  if (studies.length < 3 || studies.length > mostStudies) return [];
  const single = rows.length === studies.length;
  return studies.map((study, at) => {
    const own = single ? found.leaveOneOut[at] : undefined;
    const rest = own ?? restOf(rows, study, spec);
    const read = toRead(spec.measure);
    const of = (value: number | null): number | null => (value === null ? null : read(value));
    const interval = { estimate: read(rest.estimate ?? Number.NaN), low: of(rest.low), high: of(rest.high) };
    const words = influenceWords(spec, pooled, interval, own?.rstudent ?? null, own?.cook ?? null);
    return { study, ...interval, i2: rest.i2, isInfluential: words !== null, words };
  });
}

function restOf(
  rows: readonly SynthesisRow[],
  study: string,
  spec: ReviewSynthesisSpec,
): Pick<MetaFound, 'estimate' | 'low' | 'high' | 'i2'> {
  const rest = rows.filter((row) => row.study !== study);
  const isFixed = spec.model === 'fixed';
  const test = isFixed || studiesIn(rest) < 2 ? 'z' : spec.test;
  return metaOn(rest, spec, { method: isFixed ? 'FE' : 'REML', test, moderators: meanAlone });
}

type Limits = { readonly low: number | null; readonly high: number | null };

function influenceWords(
  { measure }: ReviewSynthesisSpec,
  whole: Limits,
  rest: Limits,
  rstudent: number | null,
  cook: number | null,
): string | null {
  const none = noDifferenceOf(measure);
  if (none !== null && holds(whole, none) !== holds(rest, none)) {
    return holds(rest, none)
      ? 'Without it the interval holds no difference.'
      : 'Without it the interval holds no difference no longer.';
  }
  if (rstudent !== null && Math.abs(rstudent) > farOut) return 'It lies far from the others.';
  return cook !== null && cook > farMoved ? 'It moves the estimate by much.' : null;
}

/** Whether an interval holds a value; one that is not known holds everything. */
export function holds({ low, high }: Limits, value: number): boolean {
  return low === null || high === null || (low <= value && value <= high);
}
