import { type ReactNode, useMemo } from 'react';
import type { PilotPlan } from '#shared/domain/pilot.ts';
import { armsToDraw } from '#shared/domain/pilot-gaps.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatInstant } from '../../../ui/format.ts';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { type Allocation, countsByStratum, type StratumCounts } from './allocation-model.ts';
import { allocationText as text } from './text.ts';

const heads = text.columns;

function stratumWords(stratum: string): string {
  return stratum === '' ? text.noStratum : stratum;
}

const unitColumns: Readonly<Record<'people' | 'clusters', TableColumn<Allocation>>> = {
  people: {
    id: 'person',
    header: heads.person,
    value: ({ person }) => person,
    cell: ({ person }) => (person === null ? text.erased : <code>{person}</code>),
    widthPx: 160,
    grow: 1,
  },
  clusters: { id: 'cluster', header: heads.cluster, value: ({ cluster }) => cluster, widthPx: 160, grow: 1 },
};

function listColumns(what: 'people' | 'clusters'): readonly TableColumn<Allocation>[] {
  return [
    { id: 'sequence', header: heads.sequence, value: ({ sequence }) => sequence, align: 'end', widthPx: 80 },
    unitColumns[what],
    { id: 'arm', header: heads.arm, value: ({ arm }) => arm, widthPx: 150, grow: 1 },
    { id: 'stratum', header: heads.stratum, value: ({ stratum }) => stratumWords(stratum), widthPx: 140, grow: 1 },
    { id: 'block', header: heads.block, value: ({ block }) => block, align: 'end', widthPx: 80 },
    { id: 'draw', header: heads.draw, value: ({ draw }) => draw, align: 'end', widthPx: 76 },
    { id: 'at', header: heads.at, value: ({ at }) => at, cell: ({ at }) => formatInstant(at), widthPx: 150 },
  ];
}

function countColumns(arms: readonly string[]): readonly TableColumn<StratumCounts>[] {
  return [
    {
      id: 'stratum',
      header: text.stratum,
      value: ({ stratum }) => (stratum === null ? text.all : stratumWords(stratum)),
      widthPx: 160,
      grow: 1,
    },
    ...arms.map((arm, at) => ({
      id: `arm ${arm}`,
      header: arm,
      value: ({ counts }: StratumCounts) => counts[at] ?? 0,
      align: 'end' as const,
      widthPx: 120,
    })),
    { id: 'total', header: text.all, value: ({ total }) => total, align: 'end', widthPx: 90 },
  ];
}

type Props = {
  readonly allocations: readonly Allocation[];
  readonly plan: PilotPlan;
  readonly what: 'people' | 'clusters';
  readonly actions: ReactNode;
};

/** How many are in which arm, by stratum, and everybody by pseudonym. */
export function AllocationTables({ allocations, plan, what, actions }: Props) {
  const arms = useMemo(() => armsToDraw(plan).map(({ arm }) => arm), [plan]);
  const counts = useMemo(() => countsByStratum(allocations, arms), [allocations, arms]);
  const columns = useMemo(() => ({ counts: countColumns(arms), list: listColumns(what) }), [arms, what]);
  return (
    <>
      <Panel title={text.counts} actions={actions}>
        <DataTable
          id="pilot-allocation-counts"
          label={text.counts}
          columns={columns.counts}
          rows={counts}
          rowId={({ stratum }) => stratum ?? 'all strata'}
          showToolbar={false}
          maxHeightPx={320}
        />
      </Panel>
      <Panel title={text.list} note={text.listNote}>
        <DataTable
          id="pilot-allocations"
          label={text.list}
          columns={columns.list}
          rows={allocations}
          rowId={({ sequence }) => String(sequence)}
          maxHeightPx={420}
          nothing={text.nobody}
        />
      </Panel>
    </>
  );
}
