import { categoryLabel } from '#main/analysis/exposure/words.ts';
import { mayPublishDerived } from '#main/disclosure/derived-figures.ts';
import {
  type SuppressedList,
  type SuppressedTable,
  suppressList,
  suppressTable,
} from '#main/disclosure/suppress-table.ts';
import type { ChartValue } from '#shared/charts/chart-spec.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { Block, ReportSection, TableCellValue, TableRow } from '#shared/report/document.ts';
import { formatDate, formatNumber } from '#shared/report/format.ts';
import type { ReportFacts } from './report-facts.ts';

/** A count as a table shows it. */
type Shown = { readonly value: number | null; readonly reason: 'primary' | 'complementary' | null };

export type PublishedTotals = { readonly events: number | null; readonly people: number | null };

function shown(cell: Shown): TableCellValue {
  return cell.value === null
    ? { kind: 'withheld', reason: cell.reason ?? 'primary' }
    : { kind: 'number', value: cell.value, decimals: 0 };
}

function charted(cell: Shown): ChartValue {
  return cell.value === null ? 'withheld' : cell.value;
}

const emptyList: SuppressedList = { cells: [], withheld: { primary: 0, complementary: 0 } };

function listCell(list: SuppressedList, row: number): Shown {
  return list.cells.find((cell) => cell.rowIndex === row) ?? { value: null, reason: 'primary' };
}

function indexed(table: SuppressedTable): (row: number, column: number) => Shown {
  const cells = new Map(table.cells.map((cell) => [`${cell.rowIndex},${cell.columnIndex}`, cell]));
  return (row, column) => cells.get(`${row},${column}`) ?? { value: null, reason: 'primary' };
}

function text(value: string): TableCellValue {
  return { kind: 'text', text: value };
}

/** A rate per person in post, where both of its parts are published and enough people stand behind it. */
function rate(events: Shown, people: Shown): TableCellValue {
  if (events.value === null || people.value === null) return { kind: 'withheld', reason: 'derived' };
  if (!mayPublishDerived({ people: people.value, countsPublished: [true, true] })) {
    return { kind: 'withheld', reason: 'derived' };
  }
  return { kind: 'number', value: events.value / people.value, decimals: 1 };
}

const unknownName = 'In no post on the day, or not known to HR';

function nameOf(code: string): string {
  return code === 'UNKNOWN' ? unknownName : code;
}

export function exposureSections(
  facts: ReportFacts,
): Result<{ readonly sections: ReportSection[]; readonly published: PublishedTotals }> {
  const { exposure, spec } = facts;
  // Units by month carry the monthly and the unit totals as their margins, so that the three always agree.
  const unitMonths = suppressTable({
    rows: exposure.units,
    columns: exposure.months,
    counts: exposure.unitMonths,
    threshold: spec.threshold,
  });
  if (!unitMonths.ok) return unitMonths;
  const lists = [
    suppressList({ rows: exposure.roles, counts: exposure.byRole, threshold: spec.threshold }),
    // A period without exposures has no kinds of them, and a list without rows nothing to protect.
    Object.keys(exposure.byCategory).length === 0
      ? ok(emptyList)
      : suppressList({
          rows: Object.keys(exposure.byCategory),
          counts: Object.values(exposure.byCategory),
          threshold: spec.threshold,
        }),
    suppressList({ rows: exposure.units, counts: exposure.peopleByUnit, threshold: spec.threshold }),
    suppressList({ rows: exposure.roles, counts: exposure.peopleByRole, threshold: spec.threshold }),
  ];
  for (const list of lists) if (!list.ok) return list;
  const [byRole, byCategory, unitPeople, rolePeople] = lists.map((list) => (list.ok ? list.value : null));
  if (!byRole || !byCategory || !unitPeople || !rolePeople) throw new Error('a suppressed list is missing');
  const cell = indexed(unitMonths.value);
  const allMonths = exposure.months.length;
  const allUnits = exposure.units.length;
  const units = exposure.units.map((name, index) => ({
    name: nameOf(name),
    events: cell(index, allMonths),
    people: listCell(unitPeople, index),
  }));
  const roles = exposure.roles.map((name, index) => ({
    name: nameOf(name),
    events: listCell(byRole, index),
    people: listCell(rolePeople, index),
  }));
  const force = { events: cell(allUnits, allMonths), people: listCell(unitPeople, allUnits) };
  return ok({
    published: { events: force.events.value, people: force.people.value },
    sections: [
      {
        id: 'over-time',
        heading: 'Exposure over time',
        blocks: overTime(
          facts,
          exposure.months.map((_, month) => cell(allUnits, month)),
        ),
      },
      {
        id: 'what',
        heading: 'What people were exposed to',
        blocks: whatKinds(facts, byCategory),
      },
      {
        id: 'where',
        heading: 'Where it fell',
        blocks: [
          { kind: 'heading', text: 'Units' },
          ...groupBlocks('unit', units, force, spec.threshold),
          unitMonthFigure(facts, cell),
          { kind: 'heading', text: 'Roles' },
          ...groupBlocks('role', roles, force, spec.threshold),
          {
            kind: 'paragraph',
            tone: 'small',
            text: 'Rates are per person in post on the last day, not per hour worked: part-time work, leave and people who joined or left in the period are not in them. A higher figure says that more was recorded, not that a unit or role is doing worse.',
          },
        ],
      },
      { id: 'spread', heading: 'How it is spread between people', blocks: spread(facts) },
    ],
  });
}

