import type { GroupChart } from '#main/analysis/exposure/trend/exposure-trend.ts';
import { categoryLabel } from '#main/analysis/exposure/words.ts';
import type { ReportSection, TableCellValue } from '#shared/report/document.ts';
import { decimalsFor, formatDate, formatNumber } from '#shared/report/format.ts';
import { charted, type Shown, shown, textCell } from '../published-cells.ts';
import type { UnitBriefingFacts } from './briefing-facts.ts';
import { unitEvents } from './unit-counts.ts';
import type { UnitFacts } from './unit-facts.ts';

const leastMonths = 12;

/** The rate of a unit, or of the force, month by month. */
export function chartOf(charts: readonly GroupChart[], group: string | null): GroupChart | null {
  return charts.find((chart) => (group === null || chart.group === group) && chart.category === null) ?? null;
}

/** Exposure of the unit in time, beside that of the force by the same days of work. */
export function inTimeSection({ facts, shown: judged }: UnitBriefingFacts): ReportSection {
  const { spec, exposure, units } = facts;
  const own = chartOf(units.charts, spec.unit);
  const force = chartOf(facts.force.charts, null);
  const section = { id: 'in-time', heading: 'Exposure beside the force' };
  if (own === null || force === null || exposure.events === 0) {
    return {
      ...section,
      blocks: [
        {
          kind: 'paragraph',
          text: 'No exposures are held for these months. Import the exposures extract, or incidents with who attended them.',
        },
      ],
    };
  }
  const counts = exposure.months.map((month) => judged(unitEvents({ unit: spec.unit, month }, facts)));
  const rates = own.points.map((point, at) => (counts[at]?.value == null ? null : point.value));
  const all = rates.every((rate) => rate !== null);
  const decimals = decimalsFor(Math.max(0, ...rates.flatMap((rate) => rate ?? [])));
  const title = inTimeFinding(own, all);
  const measure = `exposures per ${units.per} ${units.basis}`;
  const { upper, lower } = own.points.findLast((point) => point.upper !== null) ?? { upper: null, lower: null };
  const limited = all && upper !== null && lower !== null && own.charted >= leastMonths;
  return {
    ...section,
    blocks: [
      {
        kind: 'figure',
        id: 'beside-the-force',
        title,
        caption: `Recorded ${measure}, ${formatDate(spec.from)} to ${formatDate(spec.to)}: the unit and the force.${limited ? ` Usual for the unit: ${formatNumber(Math.max(0, lower), decimals)} to ${formatNumber(upper, decimals)} (mean ${formatNumber(own.centre ?? 0, decimals)}, limits of an XmR chart).` : ''}`,
        description: `Two lines of ${exposure.months.length} months, the unit and the force. ${title}.`,
        chart: {
          kind: 'trend',
          ...{ measure, decimals, months: exposure.months },
          series: [
            { name: spec.unit, values: rates.map((rate, at) => (counts[at]?.value == null ? 'withheld' : rate)) },
            { name: 'Whole force', values: force.points.map(({ value }) => value) },
          ],
        },
        data: {
          columns: [
            { label: 'Month', align: 'start' },
            { label: 'Exposures of the unit', align: 'end' },
            { label: 'Rate of the unit', align: 'end' },
            { label: 'Rate of the force', align: 'end' },
          ],
          rows: exposure.months.map((month, at) => ({
            cells: [
              { kind: 'date', iso: month },
              shown(counts[at] ?? { value: null, reason: 'primary' }),
              rateCell(rates[at] ?? null, counts[at]?.value == null, decimals),
              rateCell(force.points[at]?.value ?? null, false, decimals),
            ],
          })),
          notes: [],
          threshold: spec.threshold,
        },
      },
      {
        kind: 'paragraph',
        tone: 'small',
        text: 'A unit whose work is hard records more than the force, and one that records well records more than one that does not. The line to watch is the unit’s own: a month outside its limits, or a run to one side of its mean, asks for a look at the work.',
      },
    ],
  };
}

function rateCell(rate: number | null, isWithheld: boolean, decimals: number): TableCellValue {
  if (isWithheld) return { kind: 'withheld', reason: 'derived' };
  return rate === null ? { kind: 'not-assessable' } : { kind: 'number', value: rate, decimals };
}

/** What the rules say of the unit's months; nothing where one of them is withheld. */
export function inTimeFinding({ signals, charted: months, centre }: GroupChart, isTold: boolean): string {
  if (!isTold) return 'Exposure of the unit beside the force; months with few are withheld';
  if (centre === null || months < leastMonths) return `${months} months: too few to say what is usual`;
  const newest = signals.at(-1);
  return newest === undefined ? `Nothing out of the ordinary in ${months} months` : newest.words.replace(/\.$/, '');
}

/** What kinds the unit met, and how large a part of all each is there and in the force. */
export function kindsSection({ facts, shown: judged }: UnitBriefingFacts): ReportSection {
  const { spec, exposure } = facts;
  const total = judged(unitEvents({ unit: spec.unit }, facts)).value;
  const force = judged(unitEvents({}, facts)).value;
  const kinds = Object.keys(exposure.byCategory)
    .map((category) => ({
      label: categoryLabel(category),
      own: judged(unitEvents({ unit: spec.unit, category }, facts)),
      all: judged(unitEvents({ category }, facts)),
      met: facts.kinds.charts.some(
        (chart) =>
          chart.group === spec.unit && chart.category === category && chart.points.some(({ count }) => count > 0),
      ),
    }))
    .filter(({ met }) => met)
    .sort((a, b) => (b.own.value ?? -1) - (a.own.value ?? -1) || (a.label < b.label ? -1 : 1));
  const [first] = kinds;
  const title =
    first?.own.value == null || total === null
      ? 'Recorded exposures of the unit by kind'
      : `${first.label} was recorded most often: ${formatNumber((100 * first.own.value) / total)}% of the unit’s exposures`;
  return {
    id: 'kinds',
    heading: 'What kinds',
    blocks: [
      {
        kind: 'figure',
        title,
        caption: 'Recorded exposures of the unit by kind, the most frequent first.',
        description: `Bars of ${kinds.length} kinds. ${title}.`,
        chart: {
          kind: 'bars',
          measure: 'exposures of the unit',
          decimals: 0,
          bars: kinds.map(({ label, own }) => ({ label, value: charted(own) })),
        },
        data: {
          columns: [
            { label: 'Kind', align: 'start' },
            { label: 'Unit', align: 'end' },
            { label: 'Of the unit’s', align: 'end' },
            { label: 'Of the force’s', align: 'end' },
          ],
          rows: kinds.map(({ label, own, all }) => ({
            cells: [textCell(label), shown(own), partCell(own, total), partCell(all, force)],
          })),
          notes: ['Only kinds that the unit recorded are listed.'],
          threshold: spec.threshold,
        },
      },
    ],
  };
}

function partCell(part: Shown, whole: number | null): TableCellValue {
  return part.value === null || whole === null || whole === 0
    ? { kind: 'withheld', reason: 'derived' }
    : { kind: 'share', value: part.value / whole, decimals: 1 };
}

/** Months of the unit that lie outside what is usual for it, and no other unit's. */
export function unusualMonths({ units, spec }: UnitFacts): readonly string[] {
  const own = chartOf(units.charts, spec.unit);
  return (own?.points ?? []).filter(({ signals }) => signals.includes('outside')).map(({ month }) => month);
}
