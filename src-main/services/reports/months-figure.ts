import type { Block } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { charted, type Shown, shown } from './published-cells.ts';
import type { ReportFacts } from './report-facts.ts';

/** What is counted month by month, and in which period. */
type CountedMonths = {
  readonly exposure: Pick<ReportFacts['exposure'], 'months' | 'limits'>;
  readonly spec: Pick<ReportFacts['spec'], 'from' | 'to' | 'threshold'>;
};

/** Exposures month by month with the limits of an XmR chart, and how to read them. @param totals one a month, as it may be shown */
export function monthsBlocks({ exposure, spec }: CountedMonths, totals: readonly Shown[]): Block[] {
  const values = totals.map(charted);
  const known = totals.map((total) => total.value).filter((value) => value !== null);
  const { limits } = exposure;
  const outside = limits ? known.filter((value) => value > limits.upper || value < limits.lower).length : 0;
  const all = known.length === totals.length;
  const title = limits && all ? trendTitle(outside, totals.length) : 'Exposures recorded each month';
  const lower = limits && limits.lower > 0 ? limits.lower : null;
  return [
    {
      kind: 'figure',
      title,
      caption: `Recorded exposures each month, ${formatDate(spec.from)} to ${formatDate(spec.to)}${limits && all ? ', with the mean and the limits of an XmR chart (mean ± 2.66 mean moving ranges)' : ''}.`,
      description: `A line of ${totals.length} monthly counts of recorded exposures. ${title}.`,
      chart: {
        kind: 'trend',
        measure: 'exposures a month',
        decimals: 0,
        months: exposure.months,
        series: [{ name: 'Exposures', values }],
        ...(limits && all
          ? {
              centre: { value: limits.mean, label: 'mean' },
              limits: { lower, upper: limits.upper, label: 'limits' },
            }
          : {}),
      },
      data: {
        columns: [
          { label: 'Month', align: 'start' },
          { label: 'Exposures', align: 'end' },
        ],
        rows: exposure.months.map((month, index) => ({
          cells: [{ kind: 'date', iso: month }, shown(totals[index] ?? { value: null, reason: 'primary' })],
        })),
        notes: [],
        threshold: spec.threshold,
      },
    },
    {
      kind: 'paragraph',
      tone: 'small',
      text: limits
        ? 'A month outside the limits is worth asking about; one inside them is what this force usually sees. With limits drawn from the same twelve or more months, about one chart in fifty shows such a month by chance alone.'
        : 'Limits need at least twelve months and are not drawn for a shorter period.',
    },
  ];
}

function trendTitle(outside: number, months: number): string {
  if (outside === 0) return `No month of ${months} lies outside what is usual for this force`;
  return `${outside} of ${months} months ${outside === 1 ? 'lies' : 'lie'} outside what is usual for this force`;
}