function overTime(facts: ReportFacts, totals: readonly Shown[]): Block[] {
  const { exposure, spec } = facts;
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

function whatKinds(facts: ReportFacts, byCategory: SuppressedList): Block[] {
  const codes = Object.keys(facts.exposure.byCategory);
  if (codes.length === 0) return [{ kind: 'paragraph', text: 'No exposures were recorded in the period.' }];
  const kinds = codes
    .map((code, index) => ({ label: categoryLabel(code), cell: listCell(byCategory, index) }))
    .sort((a, b) => (b.cell.value ?? -1) - (a.cell.value ?? -1) || (a.label < b.label ? -1 : 1));
  const total = listCell(byCategory, codes.length);
  const first = kinds[0];
  const share = first?.cell.value != null && total.value ? first.cell.value / total.value : null;
  const title =
    first && share !== null
      ? `${first.label} was recorded most often: ${formatNumber(share * 100, 0)}% of exposures`
      : 'Recorded exposures by kind';
  const rows: TableRow[] = kinds.map((kind) => ({ cells: [text(kind.label), shown(kind.cell)] }));
  return [
    {
      kind: 'figure',
      title,
      caption: 'Recorded exposures of the period by kind.',
      description: `Bars of ${kinds.length} kinds of exposure, the most frequent first. ${title}.`,
      chart: {
        kind: 'bars',
        measure: 'exposures',
        decimals: 0,
        bars: kinds.map((kind) => ({ label: kind.label, value: charted(kind.cell) })),
      },
      data: {
        columns: [
          { label: 'Kind', align: 'start' },
          { label: 'Exposures', align: 'end' },
        ],
        rows: [...rows, { role: 'total', cells: [text('All kinds'), shown(total)] }],
        notes: [],
        threshold: facts.spec.threshold,
      },
    },
  ];
}

type Group = { readonly name: string; readonly events: Shown; readonly people: Shown };

function groupBlocks(
  what: 'unit' | 'role',
  groups: readonly Group[],
  force: { readonly events: Shown; readonly people: Shown },
  threshold: number,
): Block[] {
  const withRates = groups.map((group) => {
    const value = rate(group.events, group.people);
    return { ...group, rate: value, order: value.kind === 'number' ? value.value : -1 };
  });
  const ordered = [...withRates].sort((a, b) => b.order - a.order || (a.name < b.name ? -1 : 1));
  const forceRate = rate(force.events, force.people);
  const bars = ordered.filter((group) => group.rate.kind === 'number');
  const first = bars[0];
  const title =
    first && bars.length > 1
      ? `${first.name} recorded the most exposures per person: ${formatNumber(first.order, 1)}`
      : `Exposures per person in post by ${what}`;
  return [
    {
      kind: 'figure',
      title,
      caption: `Recorded exposures of the period per person in post on its last day, by ${what}. Those with under 10 people are left out.`,
      description: `Bars of exposures per person for ${bars.length} ${what}s, the highest first. ${title}.`,
      chart: {
        kind: 'bars',
        measure: 'exposures per person in post',
        decimals: 1,
        bars: bars.map((group) => ({
          label: group.name,
          value: group.order,
          ...(group.people.value === null ? {} : { n: group.people.value }),
        })),
        ...(forceRate.kind === 'number' ? { reference: { value: forceRate.value, label: 'whole force' } } : {}),
      },
      data: {
        columns: [
          { label: what === 'unit' ? 'Unit' : 'Role', align: 'start' },
          { label: 'People in post', align: 'end' },
          { label: 'Exposures', align: 'end' },
          { label: 'Per person', align: 'end' },
        ],
        rows: [
          ...ordered.map((group) => ({
            cells: [text(group.name), shown(group.people), shown(group.events), group.rate],
          })),
          {
            role: 'total' as const,
            cells: [text('Whole force'), shown(force.people), shown(force.events), forceRate],
          },
        ],
        notes: [`Exposures are counted where the person was posted on the day; people on the last day of the period.`],
        threshold,
      },
    },
  ];
}

function unitMonthFigure(facts: ReportFacts, cell: (row: number, column: number) => Shown): Block {
  const { exposure, spec } = facts;
  const rows = exposure.units.map((name, index) => ({ name: nameOf(name), index }));
  return {
    kind: 'figure',
    title: 'Exposures by unit and month',
    caption: 'Recorded exposures by the unit the person was posted to on the day. Withheld cells are blank.',
    description: `A grid of ${rows.length} units by ${exposure.months.length} months, darker where more exposures were recorded.`,
    chart: {
      kind: 'heat-map',
      measure: 'exposures',
      decimals: 0,
      months: exposure.months,
      units: rows.map((row) => row.name),
      values: rows.map((row) => exposure.months.map((_, month) => charted(cell(row.index, month)))),
    },
    data: {
      columns: [
        { label: 'Unit', align: 'start' },
        ...exposure.months.map((month) => ({ label: shortMonth(month), align: 'end' as const })),
      ],
      rows: rows.map((row) => ({
        cells: [text(row.name), ...exposure.months.map((_, month) => shown(cell(row.index, month)))],
      })),
      notes: [],
      threshold: spec.threshold,
    },
  };
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function shortMonth(month: string): string {
  return `${monthNames[Number(month.slice(5)) - 1] ?? ''} ${month.slice(2, 4)}`;
}

/** Bins of exposures per person, wide enough that a person with many is never alone in one. */
function spread(facts: ReportFacts): Block[] {
  const { perPerson } = facts.exposure;
  const least = Math.max(facts.spec.threshold, 10);
  if (perPerson.length < least * 3) {
    return [{ kind: 'paragraph', text: 'Too few people are in post to show how exposures are spread between them.' }];
  }
  const highest = perPerson[perPerson.length - 1] ?? 0;
  const width = Math.max(1, Math.ceil((highest + 1) / 24));
  const bins: { from: number; to: number; count: number }[] = [];
  for (let from = 0; from <= highest; from += width) {
    const to = from + width - 1;
    const count = perPerson.filter((value) => value >= from && value <= to).length;
    const open = bins[bins.length - 1];
    // A bin under the least count is merged with the one before it, so that the long tail names nobody.
    if (open && open.count < least) {
      open.to = to;
      open.count += count;
    } else bins.push({ from, to, count });
  }
  while (bins.length > 1 && (bins[bins.length - 1]?.count ?? 0) < least) {
    const last = bins.pop();
    const before = bins[bins.length - 1];
    if (last && before) {
      before.to = last.to;
      before.count += last.count;
    }
  }
  const labels = bins.map((bin, index) =>
    index === bins.length - 1 && bin.to > bin.from
      ? `${bin.from} or more`
      : bin.from === bin.to
        ? `${bin.from}`
        : `${bin.from}–${bin.to}`,
  );
  const half = perPerson[Math.floor((perPerson.length - 1) / 2)] ?? 0;
  const title = `Half of the people in post had ${half} or fewer exposures in the period`;
  return [
    {
      kind: 'figure',
      title,
      caption:
        'People in post on the last day by their recorded exposures in the period. Bars under 10 people are joined.',
      description: `A histogram of ${perPerson.length} people by exposures in the period. ${title}.`,
      chart: {
        kind: 'histogram',
        measure: 'exposures in the period',
        counted: 'people',
        bins: bins.map((bin, index) => ({ label: labels[index] ?? '', count: bin.count })),
      },
      data: {
        columns: [
          { label: 'Exposures', align: 'start' },
          { label: 'People', align: 'end' },
        ],
        rows: bins.map((bin, index) => ({
          cells: [text(labels[index] ?? ''), { kind: 'number', value: bin.count, decimals: 0 }],
        })),
        notes: [],
      },
    },
  ];
}
