import { findingsOfReview } from '#main/analysis/evidence/findings-of-review.ts';
import {
  parseReviewSynthesisSpec,
  type ReviewSynthesisSpec,
  type SynthesisFinding,
} from '#main/analysis/evidence/synthesis/spec.ts';
import type { Connection } from '#main/store/connection.ts';
import { newestDocuments } from '#main/store/evidence-records.ts';
import { reviewOutcomeSchema } from '#shared/domain/evidence/outcome.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

type Given = Readonly<Record<string, unknown>>;
type AskedSynthesis = { readonly spec: ReviewSynthesisSpec; readonly findings: readonly SynthesisFinding[] };

/** A synthesis of findings that are given, or of an outcome of a review: how that is put together is what the spec does not say. */
export function synthesisOf(given: Given, connection: Connection): Result<AskedSynthesis> {
  const { review } = given;
  if (typeof review !== 'string') {
    const plain = parseReviewSynthesisSpec(given);
    return plain.ok ? ok({ spec: plain.value, findings: plain.value.findings ?? [] }) : plain;
  }
  const documents = newestDocuments(connection, review);
  if (documents.length === 0) {
    return fail(
      'NOT_FOUND',
      `There are no studies in a review “${review}”.`,
      'Nothing was run. Choose one that has some.',
    );
  }
  const held = documents.find(({ kind, item }) => kind === 'outcome' && item === given['outcome']);
  const parsed = parseReviewSynthesisSpec({ ...optionsOf(held?.body), ...given });
  if (!parsed.ok) return parsed;
  return ok({ spec: parsed.value, findings: findingsOfReview(documents, parsed.value.outcome ?? '') });
}

function optionsOf(body: string | undefined): Given {
  if (body === undefined) return {};
  const { title: _title, importance: _importance, ...options } = reviewOutcomeSchema.parse(JSON.parse(body));
  return options;
}
