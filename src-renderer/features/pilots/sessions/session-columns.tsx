import type { FidelityCluster, FidelityWeek } from '#shared/domain/pilot-fidelity.ts';
import { formatCount, formatDate, formatMean, formatShare, none } from '../../../ui/format.ts';
import type { TableColumn } from '../../../ui/table-model.ts';
import { sessionText } from './text.ts';

const heads = sessionText.columns;

function figure<Row>(
  id: string,
  header: string,
  read: (row: Row) => number | null,
  format: (value: number) => string = formatCount,
): TableColumn<Row> {
  return {
    id,
    header,
    value: read,
    cell: (row) => {
      const value = read(row);
      return value === null ? none : format(value);
    },
    align: 'end',
    widthPx: 104,
  };
}

export const clusterColumns: readonly TableColumn<FidelityCluster>[] = [
  { id: 'cluster', header: heads.cluster, value: ({ cluster }) => cluster, widthPx: 140, grow: 1 },
  figure('people', heads.people, ({ people }) => people),
  figure('none', heads.none, ({ byDose }) => byDose.none),
  figure('part', heads.part, ({ byDose }) => byDose.part),
  figure('enough', heads.enough, ({ byDose }) => byDose.enough),
  { ...figure<FidelityCluster>('sessions', heads.sessions, (row) => row.sessionsEach, formatMean), widthPx: 142 },
  { ...figure<FidelityCluster>('minutes', heads.minutes, (row) => row.minutesEach, formatMean), widthPx: 136 },
  { ...figure<FidelityCluster>('within', heads.withinShift, (row) => row.withinShift, formatShare), widthPx: 126 },
  figure('planned', heads.planned, ({ planned }) => planned),
  figure('held', heads.held, ({ held }) => held),
  { ...figure<FidelityCluster>('checklist', heads.checklist, (row) => row.checklist, formatMean), hidden: true },
];

export const weekColumns: readonly TableColumn<FidelityWeek>[] = [
  {
    id: 'from',
    header: heads.week,
    value: ({ from }) => from,
    cell: ({ from }) => formatDate(from),
    widthPx: 140,
    grow: 1,
  },
  figure('planned', heads.planned, ({ planned }) => planned),
  figure('held', heads.held, ({ held }) => held),
  { ...figure<FidelityWeek>('people', heads.came, ({ people }) => people), widthPx: 150 },
];

type DoseRow = { readonly label: string; readonly people: number | null };

export const doseColumns: readonly TableColumn<DoseRow>[] = [
  { id: 'dose', header: sessionText.dose, value: ({ label }) => label, widthPx: 160, grow: 1 },
  figure('people', heads.people, ({ people }) => people),
];
