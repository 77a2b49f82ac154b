import { useMemo } from 'react';
import type { PilotMissing, PilotMissingPattern } from '#shared/domain/pilot-evaluation.ts';
import type { PilotComparison, PilotEvaluationTold } from '#shared/domain/pilot-evaluation-result.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Notice, Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { EstimateChart } from './estimate-chart.tsx';
import { armName, estimateRow } from './evaluation-model.ts';
import { resultText as text } from './text.ts';

type Props = {
  readonly comparison: PilotComparison;
  readonly missing: PilotEvaluationTold['missing'];
  readonly measure: string;
};

/** Who is missing what, and what the finding would be if missing scores were worse. */
export function MissingPanel({ comparison, missing, measure }: Props) {
  if ('refused' in missing) {
    return (
      <Panel title={text.missing}>
        <Notice>
          <p>{missing.refused}</p>
        </Notice>
      </Panel>
    );
  }
  return (
    <>
      {missing.deltas.length === 0 ? (
        <Panel title={text.missing}>
          <p>{missing.words}</p>
        </Panel>
      ) : (
        <Deltas missing={missing} measure={measure} />
      )}
      <PatternsPanel comparison={comparison} patterns={missing.patterns} />
    </>
  );
}

function Deltas({ missing, measure }: { readonly missing: PilotMissing; readonly measure: string }) {
  const { deltas, words } = missing;
  const rows = useMemo(
    () => deltas.map(({ delta, missingOf, found }) => estimateRow(text.delta(delta, missingOf), found)),
    [deltas],
  );
  return (
    <EstimateChart
      id="pilot-missing"
      title={text.missing}
      note={`${text.missingNote} ${words}`}
      {...{ rows, measure }}
    />
  );
}

type PatternsProps = {
  readonly comparison: PilotComparison;
  readonly patterns: readonly PilotMissingPattern[];
};

function PatternsPanel({ comparison, patterns }: PatternsProps) {
  const heads = text.patternColumns;
  if (patterns.every(({ people }) => people === null)) {
    return (
      <Panel title={text.patterns}>
        <Notice>
          <p>{text.patternsWithheld}</p>
        </Notice>
      </Panel>
    );
  }
  const columns: readonly TableColumn<PilotMissingPattern>[] = [
    { id: 'arm', header: heads.arm, value: ({ arm }) => armName(comparison, arm), widthPx: 180, grow: 1 },
    {
      ...{ id: 'answered', header: heads.answered, widthPx: 260, grow: 2 },
      value: ({ answered }) => (answered.length === 0 ? text.never : answered.join(', ')),
    },
    {
      ...{ id: 'people', header: heads.people, align: 'end', widthPx: 110 },
      value: ({ people }) => people,
      cell: ({ people }) => (people === null ? text.withheld : formatCount(people)),
    },
  ];
  return (
    <Panel title={text.patterns} note={text.patternsNote}>
      <DataTable
        id="pilot-patterns"
        label={text.patterns}
        columns={columns}
        rows={patterns}
        rowId={({ arm, answered }) => `${arm} ${answered.join(' ')}`}
        showToolbar={false}
        maxHeightPx={280}
      />
    </Panel>
  );
}
