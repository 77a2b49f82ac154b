import { useMemo } from 'react';
import { dayOfIso } from '#shared/domain/dates.ts';
import { useAnalysis } from '../../bridge/hooks.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { formatCount, formatShare } from '../../ui/format.ts';
import { InWords } from '../../ui/reading.tsx';
import { KeyFigures, Stack } from '../../ui/surface.tsx';
import { CategoryChart } from './category-chart.tsx';
import { loadSpec, type Question, seriesSpec } from './filters.ts';
import { RateChart } from './rate-chart.tsx';
import { readLoad, readSeries } from './results.ts';
import { RunCharts } from './run-charts.tsx';
import { text } from './text.ts';

export function TrendTab({ question }: { readonly question: Question }) {
  const load = useAnalysis('exposure-load', loadSpec(question));
  return (
    <AnalysisGate analysis={load} label={text.running}>
      {(result) => (
        <Stack>
          <LoadFigures result={readLoad(result)} question={question} />
          <RunCharts question={question} />
          <Series question={question} />
          <Categories question={question} load={result} />
          <InWords lines={result.reading} />
        </Stack>
      )}
    </AnalysisGate>
  );
}

type LoadProps = {
  readonly question: Question;
  readonly load: NonNullable<ReturnType<typeof useAnalysis>['query']['data']>;
};

function LoadFigures({
  result,
  question,
}: {
  readonly result: ReturnType<typeof readLoad>;
  readonly question: Question;
}) {
  const spread = result.distribution[String(question.windowDays)];
  const measure = question.scheme === 'count-v1' ? 'exposures' : 'weighted load';
  return (
    <KeyFigures
      figures={[
        { label: 'People in post', value: formatCount(result.people) },
        {
          label: 'Exposures held',
          value: formatCount(result.events),
          note: `${formatCount(result.eventsInPost)} of people in post`,
        },
        {
          label: `Median ${measure}`,
          value: spread ? spread.median.toLocaleString('en-GB', { maximumFractionDigits: 1 }) : '–',
          note: spread
            ? `a person over ${question.windowDays} days; middle half ${spread.q1.toLocaleString('en-GB', { maximumFractionDigits: 1 })} to ${spread.q3.toLocaleString('en-GB', { maximumFractionDigits: 1 })}`
            : 'nobody is in post',
        },
        { label: 'Coverage', value: formatShare(result.coverage), note: 'of exposure rows have a code with a rule' },
      ]}
    />
  );
}

function Series({ question }: { readonly question: Question }) {
  const series = useAnalysis('exposure-series', seriesSpec(question));
  const plain = useAnalysis('exposure-series', seriesSpec(question, 'count-v1'));
  return (
    <AnalysisGate analysis={series} label={text.running}>
      {(result) => (
        <AnalysisGate analysis={plain} label={text.running}>
          {(plainResult) => <RateChart question={question} result={result} plain={readSeries(plainResult)} />}
        </AnalysisGate>
      )}
    </AnalysisGate>
  );
}

/** Totals run from the first day on, so what happened within a window is the difference of two loads. */
function Categories({ question, load }: LoadProps) {
  const days = question.windowDays;
  const windowAgo = useAnalysis('exposure-load', loadSpec(question, { daysEarlier: days }));
  const hasBefore = (dayOfIso(question.asOf) ?? 0) - 2 * days >= (dayOfIso(question.firstDay) ?? 0) - 1;
  const twoAgo = useAnalysis('exposure-load', loadSpec(question, { daysEarlier: 2 * days }), hasBefore);
  const now = useMemo(() => readLoad(load), [load]);
  return (
    <AnalysisGate analysis={windowAgo} label={text.running}>
      {(earlier) => (
        <CategoryChart
          question={question}
          now={now}
          nowResult={load}
          windowAgo={earlier}
          twoWindowsAgo={hasBefore ? (twoAgo.query.data ?? null) : null}
        />
      )}
    </AnalysisGate>
  );
}
