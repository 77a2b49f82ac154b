import type { GuidelineItem, ReportingGuideline } from '#shared/domain/pilot-evaluation-result.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { resultText as text } from './text.ts';

const heads = text.guidelineColumns;

const columns: readonly TableColumn<GuidelineItem>[] = [
  { id: 'item', header: heads.item, value: ({ item }) => Number(item), cell: ({ item }) => item, widthPx: 70 },
  { id: 'asks', header: heads.asks, value: ({ asks }) => asks, widthPx: 300, grow: 2 },
  {
    ...{ id: 'answeredBy', header: heads.answeredBy, widthPx: 190 },
    value: ({ answeredBy }) => text.answeredBy[answeredBy],
  },
  { id: 'where', header: heads.where, value: ({ where }) => where, widthPx: 260, grow: 2 },
];

/** What a report of the pilot has to say, and where each of it is. */
export function GuidelinePanel({ guideline: { name, source, items } }: { readonly guideline: ReportingGuideline }) {
  return (
    <Panel title={text.guideline(name)} note={source}>
      <DataTable
        id="pilot-guideline"
        label={text.guideline(name)}
        columns={columns}
        rows={items}
        rowId={({ item }) => item}
        linesPerRow={2}
        maxHeightPx={420}
      />
    </Panel>
  );
}
