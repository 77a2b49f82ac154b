import { normalQuantile } from '#main/stats/distributions/normal.ts';
import type { ReviewRow, SynthesisRow } from '#shared/domain/evidence/synthesis.ts';
import { toRead, workedEffect } from './effect.ts';
import type { ReviewSynthesisSpec, SynthesisFinding } from './spec.ts';

/** A row of the synthesis beside the finding that it comes from. */
export type ChosenFinding = { readonly finding: SynthesisFinding; readonly row: SynthesisRow };

export type ChosenFindings = {
  readonly pooled: readonly ChosenFinding[];
  /** Results of other reviews. */
  readonly reviews: readonly ReviewRow[];
  readonly narrated: readonly SynthesisFinding[];
  readonly leftOut: readonly { readonly study: string; readonly finding: string; readonly why: string }[];
};

/** Sorts findings into those that are pooled, those of other reviews, those in words only, and those that cannot be used. */
export function chooseFindings(findings: readonly SynthesisFinding[], spec: ReviewSynthesisSpec): ChosenFindings {
  const leftOut: { study: string; finding: string; why: string }[] = [];
  const reviews: ReviewRow[] = [];
  const narrated: SynthesisFinding[] = [];
  const usable: ChosenFinding[] = [];
  for (const finding of findings) {
    const drop = (why: string): void => void leftOut.push({ study: finding.study, finding: finding.finding, why });
    const isReview = finding.design === 'review';
    if (!isReview && spec.designs !== null && !spec.designs.includes(finding.design as never)) {
      drop('is of a design that this synthesis leaves out');
    } else if (finding.reported.of === 'direction') {
      narrated.push(finding);
    } else {
      const row = rowOf(finding, spec);
      if ('why' in row) drop(row.why);
      else if (isReview) reviews.push(reviewRow(row));
      else usable.push({ finding, row });
    }
  }
  const preferred = preferAdjusted(usable, (finding) =>
    leftOut.push({ ...finding, why: 'is not adjusted, and the same study has it adjusted' }),
  );
  const pooled = ofOneTime(preferred, spec.perStudy, (finding) =>
    leftOut.push({ ...finding, why: `is not the ${spec.perStudy} follow-up of its study` }),
  );
  return { pooled, reviews, narrated, leftOut };
}

function reviewRow({ study, title, finding, n, from, estimate, low, high }: SynthesisRow): ReviewRow {
  return { study, title, finding, n, from, estimate, low, high };
}

function rowOf(finding: SynthesisFinding, spec: ReviewSynthesisSpec): SynthesisRow | { readonly why: string } {
  const { measure, better, subgroup, confidence } = spec;
  const isMirrored = finding.better !== null && finding.better !== better;
  const effect = workedEffect(finding.reported, { measure, isMirrored });
  if ('why' in effect) return effect;
  const { yi, vi, n, from, printed } = effect;
  const read = toRead(measure);
  const width = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(vi);
  return {
    ...{ study: finding.study, title: finding.title ?? finding.study, finding: finding.finding },
    ...{ group: subgroup === null ? null : groupOf(finding, subgroup), design: finding.design, bias: finding.bias },
    ...{ isOwnPilot: finding.isOwnPilot, weeks: finding.weeks, n, yi, se: Math.sqrt(vi) },
    ...{ estimate: read(yi), weight: null },
    ...(printed?.confidence === confidence
      ? { low: printed.low, high: printed.high }
      : { low: read(yi - width), high: read(yi + width) }),
    from: isMirrored ? `${from}, turned round` : from,
  };
}

function groupOf({ design, studied, groups }: SynthesisFinding, by: string): string | null {
  if (by === 'design') return design;
  if (by === 'studied') return studied;
  return groups[by] ?? null;
}

type Dropped = { readonly study: string; readonly finding: string };

function preferAdjusted(chosen: readonly ChosenFinding[], drop: (dropped: Dropped) => void): ChosenFinding[] {
  const placeOf = ({ study, measuredBy, weeks, arm, comparison }: SynthesisFinding): string =>
    JSON.stringify([study, measuredBy, weeks, arm, comparison]);
  const adjusted = new Set(chosen.filter(({ finding }) => finding.adjusted).map(({ finding }) => placeOf(finding)));
  return chosen.filter(({ finding }) => {
    const isKept = finding.adjusted || !adjusted.has(placeOf(finding));
    if (!isKept) drop({ study: finding.study, finding: finding.finding });
    return isKept;
  });
}

function ofOneTime(
  chosen: readonly ChosenFinding[],
  perStudy: ReviewSynthesisSpec['perStudy'],
  drop: (dropped: Dropped) => void,
): readonly ChosenFinding[] {
  if (perStudy === 'all') return chosen;
  const wanted = new Map<string, number>();
  const timeOf = ({ weeks }: SynthesisFinding): number => weeks ?? 0;
  for (const { finding } of chosen) {
    const held = wanted.get(finding.study) ?? timeOf(finding);
    const time = timeOf(finding);
    wanted.set(finding.study, perStudy === 'longest' ? Math.max(held, time) : Math.min(held, time));
  }
  return chosen.filter(({ finding }) => {
    const isKept = timeOf(finding) === wanted.get(finding.study);
    if (!isKept) drop({ study: finding.study, finding: finding.finding });
    return isKept;
  });
}
