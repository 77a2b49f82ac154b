import type { Count, EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { countWords, estimateWords, numberWords } from '#shared/domain/early-warning-words.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatNumber, formatPeriod } from '../../ui/format.ts';
import { BearInMind, InWords } from '../../ui/reading.tsx';
import { Columns, Facts, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import classes from './early-warning.module.css';
import type { RunProps } from './run-props.ts';
import { text } from './text.ts';
import { Checks } from './verdict.tsx';

type Wave = EarlyWarningResult['waves'][number];
type Term = NonNullable<EarlyWarningResult['model']>['terms'][number];

const waveColumns: readonly TableColumn<Wave>[] = [
  { id: 'wave', header: 'Wave', value: (row) => row.wave, widthPx: 110 },
  {
    id: 'period',
    header: 'Screened',
    value: (row) => row.from,
    cell: (row) => formatPeriod(row.from, row.to),
    grow: 1,
    widthPx: 210,
  },
  count('cases', 'Followed by a case', (row) => row.cases),
  count('nonCases', 'By none', (row) => row.nonCases),
  count('unknown', 'Not known', (row) => row.unknown),
];

function count(id: string, header: string, value: (row: Wave) => Count): TableColumn<Wave> {
  return { id, header, value, cell: (row) => countWords(value(row)), align: 'end', widthPx: 130, counts: true };
}

const termColumns: readonly TableColumn<Term>[] = [
  { id: 'words', header: 'Predictor', value: (row) => row.words, grow: 1, widthPx: 280 },
  { id: 'unit', header: 'Per', value: (row) => row.unit, widthPx: 120 },
  {
    id: 'perDeviation',
    header: 'For a usual difference',
    value: (row) => row.perDeviation,
    cell: (row) => formatNumber(row.perDeviation, 2),
    align: 'end',
    widthPx: 160,
  },
  {
    id: 'coefficient',
    header: 'Per unit',
    value: (row) => row.coefficient,
    cell: (row) => formatNumber(row.coefficient, 3),
    align: 'end',
    widthPx: 100,
  },
  {
    id: 'unpenalised',
    header: 'Before shrinkage (95% interval)',
    value: (row) => row.unpenalised?.estimate ?? null,
    cell: (row) => estimateWords(row.unpenalised, 3),
    align: 'end',
    widthPx: 230,
  },
  {
    id: 'mean',
    header: 'Mean',
    value: (row) => row.mean,
    cell: (row) => formatNumber(row.mean, 2),
    align: 'end',
    widthPx: 90,
    hidden: true,
  },
];

/** Who can be assessed, what the model learned from, and what it looks at. */
export function SummaryTab({ run, result }: RunProps) {
  return (
    <Stack>
      <Checks run={run} result={result} />
      <InWords lines={run.reading} />
      <BearInMind warnings={run.warnings} />
      <Columns>
        <Assessable result={result} />
        <SampleSize result={result} />
      </Columns>
      <Panel title={text.wavesTitle} note={text.wavesNote}>
        <DataTable
          id="early-warning-waves"
          label={text.wavesTitle}
          columns={waveColumns}
          rows={result.waves}
          rowId={(row) => row.wave}
          showToolbar={false}
          nothing="No screening could be followed."
        />
      </Panel>
      <Predictors result={result} />
    </Stack>
  );
}

function Assessable({ result }: Pick<RunProps, 'result'>) {
  const { inPost, assessable, reasons } = result.assessable;
  return (
    <Panel title={text.assessableTitle(assessable, inPost)} note={text.assessableNote}>
      {inPost === 0 ? (
        <p className={classes.plain}>{text.nobodyInPost}</p>
      ) : (
        <Facts
          facts={[
            { term: 'Assessable', value: <Whole value={assessable} /> },
            ...reasons.map(({ words, people }) => ({
              term: `Not assessable: ${words.charAt(0).toLowerCase()}${words.slice(1)}`,
              value: <Whole value={people} />,
            })),
            ...(reasons.length === 0 ? [{ term: 'Not assessable', value: text.everybody }] : []),
          ]}
        />
      )}
    </Panel>
  );
}

/** A count that keeps to one line beside long words. */
function Whole({ value }: { readonly value: Count }) {
  return <span className={classes.whole}>{countWords(value)}</span>;
}

function SampleSize({ result }: Pick<RunProps, 'result'>) {
  const { needed, held, criteria } = result.sampleSize;
  const state = (met: boolean | null): string => (met === null ? 'not judged' : met ? 'met' : 'not met');
  return (
    <Panel title={text.sampleTitle}>
      <Facts
        facts={[
          { term: 'Screenings followed', value: countWords(held) },
          { term: 'Needed', value: needed === null ? 'not assessable' : formatCount(needed) },
          ...criteria.map((criterion) => ({
            term: criterion.words,
            value: `${criterion.needed === null ? 'not assessable' : formatCount(criterion.needed)}: ${state(criterion.met)}`,
          })),
        ]}
      />
    </Panel>
  );
}

function Predictors({ result: { model } }: Pick<RunProps, 'result'>) {
  if (model === null) {
    return (
      <Panel title={text.noModelTitle}>
        <p className={classes.plain}>{text.noModelText}</p>
      </Panel>
    );
  }
  return (
    <Panel title={text.predictorsTitle(model.terms.length)} note={text.predictorsNote}>
      <DataTable
        id="early-warning-predictors"
        label="Predictors"
        columns={termColumns}
        rows={model.terms}
        rowId={(row) => row.code}
        copyable
      />
      <p className={classes.below}>
        {`Intercept ${numberWords(model.intercept, 3)}; shrinkage (lambda) ${numberWords(model.lambda, 4)}; effective parameters ${numberWords(model.effectiveParameters, 1)}.`}
      </p>
    </Panel>
  );
}
