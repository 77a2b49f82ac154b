import type { PilotChangeOfArm } from '#shared/domain/pilot-evaluation.ts';
import type { PilotComparison, PilotEvaluationTold } from '#shared/domain/pilot-evaluation-result.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount, formatShare } from '../../../ui/format.ts';
import { Lines } from '../../../ui/reading.tsx';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { armName } from './evaluation-model.ts';
import { resultText as text } from './text.ts';

const heads = text.changeColumns;

type Props = { readonly comparison: PilotComparison; readonly change: PilotEvaluationTold['change'] };

/** Reliable improvement and deterioration, arm by arm. */
export function ChangePanel({ comparison, change }: Props) {
  if ('refused' in change) {
    return (
      <Panel title={text.change}>
        <Notice>
          <p>{change.refused}</p>
        </Notice>
      </Panel>
    );
  }
  const { arms, rule, improvement, deterioration, withheld } = change;
  const risks = [improvement, deterioration].flatMap((risk) => (risk === null ? [] : [risk.words]));
  return (
    <Panel title={text.change} note={rule}>
      <Stack>
        <DataTable
          id="pilot-change"
          label={text.change}
          columns={columnsFor(comparison)}
          rows={arms}
          rowId={({ arm }) => arm}
          showToolbar={false}
          maxHeightPx={160}
        />
        <Lines lines={[...risks, ...withheld]} />
      </Stack>
    </Panel>
  );
}

function columnsFor(comparison: PilotComparison): readonly TableColumn<PilotChangeOfArm>[] {
  const share = (id: 'improved' | 'deteriorated', header: string): TableColumn<PilotChangeOfArm> => ({
    ...{ id, header, align: 'end', widthPx: 170 },
    value: (row) => row[id],
    cell: (row) => {
      const count = row[id];
      return count === null ? text.withheld : `${formatCount(count)} (${formatShare(count / row.n)})`;
    },
  });
  return [
    { id: 'arm', header: heads.arm, value: ({ arm }) => armName(comparison, arm), widthPx: 200, grow: 1 },
    { id: 'n', header: heads.n, value: ({ n }) => n, cell: ({ n }) => formatCount(n), align: 'end', widthPx: 150 },
    share('improved', heads.improved),
    share('deteriorated', heads.deteriorated),
  ];
}
