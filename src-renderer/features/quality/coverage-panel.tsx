import { SegmentedControl, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { HeatMapSpec } from '#shared/charts/chart-spec.ts';
import type { KindCoverage } from '#shared/contract/quality.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatMonth, none } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { coverageTitle, text } from './text.ts';

const monthsDrawn = 24;
const fewPeople = 10;

type Line = {
  readonly unit: string;
  readonly people: number;
  /** Share of the people by month, in per cent; null where nobody was in post. */
  readonly percent: readonly (number | null)[];
  readonly gaps: readonly ('none' | 'low' | null)[];
};

type Drawn = { readonly months: readonly string[]; readonly lines: readonly Line[] };

/** Fewest people first in their own group at the end: a reader looks at the larger units. */
export function coverageLines(entry: KindCoverage): Drawn {
  const from = Math.max(0, entry.months.length - monthsDrawn);
  const lines = entry.units.map((unit): Line => {
    const people = unit.people.slice(from);
    const last = people.at(-1) ?? 0;
    return {
      unit: last < fewPeople ? `${unit.unit} (few)` : unit.unit,
      people: last,
      percent: people.map((count, at) =>
        count === 0 ? null : Math.round((100 * (unit.covered[from + at] ?? 0)) / count),
      ),
      gaps: unit.gaps.slice(from),
    };
  });
  const isFew = (line: Line): number => (line.people < fewPeople ? 1 : 0);
  return { months: entry.months.slice(from), lines: lines.sort((a, b) => isFew(a) - isFew(b)) };
}

function columnsOf(months: readonly string[]): readonly TableColumn<Line>[] {
  return [
    { id: 'unit', header: 'Unit', value: (row) => row.unit, grow: 1, widthPx: 160 },
    { id: 'people', header: 'People in post', value: (row) => row.people, align: 'end', widthPx: 120 },
    ...months.map(
      (month, at): TableColumn<Line> => ({
        id: month,
        header: formatMonth(month),
        value: (row) => row.percent[at] ?? null,
        cell: (row) => {
          const value = row.percent[at] ?? null;
          if (value === null) return none;
          return row.gaps[at] === null ? `${value}%` : <strong>{`${value}% (gap)`}</strong>;
        },
        align: 'end',
        widthPx: 92,
      }),
    ),
  ];
}

/** Unit by month: who of those in post has a row. */
export function CoveragePanel({ coverage }: { readonly coverage: readonly KindCoverage[] }) {
  const worst = [...coverage].sort((a, b) => gapsIn(b) - gapsIn(a))[0];
  const [chosen, setChosen] = useState<string | null>(null);
  const entry = coverage.find(({ kind }) => kind === chosen) ?? worst;
  const drawn = useMemo(() => (entry ? coverageLines(entry) : { months: [], lines: [] }), [entry]);
  const columns = useMemo(() => columnsOf(drawn.months), [drawn]);
  const spec = useMemo<HeatMapSpec>(
    () => ({
      kind: 'heat-map',
      measure: 'per cent of the people in post',
      decimals: 0,
      months: drawn.months,
      units: drawn.lines.map(({ unit }) => unit),
      values: drawn.lines.map(({ percent }) => percent),
    }),
    [drawn],
  );
  const option = useMemo(() => specOption(spec), [spec]);
  if (!entry) return null;
  const title = coverageTitle(entry);
  const choices = coverage.map(({ kind, label }) => ({ value: kind, label }));
  return (
    <ChartPanel
      id="quality-coverage"
      title={title}
      note={text.coverageNote(entry.basis, entry.lastIsWhole)}
      description={`Heat map of unit by month. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={drawn.lines}
      rowId={(row) => row.unit}
      copyable={false}
      actions={
        choices.length <= 4 ? (
          <SegmentedControl
            size="xs"
            aria-label={text.coveragePick}
            value={entry.kind}
            onChange={setChosen}
            data={choices}
          />
        ) : (
          <Select
            size="xs"
            w={160}
            aria-label={text.coveragePick}
            value={entry.kind}
            allowDeselect={false}
            onChange={setChosen}
            data={choices}
          />
        )
      }
    />
  );
}

function gapsIn(entry: KindCoverage): number {
  return entry.units.reduce((sum, { gaps }) => sum + gaps.filter((gap) => gap !== null).length, 0);
}
