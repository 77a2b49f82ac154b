import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import { ruleWords } from '#shared/charts/run-series.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { type Indicator, type IndicatorPoint, readIndicators } from '../../bridge/indicators.ts';
import { assuranceWords } from '../../ui/assurance.tsx';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatMonth, formatNumber, none } from '../../ui/format.ts';
import { assuranceOf, indicatorValue, latestPoint, targetInWords, variationOf } from '../../ui/indicator-words.ts';
import { InWords } from '../../ui/reading.tsx';
import { EmptyState, type Fact, Facts, Notice, Page, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { Variation } from '../../ui/variation.tsx';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { type Freshness, IndicatorsGate } from './indicators-gate.tsx';
import {
  indicatorFinding,
  indicatorRunSpec,
  isMeasured,
  lacking,
  monthsShown,
  staleExtract,
  usualRange,
  whyNot,
} from './indicators-model.ts';
import { TargetPanel } from './target-panel.tsx';
import { text } from './text.ts';

export function IndicatorPage({ indicatorId }: { readonly indicatorId: string }) {
  return (
    <Page
      title={text.title}
      lead={text.lead}
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/indicators" {...props} />}>
          {text.back}
        </Button>
      }
    >
      <IndicatorsGate>
        {(result, freshness) => <OneOf result={result} freshness={freshness} indicatorId={indicatorId} />}
      </IndicatorsGate>
    </Page>
  );
}

type Props = { readonly result: AnalysisResult; readonly freshness: Freshness };

function OneOf({ indicatorId, result, freshness }: Props & { readonly indicatorId: string }) {
  const indicator = useMemo(() => readIndicators(result).find(({ id }) => id === indicatorId), [result, indicatorId]);
  if (!indicator) {
    return (
      <Panel>
        <EmptyState icon="question" title={text.unknownTitle} text={text.unknownText} />
      </Panel>
    );
  }
  return (
    <Stack>
      <Standing indicator={indicator} freshness={freshness} />
      {isMeasured(indicator) ? <RunPanel indicator={indicator} result={result} /> : null}
      <TargetPanel indicator={indicator} />
      <OwnWords indicator={indicator} result={result} />
      <DefinitionPanel indicator={indicator} />
    </Stack>
  );
}

/** Where it stands now, or what it lacks. */
function Standing({ indicator, freshness }: { readonly indicator: Indicator; readonly freshness: Freshness }) {
  const { definition, chart } = indicator;
  const latest = latestPoint(indicator);
  const stale = latest === null ? null : staleExtract(indicator, freshness);
  const labels = lacking(indicator, freshness);
  return (
    <Panel title={definition.title} note={definition.question}>
      <Stack>
        {latest === null ? (
          <Notice {...(labels.length > 0 ? { title: text.needs(labels) } : {})}>
            <p>{whyNot(indicator)}</p>
          </Notice>
        ) : (
          <Facts facts={standingFacts(indicator, latest)} />
        )}
        {stale === null ? null : (
          <Notice tone="warn">
            <p>{text.stale(stale.label, stale.to)}</p>
          </Notice>
        )}
        {chart.warnings.map((warning) => (
          <Notice key={warning} tone="warn">
            <p>{warning}</p>
          </Notice>
        ))}
      </Stack>
    </Panel>
  );
}

function standingFacts(indicator: Indicator, latest: IndicatorPoint): readonly Fact[] {
  const { definition } = indicator;
  const unit = definition.kind === 'rate' ? ` ${definition.unit}` : '';
  const value = latest.value === null ? none : `${indicatorValue(definition, latest.value)}${unit}`;
  const { target } = indicator;
  const standing =
    target === null
      ? text.noTarget
      : `${targetInWords(definition, target.value)}: ${assuranceWords(assuranceOf(indicator)).toLowerCase()}`;
  return [
    { term: formatMonth(latest.month), value: <strong>{value}</strong> },
    { term: 'Out of', value: latest.denominator === null ? none : formatCount(latest.denominator) },
    { term: 'Usual range', value: usualRange(indicator) ?? none },
    { term: 'How it varies', value: <Variation state={variationOf(indicator)} /> },
    { term: 'Target', value: standing },
    { term: 'With a value', value: monthsShown(indicator) },
  ];
}

