import type {
  FamilyChildren,
  FamilyDifference,
  FamilyFlowStep,
  FamilyImpactResult,
  FamilyScores,
} from '#shared/domain/family-impact.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Facts, Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { numberColumn, Reasons, safeColumn } from './columns.tsx';
import { text } from './text.ts';

type Props = { readonly families: FamilyImpactResult };

const flowColumns: readonly TableColumn<FamilyFlowStep>[] = [
  { id: 'words', header: 'Step', value: (row) => row.words, grow: 1, widthPx: 320 },
  safeColumn('Households', (row) => row.count),
];

export function FlowPanel({ families }: Props) {
  return (
    <Panel title={text.flowTitle} note={text.flowNote}>
      <Stack>
        <DataTable
          id="families-flow"
          label={text.flowTitle}
          columns={flowColumns}
          rows={families.flow}
          rowId={(row) => row.step}
          showToolbar={false}
        />
        <Reasons what={text.withheldWhat} reasons={families.flow.map(({ withheld }) => withheld)} />
        <Notice title={text.theirsTitle}>
          <p>{text.theirs}</p>
        </Notice>
      </Stack>
    </Panel>
  );
}

const scoreColumns: readonly TableColumn<FamilyScores>[] = [
  { id: 'member', header: 'Who', value: (row) => text.members[row.member], widthPx: 110 },
  { id: 'measure', header: 'Measure', value: (row) => row.measure.name, grow: 1, widthPx: 200 },
  safeColumn('Answered', (row) => row.n),
  numberColumn('mean', 'Mean', (row) => row.mean, 1),
  numberColumn('sd', 'SD', (row) => row.sd, 1),
  {
    id: 'alpha',
    header: 'Alpha',
    value: (row) => row.reliability?.alpha ?? null,
    cell: (row) => reliabilityWords(row),
    grow: 1,
    widthPx: 200,
  },
  numberColumn('omega', 'Omega', (row) => row.reliability?.omegaTotal ?? null, 2),
];

function reliabilityWords({ reliability }: FamilyScores): string {
  if (reliability === null) return text.reliabilityNotGiven;
  const { alpha, alphaLow, alphaHigh } = reliability;
  const interval =
    alphaLow === null || alphaHigh === null ? '' : ` (${formatNumber(alphaLow, 2)} to ${formatNumber(alphaHigh, 2)})`;
  return `${formatNumber(alpha, 2)}${interval}`;
}

export function ScoresPanel({ families }: Props) {
  const { scores } = families;
  return (
    <Panel title={text.scoresTitle} note={text.scoresNote}>
      <DataTable
        id="families-scores"
        label={text.scoresTitle}
        columns={scoreColumns}
        rows={scores}
        rowId={(row) => `${row.member} ${row.measure.instrument} ${row.measure.scale}`}
        copyable={false}
      />
      <Reasons what={text.withheldWhat} reasons={scores.map(({ withheld }) => withheld)} />
      <Reasons
        what={text.reliabilityWhat}
        reasons={scores.map((row) => (row.reliability === null ? (row.reliabilityWithheld ?? row.withheld) : null))}
      />
    </Panel>
  );
}

const differenceColumns: readonly TableColumn<FamilyDifference>[] = [
  { id: 'measure', header: 'Measure', value: (row) => row.measure.name, grow: 1, widthPx: 200 },
  { id: 'kind', header: 'Compared', value: (row) => row.kind, widthPx: 150 },
  numberColumn('n', 'Couples', (row) => row.n, 0),
  safeColumn('Difference', (row) => row.estimate, 2),
  numberColumn('low', 'Low', (row) => row.low, 2),
  numberColumn('high', 'High', (row) => row.high, 2),
];

export function DifferencesPanel({ families }: Props) {
  if (families.differences.length === 0) return null;
  return (
    <Panel title={text.differencesTitle} note={text.differencesNote}>
      <DataTable
        id="families-differences"
        label={text.differencesTitle}
        columns={differenceColumns}
        rows={families.differences}
        rowId={(row) => `${row.measure.instrument} ${row.measure.scale}`}
        copyable={false}
      />
      <Reasons what={text.withheldWhat} reasons={families.differences.map(({ withheld }) => withheld)} />
    </Panel>
  );
}

export function ChildrenPanel({ answers }: { readonly answers: FamilyChildren }) {
  const { measure, households, mean, sd, bands, withheld } = answers;
  const why = withheld ?? text.withheld;
  return (
    <Panel title={text.childrenTitle} note={measure.name}>
      <Facts
        facts={[
          { term: 'Households', value: households === null ? why : formatCount(households) },
          {
            term: 'Mean',
            value: mean === null ? why : `${formatNumber(mean)}${sd === null ? '' : ` (SD ${formatNumber(sd)})`}`,
          },
          ...bands.map((band) => ({
            term: band.band,
            value: band.count === null ? (band.withheld ?? text.withheld) : formatCount(band.count),
          })),
        ]}
      />
    </Panel>
  );
}
