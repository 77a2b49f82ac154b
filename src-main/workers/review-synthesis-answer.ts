import { chooseFindings } from '#main/analysis/evidence/synthesis/choose-findings.ts';
import { reviewSynthesisScript } from '#main/analysis/evidence/synthesis/r-script.ts';
import { readReviewSynthesis, reviewSynthesisWarnings } from '#main/analysis/evidence/synthesis/reading.ts';
import { reviewSynthesis } from '#main/analysis/evidence/synthesis/review-synthesis.ts';
import type { ReviewSynthesisSpec, SynthesisFinding } from '#main/analysis/evidence/synthesis/spec.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';

export type SynthesisQuestion = {
  readonly spec: ReviewSynthesisSpec;
  /** Of the review, or as the spec gives them. */
  readonly findings: readonly SynthesisFinding[];
};

/** An answer of no day: it reads no extract. */
export function reviewSynthesisAnswer({ spec, findings }: SynthesisQuestion): AnalysisAnswer {
  const result = reviewSynthesis(findings, spec);
  return {
    asOf: '',
    result,
    reading: readReviewSynthesis(result),
    warnings: reviewSynthesisWarnings(result),
    coverage: null,
    r: reviewSynthesisScript(result, chooseFindings(findings, spec).pooled, spec),
  };
}
