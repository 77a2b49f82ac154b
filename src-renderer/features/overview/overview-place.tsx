import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatDate, formatMonth, formatShare, meanDecimals } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Columns, EmptyState, KeyFigures, Notice, Page, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { wholeMonths } from '../../ui/whole-months.ts';
import { ChangesPanel } from './changes-panel.tsx';
import { IndicatorsPanel } from './indicators-panel.tsx';
import { OverviewWorkedOut } from './overview-worked-out.tsx';
import { monthsFinding, text } from './text.ts';
import { WaitingForYou } from './waiting-for-you.tsx';

type Overview = OutputOf<'overview.get'>;
type Freshness = Overview['freshness'][number];
type Unmapped = Overview['unmappedCodes'][number];
type Month = Overview['months'][number];

const freshnessColumns: readonly TableColumn<Freshness>[] = [
  { id: 'label', header: 'Extract', value: (row) => row.label, grow: 1, widthPx: 120 },
  {
    id: 'rows',
    header: 'Rows',
    value: (row) => row.rows,
    cell: (row) => formatCount(row.rows),
    align: 'end',
    widthPx: 96,
  },
  { id: 'to', header: 'Holds data to', value: (row) => row.to, cell: (row) => formatDate(row.to), widthPx: 120 },
  {
    id: 'lastImport',
    header: 'Last import',
    value: (row) => row.lastImport,
    cell: (row) => (row.lastImport === null ? <Badge>{text.never}</Badge> : formatDate(row.lastImport.slice(0, 10))),
    widthPx: 120,
  },
];
const unmappedColumns: readonly TableColumn<Unmapped>[] = [
  { id: 'code', header: 'Code', value: (row) => row.code, grow: 1 },
  {
    id: 'rows',
    header: 'Rows',
    value: (row) => row.rows,
    cell: (row) => formatCount(row.rows),
    align: 'end',
    widthPx: 100,
    counts: true,
  },
];
const monthColumns: readonly TableColumn<Month>[] = [
  { id: 'month', header: 'Month', value: (row) => row.month, cell: (row) => formatMonth(row.month), grow: 1 },
  {
    id: 'events',
    header: 'Exposures',
    value: (row) => row.events,
    cell: (row) => formatCount(row.events),
    align: 'end',
  },
];

export function OverviewPlace() {
  const session = useSession();
  const canImport = hasRole(session, 'analyst');
  const seesData = hasRole(session, 'analyst', 'clinician', 'evaluator');
  return (
    <Page
      title={text.title}
      lead={seesData ? text.lead : text.leadAdministrator}
      actions={
        canImport ? (
          <Button variant="default" renderRoot={(props) => <Link to="/data/import" {...props} />}>
            {text.importFile}
          </Button>
        ) : null
      }
    >
      <WaitingForYou />
      <ChangesPanel />
      {seesData ? <Held canImport={canImport} /> : null}
    </Page>
  );
}

function Held({ canImport }: { readonly canImport: boolean }) {
  const overview = useOperation('overview.get', {});
  return (
    <QueryGate query={overview}>
      {(data) =>
        data.people === 0 && data.exposures === 0 ? <NothingYet canImport={canImport} /> : <Holdings data={data} />
      }
    </QueryGate>
  );
}

function NothingYet({ canImport }: { readonly canImport: boolean }) {
  return (
    <Panel>
      <EmptyState
        icon="data"
        title={text.emptyTitle}
        text={canImport ? text.emptyText : text.emptyTextReader}
        action={
          canImport ? (
            <Button renderRoot={(props) => <Link to="/data/import" {...props} />}>{text.importPeople}</Button>
          ) : undefined
        }
      />
    </Panel>
  );
}

function Holdings({ data }: { readonly data: Overview }) {
  return (
    <>
      <KeyFigures
        figures={[
          { label: text.inPost, value: formatCount(data.inPost), note: text.inPostNote(data.people) },
          { label: text.exposures, value: formatCount(data.exposures), note: text.exposuresNote(data.firstDay) },
          {
            label: text.coverage,
            value: formatShare(data.coverage),
            note: data.coverage === null ? text.coverageNone : text.coverageNote(data.attendances),
          },
          { label: text.screenings, value: formatCount(data.screenings), note: text.screeningsNote },
          { label: text.latest, value: formatDate(data.latestDay), note: text.latestNote },
        ]}
      />
      {data.unknownPeople > 0 ? (
        <Notice tone="warn" title={text.unknownPeople(data.unknownPeople)}>
          <p>{text.unknownPeopleNote}</p>
        </Notice>
      ) : null}
      {data.underAliases ? (
        <Notice tone="warn" title={text.underAliases(data.underAliases.people)}>
          <p>{text.underAliasesNote(data.underAliases.batches)}</p>
        </Notice>
      ) : null}
      <MonthsChart data={data} />
      <IndicatorsPanel firstDay={data.firstDay} latestDay={data.latestDay} />
      <Columns>
        <Panel title={text.freshness} note={text.freshnessNote}>
          <DataTable
            id="overview-freshness"
            label={text.freshness}
            columns={freshnessColumns}
            rows={data.freshness}
            rowId={(row) => row.kind}
            showToolbar={false}
          />
        </Panel>
        <Panel
          title={text.unmapped(data.unmappedCodes.length)}
          note={data.unmappedCodes.length === 0 ? text.unmappedNone : text.unmappedNote}
        >
          {data.unmappedCodes.length === 0 ? null : (
            <DataTable
              id="overview-unmapped"
              label="Codes without a rule"
              columns={unmappedColumns}
              rows={data.unmappedCodes}
              rowId={(row) => row.code}
              sortBy={{ id: 'rows', desc: true }}
              maxHeightPx={320}
              copyable
            />
          )}
        </Panel>
      </Columns>
    </>
  );
}

function MonthsChart({ data }: { readonly data: Overview }) {
  const months = useMemo<readonly Month[]>(() => {
    const events = new Map(data.months.map((entry) => [entry.month, entry.events]));
    return wholeMonths(data.firstDay, data.latestDay).map((month) => ({ month, events: events.get(month) ?? 0 }));
  }, [data]);
  const option = useMemo(() => {
    const mean = months.reduce((sum, entry) => sum + entry.events, 0) / Math.max(1, months.length);
    return specOption({
      kind: 'trend',
      measure: 'exposures',
      decimals: 0,
      months: months.map((entry) => entry.month),
      series: [{ name: 'Exposures', values: months.map((entry) => entry.events) }],
      ...(months.length < 2 ? {} : { centre: { value: mean, label: 'Mean', decimals: meanDecimals(mean) } }),
    });
  }, [months]);
  if (months.length === 0) return null;
  const finding = monthsFinding(months);
  return (
    <ChartPanel
      id="overview-months"
      title={finding}
      note={text.monthsNote}
      description={`Run chart of exposures by month. ${finding}. The table behind the chart has every value.`}
      heightPx={260}
      option={option}
      columns={monthColumns}
      rows={months}
      rowId={(row) => row.month}
      copyable={false}
      actions={<OverviewWorkedOut overview={data} />}
    />
  );
}
