import { ExpectedError } from '#shared/domain/result.ts';
import type { Column, DataTable } from '../../data/table.ts';
import { normalQuantile } from '../../distributions/normal.ts';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import { type ModelFrame, modelFrame } from '../../formula/model-frame.ts';
import { formulaError } from '../../formula/parse.ts';
import { type SurvivalResponse, survivalResponse } from '../../formula/survival-response.ts';
import { aalenJohansen, type CauseTable, causeTable, eventsOfCause } from '../../survival/aalen-johansen.ts';
import { grayTest } from '../../survival/gray-test.ts';
import { type Grouping, groupingOf, rowsByGroup } from '../../survival/grouping.ts';
import { jackknifeErrors } from '../../survival/incidence-jackknife.ts';
import { lastAtMost } from '../../survival/near-times.ts';
import { logLogLimits } from '../../survival/survival-limits.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { orNull } from '../shared/or-null.ts';
import { fineGrayTerms } from './fine-gray-terms.ts';
import { competingRisksScript } from './script.ts';
import { type CompetingRisksRoles, type CompetingRisksSpec, competingRisksSchema } from './spec.ts';

const mostPoints = 200_000;
const mostTested = 50;
const mostNumericGroups = 10;

function run(table: DataTable, spec: CompetingRisksSpec, context: RunContext): Outcome {
  const formula = parseFormula(spec.formula);
  refuseUnusable(spec.formula, formula);
  const frame = modelFrame(table, formula, { factors: spec.factors });
  const response = survivalResponse(frame, false);
  const roles = rolesOf(frame, response, spec);
  const groups = groupingOf(
    roles.grouping.map((variable) => frame.variables[variable] as Column),
    frame.n,
    true,
  );
  const warnings: string[] = [];
  const curves = curvesOf(response, groups, roles, spec, warnings);
  const tests = testsOf(frame, response, groups, roles, spec, warnings);
  return {
    n: frame.n,
    excluded: frame.excluded,
    curves,
    test: tests?.find(({ cause }) => cause === roles.cause) ?? null,
    ...(tests && tests.length > 1 ? { tests } : {}),
    ...(roles.regression ? fineGrayTerms(frame, response, roles.cause, spec.confidence, warnings) : {}),
    warnings: [...new Set(warnings)],
    r: competingRisksScript(frame, response, roles, spec, context),
  };
}

function refuseUnusable(text: string, formula: ModelFrame['formula']): void {
  const [offset] = formula.offsets;
  if (offset) throw formulaError(text, offset.at, 'competing-risks takes no offset()');
  if (formula.cluster) throw formulaError(text, formula.cluster.at, 'competing-risks takes no cluster()');
  const [random] = formula.random;
  if (random) throw formulaError(text, random.at, 'competing-risks takes no random terms');
}

function rolesOf(frame: ModelFrame, response: SurvivalResponse, spec: CompetingRisksSpec): CompetingRisksRoles {
  const causes = [...new Set(response.status)].filter((code) => code !== 0).sort((a, b) => a - b);
  const cause = spec.cause ?? causes[0];
  if (cause === undefined || !causes.includes(cause)) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      cause === undefined ? 'Nobody had an event of any cause.' : `Nobody had an event of cause ${cause}.`,
      `Nothing was computed. ${causes.length === 0 ? 'Look at the event column.' : `The causes in the data are ${causes.join(', ')}.`}`,
    );
  }
  const { variables, formula } = frame;
  const grouping = variables.flatMap((column, place) =>
    column.kind === 'categorical' || (variables.length === 1 && makesGroups(column.values)) ? [place] : [],
  );
  const numeric = variables.some((column) => column.kind === 'numeric');
  const interaction = formula.terms.some((term) => term.length > 1);
  const regression = spec.regression ?? (numeric || interaction || variables.length > 1);
  if (regression && variables.length === 0) {
    throw new ExpectedError(
      'BAD_SPEC',
      'A regression needs a covariate on the right of ~.',
      'Nothing was computed. Name one, or leave “regression” out.',
    );
  }
  if (regression && formula.strata.length > 0) {
    throw new ExpectedError(
      'BAD_SPEC',
      'strata() serves Gray’s test; the Fine–Gray regression has no strata.',
      'Nothing was computed. Set “regression” to false, or name the strata as covariates.',
    );
  }
  return { causes: spec.cause === undefined ? causes : [cause], cause, grouping, regression };
}

/** A numeric column with few whole values, such as a 0/1 treatment. */
function makesGroups(values: Float64Array): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    if (!Number.isInteger(value)) return false;
    seen.add(value);
    if (seen.size > mostNumericGroups) return false;
  }
  return true;
}

