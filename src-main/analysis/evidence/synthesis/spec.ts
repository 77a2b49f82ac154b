import { z } from 'zod';
import { reportedSchema } from '#shared/domain/evidence/numbers.ts';
import { synthesisOptions } from '#shared/domain/evidence/outcome.ts';
import { evidenceCodeSchema, studiedPeople, studyDesigns } from '#shared/domain/evidence/study.ts';
import { isRatioMeasure } from '#shared/domain/evidence/synthesis.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { parseSpec, specHint } from '../../parse-spec.ts';

const text = z.string().trim().max(200);

const givenFindingSchema = z.strictObject({
  study: evidenceCodeSchema,
  /** The study’s code where it is not given. */
  title: text.nullable().default(null),
  finding: text.default(''),
  design: z.enum(studyDesigns).default('randomised'),
  studied: z.enum(studiedPeople).default('police'),
  bias: z.enum(['low', 'some', 'high']).nullable().default(null),
  isOwnPilot: z.boolean().default(false),
  groups: z.record(text, text).default({}),
  measuredBy: text.default(''),
  better: z.enum(['low', 'high']).nullable().default(null),
  weeks: z.number().min(0).max(5_200).nullable().default(null),
  adjusted: z.boolean().default(false),
  arm: text.default(''),
  comparison: text.default(''),
  reported: reportedSchema,
});

/** A finding as it goes into a synthesis, with what is known of its study. `better` null is as the outcome has it. */
export type SynthesisFinding = z.output<typeof givenFindingSchema>;

const schema = z.strictObject({
  /** Findings of a review in the vault, of one of its outcomes; or `findings` as they are. */
  review: text.min(1).nullable().default(null),
  outcome: evidenceCodeSchema.nullable().default(null),
  findings: z.array(givenFindingSchema).max(2_000).nullable().default(null),
  ...synthesisOptions,
});

/** The spec of `review-synthesis` with every default filled in. */
export type ReviewSynthesisSpec = z.output<typeof schema>;

function problemOf({ review, outcome, findings, measure, importantDifference }: ReviewSynthesisSpec): string | null {
  if ((review === null) === (findings === null)) return 'give either "review" or "findings"';
  if (review !== null && outcome === null) return 'a "review" needs the "outcome" that is put together';
  if (importantDifference !== null && isRatioMeasure(measure) && importantDifference <= 1) {
    return 'the "importantDifference" of a ratio is a factor above 1, such as 1.25';
  }
  return null;
}

/** Fails with `BAD_SPEC`, naming the field or what does not go together. */
export function parseReviewSynthesisSpec(given: unknown): Result<ReviewSynthesisSpec> {
  const parsed = parseSpec(schema, given, 'review-synthesis');
  if (!parsed.ok) return parsed;
  const problem = problemOf(parsed.value);
  return problem === null
    ? ok(parsed.value)
    : fail('BAD_SPEC', `The spec of review-synthesis cannot be used: ${problem}.`, specHint);
}
