import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { OutputOf } from '#shared/contract/index.ts';
import { auditWords } from '#shared/domain/audit-words.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatInstant, none } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { text } from './text.ts';

type Change = OutputOf<'work.changes'>['changes'][number];

/** Where the changes of a family of actions are looked at. */
const places = {
  import: '/data',
  codes: '/data/codes',
  scheme: '/data/schemes',
  earlyWarning: '/early-warning',
  target: '/indicators',
  release: '/reports',
  case: '/cases',
  user: '/administration',
  vault: '/administration',
} as const;

function placeOf(action: string): (typeof places)[keyof typeof places] | null {
  const family = action.split('.')[0] ?? '';
  return family in places ? places[family as keyof typeof places] : null;
}

const columns: readonly TableColumn<Change>[] = [
  {
    id: 'what',
    header: 'What was done',
    value: (row) => auditWords(row.action, row.kind),
    cell: (row) => {
      const words = auditWords(row.action, row.kind);
      const place = placeOf(row.action);
      if (place === null) return words;
      return (
        <Anchor size="sm" c="inherit" underline="always" renderRoot={(props) => <Link to={place} {...props} />}>
          {words}
        </Anchor>
      );
    },
    grow: 1,
  },
  { id: 'times', header: 'Times', value: (row) => row.times, cell: (row) => formatCount(row.times), align: 'end' },
  {
    id: 'rows',
    header: 'Rows',
    value: (row) => row.rows,
    cell: (row) => (row.rows === null ? none : formatCount(row.rows)),
    align: 'end',
    widthPx: 110,
  },
  {
    id: 'latest',
    header: 'Latest',
    value: (row) => row.latest,
    cell: (row) => formatInstant(row.latest),
    widthPx: 160,
  },
];

/** What was done since the user was last here; nothing in their first session. */
export function ChangesPanel() {
  const { data } = useOperation('work.changes', {}, { fresh: true });
  if (!data || data.since === null) return null;
  const since = formatInstant(data.since);
  if (data.changes.length === 0) return <Panel title={text.unchanged(since)}>{text.unchangedNote}</Panel>;
  return (
    <Panel title={text.changed(since)}>
      <DataTable
        id="overview-changes"
        label={text.changed(since)}
        columns={columns}
        rows={data.changes}
        rowId={(row) => `${row.action} ${row.kind ?? ''}`}
        showToolbar={false}
      />
    </Panel>
  );
}
