import type { IndicatorDefinition } from '#main/analysis/indicators/definition.ts';
import type { Indicator } from '#main/analysis/indicators/evaluate.ts';
import { indicatorDefinitions } from '#main/analysis/indicators/registry.ts';
import { type CountedAs, type CountToRelease, type KeyedSum, keyOf } from '#main/disclosure/released-counts.ts';
import type { ReleaseSpec } from '#shared/contract/release-spec.ts';
import type { BundleDefinition, CountedKind } from '#shared/domain/bundle.ts';
import { dayOfIso, isoOfDay, lastDayOfMonth, monthIndexOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { definitionOf } from '../definitions.ts';
import { type BundlePart, following, noCounts, printed, type ShownCount } from './bundle-part.ts';

const mostDaysOfMonth = 31;

/** What the numbers of a measure count, and how much of the denominator one person can be; medians cannot be added up. */
const countedBy: Readonly<Partial<Record<IndicatorDefinition['measure'], readonly [CountedKind, perPerson: number]>>> =
  {
    'exposure-rate': ['events', mostDaysOfMonth],
    'exposure-coverage': ['rows', 1],
    'over-threshold': ['people', 1],
    'exposure-recording': ['rows', 1],
    'screening-uptake': ['people', 1],
    caseness: ['people', 1],
    'absence-rate': ['days', mostDaysOfMonth],
    'long-term-absence': ['people', 1],
    'return-sustained': ['people', 1],
    'offer-uptake': ['people', 1],
    'peer-contacts': ['events', 1],
    'peer-response': ['people', 1],
    'peer-caseload': ['events', 1],
  };

function isPoolable({ measure, kind }: IndicatorDefinition): boolean {
  return kind !== 'median' && countedBy[measure] !== undefined;
}

function definitionIn(definition: IndicatorDefinition): BundleDefinition {
  const { id, version, title, numerator, denominator, window, kind, unit, threshold, measure, parameters } = definition;
  const [counted, perPerson] = countedBy[measure] ?? ['rows', 1];
  const times = kind === 'share' ? 100 : Number(parameters['per'] ?? 1);
  return definitionOf({
    id: `indicator:${id}`,
    kind: 'indicator',
    version,
    says: {
      ...{ title, numerator, denominator, window, unit, threshold, measure, counted, perPerson, times },
      ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [`parameter ${name}`, value])),
    },
  });
}

function periodOf(month: string): { from: string; to: string } {
  return { from: `${month}-01`, to: isoOfDay(lastDayOfMonth(monthIndexOfIso(month) ?? 0)) };
}

type Month = { readonly month: string; readonly numerator: number | null; readonly denominator: number | null };

function countedAs(id: string, what: string, month: string): CountedAs {
  return { group: `indicator|${id}|${what}`, ...periodOf(month) };
}

/** Shares of people are counts of people, of whom the others are counted by subtraction. */
function countsOfShare(id: string, months: readonly Month[]) {
  const cells: CountToRelease[] = [];
  const sums: KeyedSum[] = [];
  for (const { month, numerator, denominator } of months) {
    if (numerator === null || denominator === null) continue;
    const [those, all, others] = ['those', 'all', 'others'].map((what) => countedAs(id, what, month)) as [
      CountedAs,
      CountedAs,
      CountedAs,
    ];
    cells.push(printed(those, numerator), printed(all, denominator), following(others, denominator - numerator));
    sums.push({ total: keyOf(all), parts: [keyOf(those), keyOf(others)] });
  }
  return { cells, sums };
}

function shownMonth(id: string, { month, numerator, denominator }: Month, shown: ShownCount): Month {
  if (numerator === null || denominator === null) return { month, numerator: null, denominator: null };
  const both = [shown(countedAs(id, 'those', month)), shown(countedAs(id, 'all', month))];
  return both.includes(null) ? { month, numerator: null, denominator: null } : { month, numerator, denominator };
}

function monthsBetween({ from, to }: ReleaseSpec): number {
  return (monthIndexOfIso(to) ?? 0) - (monthIndexOfIso(from) ?? 0) + 1;
}

/** The indicators of a period, month by month; null where none is asked for. */
export async function indicatorsPart(context: VaultContext, spec: ReleaseSpec): Promise<Result<BundlePart | null>> {
  const wanted = indicatorDefinitions.filter(
    (definition) => isPoolable(definition) && (spec.indicators?.includes(definition.id) ?? true),
  );
  const unknown = spec.indicators?.find((id) => !wanted.some((definition) => definition.id === id));
  if (unknown !== undefined) {
    return fail(
      'BAD_SPEC',
      `“${unknown}” is no indicator that can be pooled.`,
      `Nothing was released. Those that can: ${indicatorDefinitions
        .filter(isPoolable)
        .map(({ id }) => id)
        .join(', ')}.`,
    );
  }
  if (wanted.length === 0) return ok(null);
  const answer = await runAnalysis(context, 'indicators', {
    asOf: spec.to,
    months: Math.max(2, monthsBetween(spec)),
    indicators: wanted.map(({ id }) => id),
  });
  if (!answer.ok) return answer;
  const first = dayOfIso(spec.from) ?? 0;
  const told = (answer.value.result['indicators'] as readonly Indicator[]).map(
    ({ definition, chart, notMeasurable }) => ({
      definition,
      notMeasurable,
      counted: countedBy[definition.measure]?.[0] ?? 'rows',
      months: chart.points
        // A null month is one that is withheld; what cannot be measured is not there.
        .filter(({ month, state }) => state !== 'not measurable' && (dayOfIso(`${month}-01`) ?? 0) >= first)
        .map(({ month, numerator, denominator }): Month => ({ month, numerator, denominator })),
    }),
  );
  const measured = told.filter(({ months }) => months.some(({ numerator }) => numerator !== null));
  const shares = measured
    .filter(({ counted }) => counted === 'people')
    .map(({ definition, months }) => countsOfShare(definition.id, months));
  return ok({
    definitions: measured.map(({ definition }) => definitionIn(definition)),
    workforce: noCounts,
    clinical: { cells: shares.flatMap(({ cells }) => cells), sums: shares.flatMap(({ sums }) => sums) },
    fill: (_workforce, clinical) => ({
      indicators: measured.map(({ definition, counted, months }) => ({
        definition: `indicator:${definition.id}`,
        months: months.map((month) => (counted === 'people' ? shownMonth(definition.id, month, clinical) : month)),
      })),
    }),
    snapshot: answer.value.provenance.snapshot,
    coverage: null,
    notes: told
      .filter((one) => !measured.includes(one))
      .map(({ definition, notMeasurable }) => `${definition.title}: ${notMeasurable ?? 'no month of it can be told.'}`),
  });
}
