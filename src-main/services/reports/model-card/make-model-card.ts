import type { EarlyWarningSpec } from '#main/analysis/early-warning/spec.ts';
import type { ModelCardSpec } from '#shared/contract/report-specs/model-card.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { defaultMarking } from '#shared/report/document.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { keptModelNamed, modelHistory } from '../../early-warning/index.ts';
import type { ReleaseBody } from '../judge-counts.ts';
import type { MadeReport } from '../made-report.ts';
import { rolesThen } from '../roles-then.ts';
import { countsPrinted } from './counts-printed.ts';
import { judgeParts } from './judge-parts.ts';
import type { CardOfModel, FilledModelCardSpec, ModelCardFacts } from './model-card-facts.ts';
import { modelCardReport } from './model-card-report.ts';
import { withoutParts } from './without-parts.ts';

type Subject = {
  readonly run: Readonly<Record<string, unknown>>;
  readonly kept: Omit<CardOfModel, 'isSameData'> | null;
};

function subjectOf(context: VaultContext, { run, model }: ModelCardSpec): Result<Subject> {
  if ((run === undefined) === (model === undefined)) {
    return fail(
      'BAD_SPEC',
      'A model card is of a run, by its options in “run”, or of a kept model, by its number in “model”.',
      'Nothing was written. Name one of the two.',
    );
  }
  if (model === undefined) return ok({ run: { ...run, rows: false }, kept: null });
  const named = keptModelNamed(context.vault.store.connection, model);
  if (!named.ok) return named;
  const { record, model: kept } = named.value;
  return ok({
    run: { ...kept.spec, rows: false },
    kept: { id: model, hash: record.bodyHash, keptAt: record.keptAt, model: kept },
  });
}

/** The card of an early warning: what it is for and not for, how it was tested, whether it is fair, and who decided what about it. */
export async function makeModelCard(
  context: VaultContext,
  given: ModelCardSpec,
  earlier: readonly ReleaseBody[],
): Promise<Result<MadeReport>> {
  const subject = subjectOf(context, given);
  if (!subject.ok) return subject;
  const answer = await runAnalysis(context, 'early-warning', subject.value.run);
  if (!answer.ok) return answer;
  const analysis = answer.value;
  const result = analysis.result as unknown as EarlyWarningResult;
  const { rows: _, ...filledRun } = analysis.spec;
  const { kept } = subject.value;
  const { connection } = context.vault.store;
  const { models, decisions, entries } = modelHistory(connection, given.history ?? null);
  const spec: FilledModelCardSpec = {
    template: given.template,
    ...(kept === null ? { run: filledRun } : { model: kept.id }),
    history: { models, decisions },
    title: given.title ?? 'Early warning: model card',
    marking: given.marking ?? defaultMarking,
    version: given.version ?? '1.0',
  };
  const roles = rolesThen(connection);
  const facts: Omit<ModelCardFacts, 'withheld'> = {
    spec,
    analysis,
    run: analysis.spec as unknown as EarlyWarningSpec,
    result,
    kept: kept && { ...kept, isSameData: kept.model.snapshot === analysis.provenance.snapshot },
    history: entries.map(({ user, ...entry }) => ({ ...entry, by: roles(user, entry.at) })),
    synthetic: context.vault.synthetic,
  };
  return judged(context, facts, earlier);
}

/** With its counts in one system with those that are out, and without those that cannot stand beside them. */
async function judged(
  context: VaultContext,
  facts: Omit<ModelCardFacts, 'withheld'>,
  earlier: readonly ReleaseBody[],
): Promise<Result<MadeReport>> {
  const { spec, analysis, run, result } = facts;
  const told = countsPrinted(result, run);
  const { released, withheld } = await judgeParts(told, earlier, context.signal);
  const first = result.waves[0]?.from ?? run.asOf;
  const counts = told.filter(({ count, part }) => count !== null && !withheld.includes(part)).length;
  return ok({
    spec,
    period: { from: first < run.asOf ? first : run.asOf, to: run.asOf },
    document: modelCardReport(withoutParts({ ...facts, withheld })),
    release: {
      body: { workforce: { cells: [], sums: [], threshold: 5 }, clinical: released },
      counts: told.length,
      withheld: told.length - counts,
    },
    analyses: [analysis],
  });
}
