import { z } from 'zod';
import type { DemoResults } from './demo-analyses.ts';
import { familyEffects, familyTruthSchema } from './demo-families.ts';
import { peerEffects, peerTruthSchema } from './demo-peers.ts';
import { pilotEffects, pilotTruthSchema } from './demo-pilots.ts';
import { type PlantedAndFound, supportEffects, supportTruthSchema } from './demo-support.ts';

/** One planted effect beside what the analyses found of it. */
export type ComparedEffect = {
  readonly effect: string;
  readonly method: string;
  readonly planted: number;
  readonly found: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** `yes`: the interval holds what was planted, and a run rule fires where it should; `not told`: withheld, or too few rows. */
  readonly recovered: 'yes' | 'no' | 'not told';
  readonly note: string;
};

const truthSchema = z.object({
  period: z.object({ from: z.string(), to: z.string() }),
  planted: z.object({
    doseResponse: z.object({ phq9PointsPerExposure: z.number() }),
    exposureStep: z.object({ unit: z.string(), steadyUnit: z.string(), from: z.string(), rateRatio: z.number() }),
    unmappedCodes: z.object({ realisedRows: z.number() }),
    absence: z.object({ rateRatio: z.record(z.string(), z.number()) }),
    returnToWork: z.object({
      realised: z.object({ psychological: z.number().nullable(), other: z.number().nullable() }),
    }),
    burnoutPulse: z.object({
      realised: z
        .object({ byWave: z.array(z.object({ wave: z.number(), known: z.number(), expected: z.number().nullable() })) })
        .optional(),
    }),
    supportUptake: supportTruthSchema,
    families: familyTruthSchema,
    peerSupport: peerTruthSchema,
    pilots: pilotTruthSchema,
  }),
  realised: z.object({ exposures: z.object({ rows: z.number() }) }),
});
export type DemoTruth = z.infer<typeof truthSchema>;

export function readTruth(truth: unknown): DemoTruth {
  return truthSchema.parse(truth);
}

