import { z } from 'zod';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { CurrentLandmarks } from './landmark-table.ts';
import { chanceOf, contributionsOf, type ScoringModel, scoreLandmarks } from './model/score.ts';
import { predictors } from './predictors.ts';

const finite = z.number().refine(Number.isFinite, 'must be a number');

/** All that a model needs to raise signals, and what shows where it comes from. Only a model that is fit has one. */
const keptModelSchema = z.strictObject({
  fit: z.literal(true),
  /** Of the method that made it. */
  version: z.string(),
  engine: z.string(),
  asOf: z.string(),
  snapshot: z.string(),
  spec: z.record(z.string(), z.unknown()),
  caseWords: z.string(),
  horizonDays: z.number().int(),
  gate: z.strictObject({
    words: z.string(),
    checks: z.array(z.strictObject({ code: z.string(), words: z.string(), found: z.string() })),
  }),
  intercept: finite,
  terms: z.array(z.strictObject({ code: z.string(), mean: finite, coefficient: finite })),
  /** Chance at or above which an offer of support is due. */
  threshold: finite.min(0).max(1),
});
export type KeptModel = z.infer<typeof keptModelSchema>;

/** Reads what was kept; fails with `CORRUPT` where it is of another kind. */
export function parseKeptModel(body: string): Result<KeptModel> {
  const parsed = keptModelSchema.safeParse(JSON.parse(body));
  if (parsed.success) return ok(parsed.data);
  return fail('CORRUPT', 'A kept early-warning model cannot be read.', 'Nothing was changed, and it raises no signal.');
}

/** What a run leaves to be kept; fails with `REFUSED_MODEL` where it is not fit for use, or cannot say whom to offer support. */
export function keptModelOf(
  result: EarlyWarningResult,
  made: Pick<KeptModel, 'version' | 'engine' | 'asOf' | 'snapshot' | 'spec'>,
): Result<KeptModel> {
  const { gate, model, capacity, caseWords, horizonDays } = result;
  const passes = gate.fit && gate.checks.length > 0 && gate.checks.every(({ passed }) => passed === true);
  if (!passes || model === null || capacity.threshold === null) {
    return fail(
      'REFUSED_MODEL',
      `This model is not fit for use, so it cannot be kept. ${gate.words}`,
      'Nothing was kept. The checks say what is missing.',
    );
  }
  return ok({
    fit: true,
    ...made,
    caseWords,
    horizonDays,
    gate: { words: gate.words, checks: gate.checks.map(({ code, words, found }) => ({ code, words, found })) },
    intercept: model.intercept,
    terms: model.terms.map(({ code, mean, coefficient }) => ({ code, mean, coefficient })),
    threshold: capacity.threshold,
  });
}

/** The model on the predictors of this version; null where it knows others. */
function scoringModel({ intercept, terms }: KeptModel): ScoringModel | null {
  const isSame = terms.length === predictors.length && predictors.every(({ code }, at) => terms[at]?.code === code);
  if (!isSame) return null;
  return {
    intercept,
    coefficients: Float64Array.from(terms, ({ coefficient }) => coefficient),
    means: Float64Array.from(terms, ({ mean }) => mean),
  };
}

/** Reasons that a signal names. */
const mostReasons = 3;

export type ForetoldPerson = { readonly person: string; readonly words: string };

/** Whom a kept model would have support offered to, each with what raises their chance most, in words and never a score. */
export function foretold(model: KeptModel, { table }: CurrentLandmarks): ForetoldPerson[] {
  const scoring = scoringModel(model);
  if (!scoring) return [];
  const logits = scoreLandmarks(scoring, table);
  const found: ForetoldPerson[] = [];
  for (let row = 0; row < table.count; row += 1) {
    if (chanceOf(logits[row] ?? Number.NEGATIVE_INFINITY) < model.threshold) continue;
    const reasons = contributionsOf(scoring, table, row, mostReasons).map(({ words }) => words);
    const said = reasons.length === 0 ? 'Several small things together, none of them large' : reasons.join('; ');
    found.push({ person: table.pseudonyms[table.person[row] ?? 0] ?? '', words: `Early warning: ${said}.` });
  }
  return found.sort((a, b) => (a.person < b.person ? -1 : 1));
}
