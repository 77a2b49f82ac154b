import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { forestOfSynthesis } from '#shared/charts/evidence-charts.ts';
import type { MetaForestSpec } from '#shared/charts/evidence-specs.ts';
import type { SummarisedOutcome } from '#shared/contract/evidence-studies.ts';
import type { ReviewSynthesis } from '#shared/domain/evidence/synthesis.ts';
import { ChartPanel } from '../../../ui/chart-panel.tsx';
import { specOption } from '../../../ui/charts/spec-chart.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatNumber } from '../../../ui/format.ts';
import { ReadingPanel } from '../../../ui/reading.tsx';
import { Facts, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { RateDialog } from './rate-dialog.tsx';
import { findingsText as text } from './text.ts';

type ForestRow = MetaForestSpec['rows'][number];
type Domain = SummarisedOutcome['rated']['domains'][number];

const forestColumns: readonly TableColumn<ForestRow>[] = [
  { id: 'label', header: text.rowColumns.label, value: ({ label }) => label, grow: 2, widthPx: 240 },
  { id: 'effect', header: text.rowColumns.effect, value: (row) => row.text, grow: 1, widthPx: 180 },
  {
    id: 'weight',
    header: text.rowColumns.weight,
    value: ({ weight }) => weight,
    cell: ({ weight }) => (weight === null ? '' : formatNumber(weight, 1)),
    align: 'end',
    widthPx: 100,
  },
];

const heads = text.domainColumns;
const domainColumns: readonly TableColumn<Domain>[] = [
  { id: 'domain', header: heads.domain, value: ({ domain }) => domain, widthPx: 160 },
  {
    id: 'levels',
    header: heads.levels,
    value: ({ levels }) => levels,
    cell: ({ levels }) => (levels > 0 ? `+${levels}` : formatNumber(levels, 0)),
    align: 'end',
    widthPx: 76,
  },
  { id: 'by', header: heads.by, value: ({ by }) => text.by[by], widthPx: 110 },
  { id: 'words', header: heads.words, value: ({ words }) => words, grow: 1, widthPx: 300 },
];

type Props = { readonly review: string; readonly summarised: SummarisedOutcome };

const rowPx = 30;
const framePx = 120;

/** One outcome: its forest plot, what it says in sentences, and how its certainty came about. */
export function OutcomePanels({ review, summarised }: Props) {
  const { outcome, row, rated, synthesis } = summarised;
  const [isRating, setRating] = useState(false);
  const spec = useMemo(() => forestOfSynthesis(synthesis.result as unknown as ReviewSynthesis), [synthesis]);
  const option = useMemo(() => specOption(spec), [spec]);
  return (
    <Stack>
      <ChartPanel
        id="review-forest"
        title={row.statement}
        note={`${text.forest}: ${outcome.title}`}
        description={text.forestDescribed(outcome.title)}
        heightPx={framePx + rowPx * spec.rows.length}
        option={option}
        columns={forestColumns}
        rows={spec.rows}
        rowId={({ kind, label, text: effect }) => `${kind} ${label} ${effect}`}
        actions={<WorkedOut result={synthesis} />}
        nothing={spec.rows.length === 0 ? text.nothingToDraw : null}
      />
      <ReadingPanel result={synthesis} />
      <Panel
        title={text.certaintyTitle(outcome.title)}
        note={row.certainty === null ? text.notRated : text.certainties[row.certainty]}
        actions={
          <Button variant="default" size="xs" onClick={() => setRating(true)}>
            {text.rate}
          </Button>
        }
      >
        <Stack>
          <Facts facts={[{ term: text.start, value: `${rated.start}: ${rated.startWords}` }]} />
          <DataTable
            id="review-grade"
            label={text.certaintyTitle(outcome.title)}
            columns={domainColumns}
            rows={rated.domains}
            rowId={({ domain }) => domain}
            linesPerRow={2}
            showToolbar={false}
            maxHeightPx={480}
          />
        </Stack>
      </Panel>
      {isRating ? <RateDialog review={review} summarised={summarised} onClose={() => setRating(false)} /> : null}
    </Stack>
  );
}
