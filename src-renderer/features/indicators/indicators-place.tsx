import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { type Indicator, readIndicators } from '../../bridge/indicators.ts';
import { AgainstTarget } from '../../ui/against-target.tsx';
import { assuranceWords } from '../../ui/assurance.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatMonth, none } from '../../ui/format.ts';
import { assuranceOf, indicatorValue, latestPoint, titleWithUnit, variationOf } from '../../ui/indicator-words.ts';
import { Notice, Page, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { Sparkline, Variation, variationWords } from '../../ui/variation.tsx';
import classes from './indicators.module.css';
import { type Freshness, IndicatorsGate } from './indicators-gate.tsx';
import { byDomain, domainTitle, isMeasured, lacking, staleExtract, usualRange, whyNot } from './indicators-model.ts';
import { text } from './text.ts';

export function IndicatorsPlace() {
  return (
    <Page title={text.title} lead={text.lead}>
      <IndicatorsGate>{(result, freshness) => <AllIndicators result={result} freshness={freshness} />}</IndicatorsGate>
    </Page>
  );
}

type AllProps = { readonly result: AnalysisResult; readonly freshness: Freshness };

function AllIndicators({ result, freshness }: AllProps) {
  const navigate = useNavigate();
  const indicators = useMemo(() => readIndicators(result), [result]);
  const groups = useMemo(() => byDomain(indicators.filter(isMeasured)), [indicators]);
  const unmeasured = useMemo(() => indicators.filter((indicator) => !isMeasured(indicator)), [indicators]);
  const open = ({ id }: Indicator) => void navigate({ to: '/indicators/$indicatorId', params: { indicatorId: id } });
  return (
    <Stack>
      <p className={classes.key}>
        {text.key} {text.open}
      </p>
      <StaleNotice indicators={indicators} freshness={freshness} />
      {groups.map((group) => (
        <Panel key={group.id} title={group.title}>
          <DataTable
            id={`indicators-${group.id}`}
            label={group.title}
            columns={columns}
            rows={group.indicators}
            rowId={(row) => row.id}
            onOpen={open}
            showToolbar={false}
          />
        </Panel>
      ))}
      {unmeasured.length > 0 ? <Unmeasured indicators={unmeasured} freshness={freshness} open={open} /> : null}
    </Stack>
  );
}

function StaleNotice({
  indicators,
  freshness,
}: {
  readonly indicators: readonly Indicator[];
  readonly freshness: Freshness;
}) {
  const found = new Map(
    indicators.flatMap((indicator) => {
      const stale = isMeasured(indicator) ? staleExtract(indicator, freshness) : null;
      return stale === null ? [] : [[stale.label, stale.to] as const];
    }),
  );
  if (found.size === 0) return null;
  return (
    <Notice tone="warn">
      {[...found].map(([label, to]) => (
        <p key={label}>{text.stale(label, to)}</p>
      ))}
    </Notice>
  );
}

const columns: readonly TableColumn<Indicator>[] = [
  {
    id: 'title',
    header: 'Indicator',
    value: (row) => row.definition.title,
    cell: (row) => <span title={row.definition.question}>{titleWithUnit(row.definition)}</span>,
    grow: 2,
    widthPx: 176,
  },
  {
    id: 'chart',
    header: 'By month',
    value: () => null,
    sortable: false,
    cell: (row) => (
      <Sparkline
        values={row.chart.points.map(({ value }) => value)}
        centre={row.chart.centre}
        target={row.target?.value ?? null}
        state={variationOf(row)}
      />
    ),
    widthPx: 102,
  },
  {
    id: 'latest',
    header: 'Latest',
    value: (row) => latestPoint(row)?.value ?? null,
    cell: (row) => {
      const value = latestPoint(row)?.value ?? null;
      return value === null ? text.tooFew : <strong>{indicatorValue(row.definition, value)}</strong>;
    },
    align: 'end',
    widthPx: 88,
  },
  {
    id: 'month',
    header: 'Month',
    value: (row) => latestPoint(row)?.month ?? null,
    cell: (row) => {
      const month = latestPoint(row)?.month;
      return month === undefined ? none : formatMonth(month);
    },
    widthPx: 88,
  },
  {
    id: 'out-of',
    header: 'Out of',
    value: (row) => latestPoint(row)?.denominator ?? null,
    cell: (row) => {
      const count = latestPoint(row)?.denominator ?? null;
      return count === null ? none : formatCount(count);
    },
    align: 'end',
    widthPx: 68,
  },
  {
    id: 'usual',
    header: 'Usual range',
    value: (row) => row.chart.lower,
    cell: (row) => usualRange(row) ?? none,
    widthPx: 120,
  },
  {
    id: 'variation',
    header: 'How it varies',
    value: (row) => variationWords(variationOf(row)),
    cell: (row) => <Variation state={variationOf(row)} />,
    grow: 1,
    widthPx: 156,
  },
  {
    id: 'target',
    header: 'Against target',
    value: (row) => assuranceWords(assuranceOf(row)),
    cell: (row) => <AgainstTarget indicator={row} />,
    grow: 1,
    widthPx: 172,
  },
];

type UnmeasuredProps = {
  readonly indicators: readonly Indicator[];
  readonly freshness: Freshness;
  readonly open: (indicator: Indicator) => void;
};

function Unmeasured({ indicators, freshness, open }: UnmeasuredProps) {
  const unmeasuredColumns = useMemo<readonly TableColumn<Indicator>[]>(
    () => [
      { id: 'title', header: 'Indicator', value: (row) => row.definition.title, grow: 1, widthPx: 262 },
      { id: 'domain', header: 'About', value: domainTitle, widthPx: 176 },
      {
        id: 'why',
        header: 'Why not',
        value: (row) => {
          const labels = lacking(row, freshness);
          return labels.length > 0 ? text.needs(labels) : whyNot(row);
        },
        cell: (row) => {
          const labels = lacking(row, freshness);
          const words = labels.length > 0 ? text.needs(labels) : whyNot(row);
          return <span title={words}>{words}</span>;
        },
        grow: 3,
        widthPx: 516,
      },
    ],
    [freshness],
  );
  return (
    <Panel title={text.unmeasuredTitle(indicators.length)} note={text.unmeasuredNote}>
      <DataTable
        id="indicators-unmeasured"
        label={text.unmeasuredTitle(indicators.length)}
        columns={unmeasuredColumns}
        rows={indicators}
        rowId={(row) => row.id}
        onOpen={open}
        showToolbar={false}
        maxHeightPx={1_000}
      />
    </Panel>
  );
}