function curvesOf(
  { time, entry, status }: SurvivalResponse,
  groups: Grouping,
  roles: CompetingRisksRoles,
  spec: CompetingRisksSpec,
  warnings: string[],
) {
  const quantile = normalQuantile(1 - (1 - spec.confidence) / 2);
  const samples = rowsByGroup(groups).map((rows) => {
    const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] as number);
    const own = { time: pick(time), entry: entry ? pick(entry) : null, cause: pick(status) };
    return { ...own, table: causeTable(own, own.cause) };
  });
  const points = samples.reduce((sum, { table }) => sum + table.time.length, 0) * roles.causes.length;
  const step = spec.times ? 1 : Math.ceil(points / mostPoints);
  if (step > 1) {
    warnings.push(`The curves have too many points to show; one in ${step} is. Give “times” for times of your own.`);
  }
  let undefinedLimits = false;
  const curves = roles.causes.flatMap((cause) =>
    samples.map((sample, code) => {
      const group = groups.names[code] as string;
      const ofCause = eventsOfCause(sample.table, sample.time, sample.cause, cause);
      const found = aalenJohansen(sample.table, ofCause);
      const events = ofCause.reduce((a, b) => a + b, 0);
      const list = pointsOf(sample.table, found, spec.times ?? eventTimes(sample.table, step), quantile);
      const errors = spec.times ? jackknifeErrors(sample.table, ofCause, sample, cause, spec.times) : [];
      if (list.some((point) => point.incidence !== null && point.low === null)) undefinedLimits = true;
      const unknown = list.filter((point) => point.incidence === null).map((point) => point.time);
      const where = groups.names.length > 1 ? ` in “${group}”` : '';
      if (unknown.length > 0) {
        warnings.push(
          `Nobody was observed as long as ${unknown.join(', ')}${where}: the incidence is not known there.`,
        );
      }
      if (events === 0) warnings.push(`Nobody had an event of cause ${cause}${where}.`);
      return {
        group,
        cause,
        n: sample.time.length,
        events,
        points: list.map((point, k) => withJackknife(point, errors[k])),
      };
    }),
  );
  if (undefinedLimits) warnings.push('Where the incidence is 0 or 1, its log–log limits are not defined and are null.');
  for (const [code, { table }] of samples.entries()) warnOfEarlyEnd(table, groups, code, warnings);
  return curves;
}

type Point = ReturnType<typeof pointsOf>[number];

/** At times of one's own, the standard error that `survfit` gives stands beside that of `cuminc`. */
function withJackknife(point: Point, error: number | undefined): Point & { readonly seJackknife?: number | null } {
  return error === undefined ? point : { ...point, seJackknife: point.incidence === null ? null : error };
}

/** After late entry the risk set can be emptied by events before others join it: everything after is then lost. */
function warnOfEarlyEnd(table: CauseTable, groups: Grouping, code: number, warnings: string[]): void {
  const ended = table.events.findIndex((count, k) => count > 0 && count === table.atRisk[k]);
  if (ended < 0 || ended >= table.time.length - 1) return;
  warnings.push(
    `All at risk at ${table.time[ended]} ${groups.names.length > 1 ? `in “${groups.names[code]}” ` : ''}had an event while others were still to enter, so the curves stop there: too few are at risk early on.`,
  );
}

function eventTimes({ time, events }: CauseTable, step: number): number[] {
  const places = Array.from(time.keys()).filter((k) => (events[k] as number) > 0);
  return places.filter((_place, i) => i % step === 0 || i === places.length - 1).map((k) => time[k] as number);
}

function pointsOf(
  { time }: CauseTable,
  { incidence, variance }: { readonly incidence: Float64Array; readonly variance: Float64Array },
  wanted: readonly number[],
  quantile: number,
) {
  const last = time.at(-1) as number;
  return wanted.map((at) => {
    if (at > last) return { time: at, incidence: null, se: null, low: null, high: null };
    const place = lastAtMost(time, at);
    const share = place < 0 ? 0 : (incidence[place] as number);
    const se = place < 0 ? 0 : Math.sqrt(variance[place] as number);
    const { low, high } = logLogLimits(share, se, quantile);
    return { time: at, incidence: share, se, low: orNull(low), high: orNull(high) };
  });
}

function testsOf(
  frame: ModelFrame,
  { time, entry, status }: SurvivalResponse,
  groups: Grouping,
  roles: CompetingRisksRoles,
  spec: CompetingRisksSpec,
  warnings: string[],
) {
  if (groups.names.length === 1) return null;
  if (entry) {
    warnings.push('Gray’s test is left out: it is not defined where people enter late.');
    return null;
  }
  if (groups.names.length > mostTested) {
    warnings.push(`Gray’s test is left out: ${groups.names.length} groups are too many.`);
    return null;
  }
  const strata = groupingOf(frame.formula.strata.map(frame.evaluate), frame.n);
  return roles.causes.map((cause) => {
    const found = grayTest(time, status, cause, groups, strata, spec.rho);
    if (Number.isNaN(found.statistic)) warnings.push(`Gray’s test of cause ${cause} is not defined by these data.`);
    return { name: 'Gray', cause, statistic: orNull(found.statistic), df: found.df, p: orNull(found.p) };
  });
}

export const competingRisks: Procedure<CompetingRisksSpec> = {
  name: 'competing-risks',
  summary:
    'Estimates how many have had an event of each cause by each time, where one cause forestalls the others (Aalen–Johansen), compares groups (Gray), and regresses (Fine–Gray).',
  schema: competingRisksSchema,
  columns: (spec) => columnsOfFormula(parseFormula(spec.formula)),
  run,
  example: {
    question: 'How many have resigned (1) within 12 months, where others retire (2), by team?',
    data: 'months,event,team\n3,1,north\n8,2,north\n12,0,north\n15,1,north\n5,1,south\n11,0,south\n20,2,south\n24,0,south\n',
    spec: { formula: 'Surv(months, event) ~ team', cause: 1, times: [6, 12] },
  },
};
