import { ExpectedError } from '#shared/domain/result.ts';
import type { DataTable } from '../../data/table.ts';
import { type ActorPartnerFit, fitActorPartner } from '../../dyads/actor-partner-model.ts';
import { impliedMoments } from '../../dyads/actor-partner-structure.ts';
import { readActorPartner } from '../../dyads/read-actor-partner.ts';
import { at } from '../../linear-algebra/matrix.ts';
import { type GivenResamples, givenResamples, seededResamples } from '../../resampling/row-resamples.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { ratioRows } from './ratios.ts';
import { estimateRows, pathCovariance, testRows } from './rows.ts';
import { apimScript } from './script.ts';
import { type ApimLabels, type ApimSpec, apimSchema } from './spec.ts';

const fewCouples = 100;
const defaultSamples = 5_000;

function run(table: DataTable, spec: ApimSpec, context: RunContext): Outcome {
  mustDiffer(spec);
  const { data, rows, covariateNames, warnings: found } = readActorPartner(table, spec);
  const warnings = [...found];
  const fit = fitActorPartner(data, spec.missing);
  mustBeIdentified(fit, [spec.x1, spec.x2, ...covariateNames, spec.y1, spec.y2]);
  if (fit.couples < fewCouples) {
    warnings.push(
      `There are ${fit.couples} couples. Standard errors and tests here hold for many; with fewer than ${fewCouples} they are somewhat too sure.`,
    );
  }
  const labels: ApimLabels = { roles: spec.names ?? ['1', '2'], covariates: covariateNames };
  const given = context.attachments['resamples'];
  const listed = given ? givenResamples(given, rows, table.rows) : null;
  const drawn = !listed && (spec.samples !== undefined || spec.seed !== undefined);
  const samples = spec.samples ?? defaultSamples;
  const seed = spec.seed ?? 1;
  const resamples = listed ?? (drawn ? seededResamples(rows.length, samples, seed, 'apim-bootstrap') : null);
  const k = ratioRows(fit, data, spec, labels, resamples, warnings);
  const { tests, models } = testRows(fit, labels, spec.confidence, warnings);
  return {
    n: rows.length,
    excluded: table.rows - rows.length,
    complete: fit.complete,
    ...(spec.names ? { names: spec.names } : {}),
    missing: spec.missing,
    ...estimateRows(fit, fit.layout, labels, spec.confidence),
    pathCovariance: pathCovariance(fit, labels.roles),
    rSquared: explained(fit),
    tests,
    k,
    ...(drawn ? { samples, seed } : {}),
    models,
    fit: {
      logLik: fit.logLik,
      parameters: fit.parameters,
      aic: 2 * fit.parameters - 2 * fit.logLik,
      bic: Math.log(rows.length) * fit.parameters - 2 * fit.logLik,
    },
    warnings,
    r: script(table, spec, context, fit, labels, listed, k),
  };
}

function mustDiffer({ x1, x2, y1, y2, covariates, names }: ApimSpec): void {
  const all = [x1, x2, y1, y2, ...covariates];
  const twice = all.find((name, place) => all.indexOf(name) !== place);
  if (twice !== undefined) {
    throw new ExpectedError(
      'BAD_SPEC',
      `“${twice}” is named twice.`,
      'Nothing was computed. Give each column one part.',
    );
  }
  if (names && names[0] === names[1]) {
    throw new ExpectedError(
      'BAD_SPEC',
      `Both roles are called “${names[0]}”.`,
      'Nothing was computed. Give them two names.',
    );
  }
}

function mustBeIdentified(fit: ActorPartnerFit, names: readonly string[]): void {
  if (fit.redundant !== null) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${names[fit.redundant]}” is determined by the columns before it (${names.slice(0, fit.redundant).join(', ')}), so their effects cannot be told apart.`,
      'Nothing was computed. Leave one of them out, or use more couples.',
      { column: names[fit.redundant] ?? '' },
    );
  }
  if (!fit.converged || !fit.covariance) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'The likelihood of these incomplete couples has no clear maximum: too little is seen together.',
      'Nothing was computed. Use complete couples (missing: omit), or fewer covariates.',
    );
  }
}

/** Share of each outcome's variance that the predictors explain. */
function explained({ layout, theta }: ActorPartnerFit): number[] {
  const { covariance } = impliedMoments(layout, theta);
  return [0, 1].map((j) => {
    const place = layout.predictors + j;
    return 1 - (theta[layout.residual(j, j)] as number) / at(covariance, place, place);
  });
}

function script(
  table: DataTable,
  spec: ApimSpec,
  context: RunContext,
  fit: ActorPartnerFit,
  labels: ApimLabels,
  listed: GivenResamples | null,
  k: readonly Readonly<Record<string, unknown>>[],
): string {
  const file = context.attachmentNames['resamples'];
  return apimScript({
    table,
    dataName: context.dataName,
    spec,
    labels,
    layout: fit.layout,
    told: k.map(({ estimate }) => estimate !== null),
    resamples: listed && file !== undefined ? { file, layout: listed.layout } : null,
  });
}

export const apim: Procedure<ApimSpec> = {
  name: 'apim',
  summary:
    'How each partner’s own predictor (actor) and the other’s (partner) go with each partner’s outcome, in couples.',
  schema: apimSchema,
  columns: ({ x1, x2, y1, y2, covariates }) => [x1, x2, y1, y2, ...covariates],
  files: ({ resamples }): Record<string, string> => (resamples === undefined ? {} : { resamples }),
  run,
  example: {
    question: 'Does the strain of one partner go with the distress of the other?',
    data: 'strainA,strainB,distressA,distressB\n3,2,5,4\n5,4,8,6\n2,3,4,5\n6,1,9,5\n4,4,6,7\n1,2,3,3\n7,5,9,9\n3,6,6,8\n5,3,7,6\n2,1,4,2\n4,6,8,9\n6,3,8,7\n',
    spec: { x1: 'strainA', x2: 'strainB', y1: 'distressA', y2: 'distressB', names: ['officer', 'partner'] },
  },
};
