import { type ReactNode, useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatNumber, formatShare, none } from '../../ui/format.ts';
import { KeyFigures, Notice, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { type Comparison, type MovedPerson, readComparison } from './comparison.ts';
import classes from './schemes.module.css';
import { fewOr, text } from './text.ts';

type BandRow = { readonly band: string; readonly counts: readonly number[] };
type RoleRow = Comparison['roles'][number];
type RuleRow = Comparison['signals']['rules'][number];

function bandColumns({ schemes, bands }: Comparison): readonly TableColumn<BandRow>[] {
  const [first, second] = schemes.map(({ scheme }) => scheme);
  return [
    { id: 'band', header: `By ${first}`, value: (row) => row.band, grow: 1, widthPx: 140, sortable: false },
    ...bands.map(
      (band, at): TableColumn<BandRow> => ({
        id: band,
        header: `${band.charAt(0).toUpperCase()}${band.slice(1)}, by ${second}`,
        value: (row) => row.counts[at] ?? 0,
        cell: (row) => fewOr(row.counts[at] ?? 0),
        align: 'end',
        widthPx: 170,
        sortable: false,
      }),
    ),
  ];
}

const roleColumns: readonly TableColumn<RoleRow>[] = [
  { id: 'role', header: 'Role', value: (row) => row.role, grow: 1, widthPx: 140 },
  { id: 'inPost', header: 'In post', value: (row) => row.inPost, align: 'end', widthPx: 90 },
  {
    id: 'ranks',
    header: 'Rank correlation',
    value: (row) => row.rankCorrelation?.estimate ?? null,
    cell: (row) => (row.rankCorrelation === null ? none : formatNumber(row.rankCorrelation.estimate, 3)),
    align: 'end',
    widthPx: 130,
  },
  {
    id: 'higher',
    header: 'Higher third',
    value: (row) => row.higher,
    cell: (row) => fewOr(row.higher),
    align: 'end',
    widthPx: 110,
  },
  {
    id: 'lower',
    header: 'Lower third',
    value: (row) => row.lower,
    cell: (row) => fewOr(row.lower),
    align: 'end',
    widthPx: 110,
  },
];

const ruleColumns: readonly TableColumn<RuleRow>[] = [
  { id: 'scheme', header: text.scheme, value: (row) => row.scheme, widthPx: 140 },
  { id: 'rule', header: 'Rule', value: (row) => row.words, grow: 1, widthPx: 220 },
  {
    id: 'people',
    header: 'People',
    value: (row) => row.people,
    cell: (row) => fewOr(row.people),
    align: 'end',
    widthPx: 100,
  },
];

const peopleColumns: readonly TableColumn<MovedPerson>[] = [
  {
    id: 'person',
    header: 'Pseudonym',
    value: (row) => row.person,
    cell: (row) => <code>{row.person}</code>,
    widthPx: 150,
  },
  { id: 'unit', header: 'Unit', value: (row) => row.unit, grow: 1, widthPx: 120 },
  { id: 'role', header: 'Role', value: (row) => row.role, grow: 1, widthPx: 120 },
  { id: 'bandFirst', header: 'From', value: (row) => row.bandFirst, widthPx: 120 },
  { id: 'bandSecond', header: 'To', value: (row) => row.bandSecond, widthPx: 120 },
  {
    id: 'first',
    header: 'Load, first',
    value: (row) => row.first,
    cell: (row) => formatNumber(row.first, 2),
    align: 'end',
    widthPx: 90,
  },
  {
    id: 'second',
    header: 'Load, second',
    value: (row) => row.second,
    cell: (row) => formatNumber(row.second, 2),
    align: 'end',
    widthPx: 100,
  },
];

/** What two schemes agree on, and who would move. */
export function ComparisonResult({ result }: { readonly result: AnalysisResult }) {
  const comparison = useMemo(() => readComparison(result), [result]);
  const { people, rankCorrelation, bands, byBand, moved, roles, signals, coverage, rows } = comparison;
  const interval =
    rankCorrelation?.low === null || rankCorrelation?.low === undefined
      ? 'Spearman’s, of the decayed loads'
      : `95% interval ${formatNumber(rankCorrelation.low, 3)} to ${formatNumber(rankCorrelation.high ?? 0, 3)}`;
  return (
    <Stack>
      {result.warnings.length > 0 ? (
        <Notice tone="warn">
          {result.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      ) : null}
      <KeyFigures
        figures={[
          {
            label: 'Rank correlation',
            value: rankCorrelation === null ? none : formatNumber(rankCorrelation.estimate, 3),
            note: interval,
          },
          {
            label: 'In another third',
            value: fewOr(moved.people),
            note: `of ${formatCount(people)} people in post; ${fewOr(moved.higher)} higher, ${fewOr(moved.lower)} lower`,
          },
          {
            label: 'With a signal',
            value: `${fewOr(signals.first)} → ${fewOr(signals.second)}`,
            note: `${fewOr(signals.onlyFirst)} by the first alone, ${fewOr(signals.onlySecond)} by the second alone`,
          },
          { label: 'Coverage', value: formatShare(coverage), note: 'of exposure rows have a code with a rule' },
        ]}
      />
      <Table title={text.bandsTitle} note={text.bandsNote}>
        <DataTable
          id="scheme-bands"
          label={text.bandsTitle}
          columns={bandColumns(comparison)}
          rows={bands.map((band, at) => ({ band, counts: byBand[at] ?? [] }))}
          rowId={(row) => row.band}
          showToolbar={false}
        />
      </Table>
      <Table title={text.rolesTitle}>
        <DataTable
          id="scheme-roles"
          label={text.rolesTitle}
          columns={roleColumns}
          rows={roles}
          rowId={(row) => row.role}
          showToolbar={false}
          maxHeightPx={320}
        />
      </Table>
      <Table title={text.rulesTitle}>
        <DataTable
          id="scheme-rules"
          label={text.rulesTitle}
          columns={ruleColumns}
          rows={signals.rules}
          rowId={(row) => `${row.scheme} ${row.rule}`}
          showToolbar={false}
        />
      </Table>
      {rows.length > 0 ? (
        <Table title={text.movedTitle(rows.length)} note={text.movedNote}>
          <DataTable
            id="scheme-moved"
            label={text.movedTitle(rows.length)}
            columns={peopleColumns}
            rows={rows}
            rowId={(row) => row.person}
            maxHeightPx={420}
          />
        </Table>
      ) : null}
      <ul className={classes.list}>
        {result.reading.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <WorkedOut result={result} numbers={[{ term: 'People in post', value: formatCount(people) }]} />
    </Stack>
  );
}

function Table({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <h3 className={classes.legend}>{title}</h3>
      {note ? <p className={classes.note}>{note}</p> : null}
      {children}
    </div>
  );
}