const intervalSchema = z.object({ estimate: z.number(), low: z.number().nullable(), high: z.number().nullable() });
const trendSchema = z.object({
  charts: z.array(
    z.object({
      group: z.string(),
      sigmaZ: z.number().nullable(),
      centre: z.number().nullable(),
      points: z.array(z.object({ month: z.string(), count: z.number(), denominator: z.number() })),
      signals: z.array(z.object({ rule: z.string(), to: z.string(), direction: z.string() })),
    }),
  ),
});
type Chart = z.infer<typeof trendSchema>['charts'][number];
const curveSchema = z.object({
  group: z.string(),
  medianDays: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
const absenceSchema = z.object({
  rates: z.object({ groups: z.array(z.object({ group: z.string(), ratio: intervalSchema.nullable() })) }).nullable(),
  returnToWork: z.object({ psychological: z.array(curveSchema) }),
});
const indicatorsSchema = z.object({
  indicators: z.array(
    z.object({
      id: z.string(),
      chart: z.object({
        points: z.array(z.object({ numerator: z.number().nullable(), denominator: z.number().nullable() })),
      }),
    }),
  ),
});

const z95 = 1.959964;

/** Every effect that an analysis of this version can be held to, in the order of the analyses. */
export function compareWithTruth(results: DemoResults, truth: DemoTruth): readonly ComparedEffect[] {
  return [
    coverageRow(results, truth),
    ...stepRows(results, truth),
    ...outcomeRow(results, truth),
    ...absenceRows(results, truth),
    ...supportEffects(results.support, truth.planted.supportUptake).map(told),
    ...familyEffects(results.families, truth.planted.families).map(told),
    ...peerRow(results, truth),
    ...peerEffects(results.peers, truth.planted.peerSupport).map(told),
    ...pulseRow(results, truth),
    ...pilotEffects(results.pilots, truth.planted.pilots).map(told),
  ];
}

type Found = { readonly found: number | null; readonly low: number | null; readonly high: number | null };

function within(planted: number, { low, high }: Found): ComparedEffect['recovered'] {
  if (low === null || high === null) return 'not told';
  return low <= planted && planted <= high ? 'yes' : 'no';
}

function told(effect: PlantedAndFound): ComparedEffect {
  return { ...effect, recovered: within(effect.planted, effect) };
}

function shareWithin(numerator: number, denominator: number): Found {
  const share = numerator / denominator;
  const margin = z95 * Math.sqrt((share * (1 - share)) / denominator);
  return { found: share, low: share - margin, high: share + margin };
}

function coverageRow({ load }: DemoResults, truth: DemoTruth): ComparedEffect {
  const coverage = z.object({ coverage: z.number() }).parse(load).coverage;
  const { rows } = truth.realised.exposures;
  const planted = 1 - truth.planted.unmappedCodes.realisedRows / rows;
  const found = shareWithin(coverage * rows, rows);
  const recovered = within(planted, found);
  return { effect: 'Coverage of exposure codes', method: 'exposure-load', planted, ...found, recovered, note: '' };
}

/** Rate of the months from the step on to that before; its error grows with the chart's own overdispersion. */
function ratioOf({ points, sigmaZ }: Chart, stepMonth: string): Found {
  const sum = { before: { count: 0, days: 0 }, after: { count: 0, days: 0 } };
  for (const { month, count, denominator } of points) {
    const own = month < stepMonth ? sum.before : sum.after;
    own.count += count;
    own.days += denominator;
  }
  const { before, after } = sum;
  if (before.count === 0 || after.count === 0) return { found: null, low: null, high: null };
  const log = Math.log(after.count / after.days / (before.count / before.days));
  const margin = z95 * Math.max(1, sigmaZ ?? 1) * Math.sqrt(1 / before.count + 1 / after.count);
  return { found: Math.exp(log), low: Math.exp(log - margin), high: Math.exp(log + margin) };
}

function stepRows({ trend }: DemoResults, { planted }: DemoTruth): readonly ComparedEffect[] {
  const { charts } = trendSchema.parse(trend);
  const { unit, steadyUnit, from, rateRatio } = planted.exposureStep;
  const month = from.slice(0, 7);
  const rows: readonly { readonly name: string; readonly ratio: number; readonly fires: boolean }[] = [
    { name: unit, ratio: rateRatio, fires: true },
    { name: steadyUnit, ratio: 1, fires: false },
  ];
  return rows.flatMap(({ name, ratio, fires }): readonly ComparedEffect[] => {
    const chart = charts.find(({ group }) => group === name);
    if (!chart) return [];
    const found = ratioOf(chart, month);
    const rules = chart.signals
      .filter(({ direction, to }) => direction === 'high' && to >= month)
      .map(({ rule }) => rule);
    const fired = rules.includes('outside') || rules.includes('shift');
    const told = chart.centre !== null;
    return [
      {
        effect: fires ? `Step in ${name}, rate ratio` : `No step in ${name}, rate ratio`,
        method: 'exposure-trend',
        planted: ratio,
        ...found,
        recovered: told && within(ratio, found) === 'yes' && fired === fires ? 'yes' : told ? 'no' : 'not told',
        note: told
          ? `rules that fire from ${month}: ${[...new Set(rules)].join(', ') || 'none'}`
          : 'too few months for limits',
      },
    ];
  });
}

function outcomeRow({ outcome }: DemoResults, truth: DemoTruth): readonly ComparedEffect[] {
  if (outcome === null) return [];
  const planted = truth.planted.doseResponse.phq9PointsPerExposure;
  const { estimate: found, low, high } = z.object({ slope: intervalSchema }).parse(outcome).slope;
  const recovered = within(planted, { found, low, high });
  const effect = 'PHQ-9 points per exposure in 180 days';
  return [{ effect, method: 'exposure-outcome', planted, found, low, high, recovered, note: '' }];
}

function absenceRows({ absence }: DemoResults, { planted }: DemoTruth): readonly ComparedEffect[] {
  const { rates, returnToWork } = absenceSchema.parse(absence);
  const ratios = [...Object.entries(planted.absence.rateRatio), ['Custody', 1] as const];
  const method = 'absence';
  const spells = ratios.map(([role, ratio]): ComparedEffect => {
    const own = rates?.groups.find(({ group }) => group === role)?.ratio;
    const found: Found = { found: own?.estimate ?? null, low: own?.low ?? null, high: own?.high ?? null };
    const effect = `New absences, ${role} to Neighbourhood, rate ratio`;
    return { effect, method, planted: ratio, ...found, recovered: within(ratio, found), note: '' };
  });
  const medians = (['psychological', 'other'] as const).flatMap((group): readonly ComparedEffect[] => {
    const median = planted.returnToWork.realised[group];
    const curve = returnToWork.psychological.find((own) => own.group === group);
    if (median === null || !curve) return [];
    const found: Found = { found: curve.medianDays, low: curve.low, high: curve.high };
    const effect = `Days to return, ${group} reasons, median`;
    return [{ effect, method, planted: median, ...found, recovered: within(median, found), note: '' }];
  });
  return [...spells, ...medians];
}

function peerRow({ indicators }: DemoResults, { planted }: DemoTruth): readonly ComparedEffect[] {
  const one = indicatorsSchema.parse(indicators).indicators.find(({ id }) => id === 'peer-response');
  const sums = { numerator: 0, denominator: 0 };
  for (const { numerator, denominator } of one?.chart.points ?? []) {
    sums.numerator += numerator ?? 0;
    sums.denominator += denominator ?? 0;
  }
  if (sums.denominator === 0) return [];
  const share = planted.peerSupport.answeredIn72HoursShare;
  const found = shareWithin(sums.numerator, sums.denominator);
  const note = 'months that may be shown';
  const effect = 'Peer requests answered in 72 hours, share';
  return [{ effect, method: 'indicators', planted: share, ...found, recovered: within(share, found), note }];
}

/** Cases among those whose outcome is known, against the sum of the chances that were planted for them; of waves that are told. */
function pulseRow({ earlyWarning }: DemoResults, { planted }: DemoTruth): readonly ComparedEffect[] {
  const counts = z.object({ wave: z.string(), cases: z.number().nullable(), nonCases: z.number().nullable() });
  const held = z.object({ waves: z.array(counts) }).parse(earlyWarning).waves;
  const sums = { cases: 0, people: 0, known: 0, expected: 0 };
  // Of the last pulse, only who became a case is known.
  for (const { wave, known, expected } of planted.burnoutPulse.realised?.byWave ?? []) {
    const own = held.find((one) => one.wave === `pulse-${wave}`);
    if (!own || own.cases === null || own.nonCases === null) continue;
    sums.cases += own.cases;
    sums.people += own.cases + own.nonCases;
    sums.known += known;
    sums.expected += expected ?? 0;
  }
  if (sums.people === 0) return [];
  const found = shareWithin(sums.cases, sums.people);
  const effect = 'Burnout cases within 180 days of a pulse, share';
  const note = `${sums.cases} cases`;
  const share = sums.expected / sums.known;
  return [{ effect, method: 'early-warning', planted: share, ...found, recovered: within(share, found), note }];
}

function number(value: number | null): string {
  if (value === null) return '–';
  const told = Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 1 ? 3 : 2);
  return told.replace('-', '−');
}

/** The comparison as a table of plain text. */
export function comparisonText(rows: readonly ComparedEffect[]): readonly string[] {
  const cells = rows.map(({ effect, planted, found, low, high, recovered, note }) => [
    effect,
    number(planted),
    low === null || high === null || low === high
      ? number(found)
      : `${number(found)} (${number(low)} to ${number(high)})`,
    note === '' ? recovered : `${recovered}; ${note}`,
  ]);
  const table = [['Planted in the synthetic force', 'planted', 'found (95% interval)', 'recovered'], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
