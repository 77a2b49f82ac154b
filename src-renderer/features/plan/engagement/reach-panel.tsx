import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { GroupReach, Reach } from '#shared/domain/engagement-result.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount, formatNumber, formatShare, none } from '../../../ui/format.ts';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { engagementText as text } from './text.ts';

type Props = { readonly reach: readonly Reach[]; readonly minimum: number; readonly worked: ReactNode };

/** Those who answered by a grouping, beside the workforce; a group that is few says so in words. */
export function ReachPanel({ reach, minimum, worked }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const columns = useMemo(() => columnsFor(minimum), [minimum]);
  const open = reach.find(({ by }) => by === chosen) ?? reach[0];
  if (!open) return <Panel title={text.reach}>{text.reachNone}</Panel>;
  return (
    <Panel
      title={findingOf(open)}
      note={text.reachNote}
      actions={
        <>
          {worked}
          <SegmentedControl
            size="xs"
            aria-label={text.reach}
            value={open.by}
            onChange={setChosen}
            data={reach.map(({ by }) => ({ value: by, label: text.groupings[by] }))}
          />
        </>
      }
    >
      <DataTable
        id="plan-reach"
        label={text.reach}
        columns={columns}
        rows={open.groups}
        rowId={({ group }) => group}
        sortBy={{ id: 'ratio', desc: false }}
        showToolbar={false}
      />
    </Panel>
  );
}

function findingOf({ groups }: Reach): string {
  const missed = groups.flatMap(({ group, ratio }) => (ratio !== null && ratio.high < 1 ? [{ group, ratio }] : []));
  missed.sort((a, b) => a.ratio.estimate - b.ratio.estimate);
  const first = missed[0];
  return first ? text.reachFinding(first.group, formatShare(first.ratio.estimate)) : text.reachFine;
}

function columnsFor(minimum: number): readonly TableColumn<GroupReach>[] {
  const heads = text.heads;
  const column = (
    id: string,
    header: string,
    read: (row: GroupReach) => number | null,
    show: (value: number) => string,
    widthPx = 92,
  ): TableColumn<GroupReach> => ({
    id,
    header,
    value: read,
    cell: (row) => {
      if (row.reason !== null) return id === 'invited' ? text.few(minimum) : none;
      const value = read(row);
      return value === null ? none : show(value);
    },
    align: 'end',
    widthPx,
  });
  const two = (value: number) => formatNumber(value, 2);
  return [
    { id: 'group', header: heads.group, value: ({ group }) => group, widthPx: 120, grow: 1 },
    column('invited', heads.invited, ({ invited }) => invited, formatCount, 160),
    column('responded', heads.responded, ({ responded }) => responded, formatCount, 84),
    column('rate', heads.rate, ({ rate }) => rate?.share ?? null, formatShare, 70),
    column('ofRespondents', heads.ofRespondents, ({ ofRespondents }) => ofRespondents, formatShare, 112),
    column('ofWorkforce', heads.ofWorkforce, ({ ofWorkforce }) => ofWorkforce, formatShare, 108),
    column('ratio', heads.ratio, ({ ratio }) => ratio?.estimate ?? null, two, 64),
    {
      id: 'interval',
      header: heads.interval,
      value: ({ ratio }) => ratio?.low ?? null,
      cell: ({ ratio }) => (ratio === null ? none : `${two(ratio.low)} to ${two(ratio.high)}`),
      align: 'end',
      widthPx: 108,
    },
    column('difference', heads.difference, ({ difference }) => difference, two, 92),
  ];
}
