import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PilotTimetableResult } from '#shared/domain/pilot-timetable.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount } from '../../../ui/format.ts';
import { KeyFigures, Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { timetableText as text } from './text.ts';
import { coverageFigures } from './timetable-model.ts';

type Shortfall = PilotTimetableResult['coverage']['shortfalls'][number];

const columns: readonly TableColumn<Shortfall>[] = [
  { id: 'reason', header: text.reason, value: ({ words }) => words, widthPx: 320, grow: 1 },
  {
    id: 'people',
    header: text.count,
    value: ({ people }) => people,
    cell: ({ people }) => (people === null ? text.withheld : formatCount(people)),
    align: 'end',
    widthPx: 230,
  },
];

type Props = { readonly timetable: PilotTimetableResult; readonly result: AnalysisResult };

/** How many people are reached, how near that is to the most, and why some have less than wanted. */
export function CoveragePanel({ timetable, result }: Props) {
  const { shortfalls } = timetable.coverage;
  return (
    <>
      <Panel title={text.reached} actions={<WorkedOut result={asTold(result)} />}>
        <KeyFigures figures={coverageFigures(timetable)} />
      </Panel>
      {shortfalls.length === 0 ? null : (
        <Panel title={text.shortfalls}>
          <DataTable
            id="pilot-timetable-shortfalls"
            label={text.shortfalls}
            columns={columns}
            rows={shortfalls}
            rowId={({ reason }) => reason}
            showToolbar={false}
            maxHeightPx={340}
          />
        </Panel>
      )}
    </>
  );
}

/** Sessions that were given to be checked are hundreds, and on screen beside it. */
function asTold(result: AnalysisResult): AnalysisResult {
  const { check } = result.spec;
  return Array.isArray(check) ? { ...result, spec: { ...result.spec, check: `${check.length} sessions` } } : result;
}
