import { randomStream } from '#shared/domain/random.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { DataTable } from '../../data/table.ts';
import { fitMediation } from '../../mediation/fit-mediation.ts';
import { monteCarloEffects } from '../../mediation/monte-carlo.ts';
import { readMediation } from '../../mediation/read-mediation.ts';
import { jackknifeEffects, type ResampledEffects, resampleEffects } from '../../mediation/resample-mediation.ts';
import {
  type GivenResamples,
  givenResamples,
  type RowResamples,
  seededResamples,
} from '../../resampling/row-resamples.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { effectRows, equationRows, pathRows } from './rows.ts';
import { mediationScript } from './script.ts';
import { type MediationFound, type MediationSpec, mediationSchema } from './spec.ts';

/** Serial mediators make 2ᵏ − 1 specific effects. */
const mostSerial = 8;

function run(table: DataTable, spec: MediationSpec, context: RunContext): Outcome {
  mustDiffer(spec);
  const read = readMediation(table, spec);
  const { data, rows } = read;
  const fit = fitMediation(data, spec.structure);
  const warnings = [...read.warnings];
  const given = context.attachments['resamples'];
  const resamples = given ? givenResamples(given, rows, table.rows) : null;
  const source = resamples ?? (spec.method === 'bootstrap' ? drawn(spec, rows.length) : null);
  const resampled = source ? resampleEffects(data, fit.diagram, source) : null;
  if (source && resampled) warnings.push(...bootstrapWarnings(source, resampled));
  const found: MediationFound = {
    fit,
    confidence: spec.confidence,
    method: spec.method,
    interval: spec.interval,
    resampled,
    jackknife: resampled && spec.interval === 'bca' ? jackknifeEffects(data, fit.diagram) : null,
    drawn:
      spec.method === 'monte-carlo'
        ? monteCarloEffects(fit, spec.samples, randomStream(spec.seed, 'mediation-monte-carlo'))
        : null,
  };
  const names = [spec.x, ...spec.m, spec.y];
  const seeded = spec.method !== 'delta' && !(spec.method === 'bootstrap' && resamples);
  return {
    n: rows.length,
    excluded: table.rows - rows.length,
    structure: spec.structure,
    method: spec.method,
    ...(read.contrast ? { contrast: read.contrast } : {}),
    ...(spec.method === 'bootstrap' ? { interval: spec.interval } : {}),
    ...(seeded ? { samples: spec.samples, seed: spec.seed } : {}),
    paths: pathRows(found, names),
    ...effectRows(found, names, warnings),
    equations: equationRows(fit, names, read.covariateNames, spec.confidence),
    warnings,
    r: script(table, spec, context, read.contrast, read.covariateNames, resamples),
  };
}

function drawn(spec: MediationSpec, n: number): RowResamples {
  return seededResamples(n, spec.samples, spec.seed, 'mediation-bootstrap');
}

function mustDiffer({ x, m, y, covariates, structure }: MediationSpec): void {
  const all = [x, ...m, y, ...covariates];
  const twice = all.find((name, place) => all.indexOf(name) !== place);
  if (twice !== undefined) {
    throw new ExpectedError(
      'BAD_SPEC',
      `“${twice}” is named twice.`,
      'Nothing was computed. Give each column one part.',
    );
  }
  if (structure === 'serial' && m.length > mostSerial) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `${m.length} serial mediators make ${2 ** m.length - 1} indirect effects; at most ${mostSerial} mediators are taken.`,
      'Nothing was computed. Use fewer mediators, or the parallel structure.',
    );
  }
}

function bootstrapWarnings(source: RowResamples, { failed, count }: ResampledEffects): string[] {
  if (count < 20) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `Only ${count} of ${source.count} resamples have an estimate, too few for limits.`,
      'Nothing was computed. Give at least 20 resamples; where a variable hardly varies, use the delta method.',
    );
  }
  return failed === 0
    ? []
    : [
        `${failed} of ${source.count} resamples have no estimate, because a variable did not vary in them or repeated others; they were left out.`,
      ];
}

function script(
  table: DataTable,
  spec: MediationSpec,
  context: RunContext,
  contrast: { readonly level: string } | null,
  covariateNames: readonly string[],
  resamples: GivenResamples | null,
): string {
  const file = context.attachmentNames['resamples'];
  return mediationScript({
    table,
    dataName: context.dataName,
    spec,
    level: contrast?.level ?? null,
    covariateNames,
    resamples: resamples && file !== undefined ? { file, layout: resamples.layout } : null,
  });
}

export const mediation: Procedure<MediationSpec> = {
  name: 'mediation',
  summary: 'How much of an effect of x on y passes through one or more mediators, in parallel or in series.',
  schema: mediationSchema,
  columns: ({ x, m, y, covariates }) => [x, ...m, y, ...covariates],
  files: ({ resamples }): Record<string, string> => (resamples === undefined ? {} : { resamples }),
  run,
  example: {
    question: 'Does support act on strain through sleep?',
    data: 'support,sleep,strain\n2,5.1,14\n3,6.0,13\n5,6.2,11\n1,5.0,16\n4,6.9,12\n6,6.8,9\n7,7.9,8\n3,5.4,12\n5,7.1,12\n6,7.4,7\n2,5.8,15\n4,6.1,10\n',
    spec: { x: 'support', m: ['sleep'], y: 'strain', method: 'delta' },
  },
};
