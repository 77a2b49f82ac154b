import type { ReviewerAgreement } from '#shared/contract/review-screening.ts';
import type { ScreeningStage } from '#shared/domain/review.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatNumber, formatShare } from '../../../ui/format.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { BearInMind } from '../../../ui/reading.tsx';
import { Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { text as evidenceText } from '../text.ts';
import { agreementText as text } from './text.ts';

const heads = text.columns;
type Interval = ReviewerAgreement['agreed'];

function spelled(interval: Interval, write: (value: number) => string, without: string): string {
  if (interval === null) return without;
  return `${write(interval.estimate)} (${write(interval.low)} to ${write(interval.high)})`;
}

const twoDecimals = (value: number): string => formatNumber(value, 2);

function count(id: keyof ReviewerAgreement['table']): TableColumn<ReviewerAgreement> {
  return { id, header: heads[id], value: ({ table }) => table[id], align: 'end', widthPx: 82 };
}

const columns: readonly TableColumn<ReviewerAgreement>[] = [
  { id: 'pair', header: heads.pair, value: ({ first, second }) => `${first} and ${second}`, grow: 1, widthPx: 120 },
  { id: 'n', header: heads.n, value: ({ n }) => n, align: 'end', widthPx: 80 },
  count('bothKeep'),
  count('firstKeeps'),
  count('secondKeeps'),
  count('bothExclude'),
  {
    id: 'agreed',
    header: heads.agreed,
    value: ({ agreed }) => agreed?.estimate ?? null,
    cell: ({ agreed }) => spelled(agreed, formatShare, text.none),
    widthPx: 166,
  },
  {
    id: 'kappa',
    header: heads.kappa,
    value: ({ kappa }) => kappa?.estimate ?? null,
    cell: ({ kappa }) => spelled(kappa, twoDecimals, text.noKappa),
    widthPx: 144,
  },
  {
    id: 'ac1',
    header: heads.ac1,
    value: ({ ac1 }) => ac1?.estimate ?? null,
    cell: ({ ac1 }) => spelled(ac1, twoDecimals, text.none),
    widthPx: 144,
  },
];

type Props = { readonly review: string; readonly stage: ScreeningStage };

/** How far reviewers agree at a stage. */
export function AgreementPanel({ review, stage }: Props) {
  const agreement = useOperation('reviews.agreement', { review, stage });
  const title = text.title(evidenceText.stages[stage]);
  return (
    <Panel title={title} note={text.note}>
      <QueryGate query={agreement} heightPx={80}>
        {({ pairs, warnings }) => (
          <Stack>
            <BearInMind warnings={pairs.length === 0 ? [] : warnings} />
            <DataTable
              id={`review-agreement-${stage}`}
              label={title}
              columns={columns}
              rows={pairs}
              rowId={({ first, second }) => `${first} ${second}`}
              showToolbar={false}
              nothing={text.nothing}
              maxHeightPx={240}
            />
          </Stack>
        )}
      </QueryGate>
    </Panel>
  );
}
