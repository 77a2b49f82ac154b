import type { ExposurePeriodResult } from '#main/analysis/exposure/exposure-period.ts';
import type { ExposureTrendResult } from '#main/analysis/exposure/trend/exposure-trend.ts';
import type { InstrumentSummary } from '#main/analysis/screening/screening-summary.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import {
  type ForceQuarterlySpec,
  type QuarterlySection,
  quarterlySections,
} from '#shared/contract/report-specs/force-quarterly.ts';
import { isoOfDay, lastDayOfMonth, monthIndexOfIso } from '#shared/domain/dates.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { defaultMarking } from '#shared/report/document.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import type { ReportFacts } from '../report-facts.ts';
import { type Question, runAll } from '../run-all.ts';
import { type Quarter, type Quarters, quartersOf } from './quarter.ts';

export type FilledQuarterlySpec = {
  readonly template: 'force-quarterly';
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly sections: readonly QuarterlySection[];
  readonly threshold: number;
  readonly clinicalThreshold: number;
  readonly marking: string;
  readonly version: string;
};

type Exposure = ReportFacts['exposure'];

/** A quarter with what was recorded in it. */
export type QuarterFacts = {
  readonly quarter: Quarter;
  readonly exposure: ExposurePeriodResult & { readonly coverage: number | null };
  /** Whether exposures are held for the whole of it. */
  readonly isHeld: boolean;
  readonly screening: readonly InstrumentSummary[];
};

export type QuarterlyFacts = {
  readonly spec: FilledQuarterlySpec;
  readonly synthetic: boolean;
  readonly quarters: Quarters;
  /** The quarter, the one before, and the same one of the year before. */
  readonly three: readonly [QuarterFacts, QuarterFacts, QuarterFacts];
  /** Up to 24 months that end with the quarter and for which exposures are held; null where its last month is not. */
  readonly window: { readonly from: string; readonly exposure: Exposure } | null;
  readonly trend: ExposureTrendResult;
  readonly analyses: readonly AnalysisResult[];
};

const windowMonths = 24;

/** The spec with every default filled in, as the manifest records it: built again from it, the report is the same. */
export function fillQuarterlySpec(given: ForceQuarterlySpec): Result<FilledQuarterlySpec & { quarters: Quarters }> {
  const quarters = quartersOf(given);
  if (!quarters.ok) return quarters;
  const { from, to, name } = quarters.value.now;
  const wanted = given.sections;
  return ok({
    template: given.template,
    title: given.title ?? `Wellbeing quarterly, ${name}`,
    ...{ from, to },
    sections: quarterlySections.filter((section) => wanted?.includes(section) ?? true),
    threshold: given.threshold ?? 5,
    clinicalThreshold: given.clinicalThreshold ?? 10,
    marking: given.marking ?? defaultMarking,
    version: given.version ?? '1.0',
    quarters: quarters.value,
  });
}

/** Runs the analyses that what is in short, the exposures and the wellbeing rest on. */
export async function quarterlyFacts(
  context: VaultContext,
  given: ForceQuarterlySpec,
): Promise<Result<QuarterlyFacts>> {
  const filled = fillQuarterlySpec(given);
  if (!filled.ok) return filled;
  const { quarters, ...spec } = filled.value;
  const last = monthIndexOfIso(spec.to) ?? 0;
  const firstOfTrend = isoOfDay(lastDayOfMonth(last - windowMonths) + 1);
  const trended = await runAnalysis(context, 'exposure-trend', {
    ...{ from: firstOfTrend.slice(0, 7), to: spec.to.slice(0, 7) },
    ...{ by: 'force', category: 'each' },
  });
  if (!trended.ok) return trended;
  const trend = trended.value.result as unknown as ExposureTrendResult;
  const held = new Set(trend.months.filter(({ state }) => state === 'held').map(({ month }) => month));
  const from = windowFrom(trend, held);
  const each = [quarters.now, quarters.before, quarters.yearBefore];
  const asked = await runAll(context, [
    ...periodQuestions('exposure-period', each),
    ...periodQuestions('screening-summary', each),
    ...(from === null ? [] : periodQuestions('exposure-period', [{ from, to: spec.to }])),
  ]);
  if (!asked.ok) return asked;
  const three = each.map((quarter, at): QuarterFacts => {
    const [exposure, screening] = [asked.value[at], asked.value[each.length + at]];
    return {
      quarter,
      exposure: exposure?.result as unknown as QuarterFacts['exposure'],
      isHeld: quarter.months.every((month) => held.has(month)),
      screening: screening?.result['instruments'] as InstrumentSummary[],
    };
  });
  const whole = asked.value[2 * each.length]?.result as Exposure | undefined;
  return ok({
    spec,
    synthetic: context.vault.synthetic,
    quarters,
    three: three as unknown as QuarterlyFacts['three'],
    window: from === null || whole === undefined ? null : { from, exposure: whole },
    trend,
    analyses: [...asked.value, trended.value],
  });
}

function periodQuestions(
  method: string,
  periods: readonly { readonly from: string; readonly to: string }[],
): readonly Question[] {
  return periods.map(({ from, to }) => ({ method, spec: { from, to } }));
}

/** First day of the run of held months that ends with the last one; null where the last is not held. */
function windowFrom({ months }: ExposureTrendResult, held: ReadonlySet<string>): string | null {
  const gap = months.findLastIndex(({ month }) => !held.has(month));
  const first = months[gap + 1]?.month;
  return first === undefined ? null : `${first}-01`;
}