function RunPanel({ indicator, result }: { readonly indicator: Indicator; readonly result: AnalysisResult }) {
  const spec = useMemo(() => indicatorRunSpec(indicator), [indicator]);
  const option = useMemo(() => specOption(spec), [spec]);
  const columns = useMemo(() => pointColumns(indicator), [indicator]);
  const { definition, chart } = indicator;
  const withheld = chart.points.filter(({ state }) => state === 'withheld').length;
  const title = indicatorFinding(indicator);
  return (
    <ChartPanel
      copyable={false}
      id="indicator-run"
      title={title}
      note={`${text.chartNote}${withheld > 0 ? text.withheldNote(withheld, definition.threshold) : ''}`}
      description={`Run chart of ${definition.title.toLowerCase()} by month with its mean and limits. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={chart.points}
      rowId={(row) => row.month}
      actions={
        <WorkedOut
          result={result}
          numbers={[
            { term: 'Indicator', value: `${indicator.id}, version ${definition.version}` },
            { term: 'Months', value: monthsShown(indicator) },
          ]}
          steps={[
            indicator.howWorkedOut,
            'The mean and the limits come from all months with a value; a month without one is left out, not counted as zero.',
            'Mark months by the four rules of NHS England’s “Making Data Count”.',
          ]}
        />
      }
    />
  );
}

function pointColumns({ definition }: Indicator): readonly TableColumn<IndicatorPoint>[] {
  const number = (
    id: 'numerator' | 'denominator' | 'value' | 'lower' | 'upper',
    header: string,
    show: (value: number) => string,
  ): TableColumn<IndicatorPoint> => ({
    id,
    header,
    value: (row) => row[id],
    cell: (row) => {
      const value = row[id];
      return value === null ? none : show(value);
    },
    align: 'end',
    widthPx: 120,
  });
  const one = (value: number) => formatNumber(value, 1);
  const shown = (value: number) => indicatorValue(definition, value);
  return [
    { id: 'month', header: 'Month', value: (row) => row.month, cell: (row) => formatMonth(row.month), widthPx: 100 },
    number('value', 'Value', shown),
    number('numerator', 'Counted', formatCount),
    number('denominator', 'Out of', formatCount),
    number('lower', 'Lower limit', one),
    number('upper', 'Upper limit', one),
    {
      id: 'signal',
      header: 'Signal, or why no value',
      value: (row) => row.reason ?? ruleWords(row),
      grow: 1,
      widthPx: 260,
    },
  ];
}

/** What is said of this indicator, and what holds for all of them. */
function OwnWords({ indicator, result }: { readonly indicator: Indicator; readonly result: AnalysisResult }) {
  const own = result.reading.filter((line) => line.startsWith(`${indicator.definition.title}: `));
  const limits = result.reading.at(-1);
  return <InWords lines={[...own, ...(limits === undefined ? [] : [limits])]} />;
}

function DefinitionPanel({ indicator }: { readonly indicator: Indicator }) {
  const { definition } = indicator;
  return (
    <Panel title={text.definition}>
      <Facts
        facts={[
          { term: definition.kind === 'median' ? 'Median of' : 'Counted', value: definition.numerator },
          { term: definition.kind === 'median' ? 'Over' : 'Out of', value: definition.denominator },
          { term: 'Window', value: definition.window },
          { term: 'Unit', value: definition.unit },
          { term: 'Better', value: text.better[definition.better] },
          { term: 'Small numbers', value: `counts of people above 0 and below ${definition.threshold} are withheld` },
          { term: 'Owner', value: definition.owner },
          { term: 'Source', value: definition.source },
          { term: 'Version', value: String(definition.version) },
        ]}
      />
    </Panel>
  );
}
