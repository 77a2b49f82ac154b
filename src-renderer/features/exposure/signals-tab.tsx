import { SegmentedControl, Select } from '@mantine/core';
import { useCallback, useId, useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { useAnalysis, useOperation } from '../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import type { ChartPalette } from '../../ui/charts/palette.ts';
import { stackedMonthsOption } from '../../ui/charts/stacked-months.ts';
import { Filters, Labelled } from '../../ui/filters.tsx';
import { formatMonth, formatShare } from '../../ui/format.ts';
import { InWords } from '../../ui/reading.tsx';
import { KeyFigures, Notice, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import classes from './exposure.module.css';
import type { Question } from './filters.ts';
import { readSignals, type SignalQuestion, type Signals, signalMonths, signalsSpec } from './signals-model.ts';
import { SignalsPeople } from './signals-people.tsx';
import { RulesPanel, UnitsPanel } from './signals-tables.tsx';
import { few, signalsText as text } from './signals-text.ts';

const questionMemory = createMemory<SignalQuestion>({ every: 'week', backDays: 364, scheme: 'count-v1' });

type Props = { readonly question: Question; readonly seesPeople: boolean };

/** Which rules spoke, for whom and when: offers of support. */
export function SignalsTab({ question: { asOf, firstDay }, seesPeople }: Props) {
  const asked = useMemory(questionMemory);
  const spec = useMemo(() => signalsSpec(asked, asOf, firstDay, seesPeople), [asked, asOf, firstDay, seesPeople]);
  const analysis = useAnalysis('signals', spec);
  return (
    <Stack>
      <Controls asked={asked} />
      <AnalysisGate analysis={analysis} label={text.running}>
        {(result) => <Found result={result} asOf={asOf} seesPeople={seesPeople} />}
      </AnalysisGate>
    </Stack>
  );
}

function Controls({ asked }: { readonly asked: SignalQuestion }) {
  const everyLabel = useId();
  const schemes = useOperation('schemes.list', {}).data?.schemes ?? [];
  // Drafts of one’s own answer no analysis until two others have approved them.
  const usable = schemes.filter(({ state, builtIn }) => builtIn || state === 'approved').map(({ scheme }) => scheme);
  const change = (next: Partial<SignalQuestion>) => questionMemory.set((now) => ({ ...now, ...next }));
  return (
    <Filters label={text.controls}>
      <Labelled labelId={everyLabel} label={text.every}>
        <SegmentedControl
          aria-labelledby={everyLabel}
          value={asked.every}
          onChange={(every) => change({ every: every as SignalQuestion['every'] })}
          data={Object.entries(text.everyOptions).map(([value, label]) => ({ value, label }))}
        />
      </Labelled>
      <Select
        label={text.back}
        w={150}
        value={String(asked.backDays)}
        onChange={(days) => days && change({ backDays: Number(days) })}
        data={Object.entries(text.backOptions).map(([value, label]) => ({ value, label }))}
      />
      <Select
        label={text.scheme}
        w={220}
        value={asked.scheme}
        onChange={(scheme) => scheme && change({ scheme })}
        data={usable.includes(asked.scheme) ? usable : [asked.scheme, ...usable]}
      />
      <p className={classes.dim} style={{ flex: '1 1 260px', margin: 0, fontSize: '0.8125rem' }}>
        {text.lastLook}
      </p>
    </Filters>
  );
}

type FoundProps = { readonly result: AnalysisResult; readonly asOf: string; readonly seesPeople: boolean };

function Found({ result, asOf, seesPeople }: FoundProps) {
  const signals = useMemo(() => readSignals(result), [result]);
  const { total, people, peopleStanding, coverage, cooldownDays, clearAfterDays } = signals;
  return (
    <Stack>
      <Notice title={text.words}>
        {text.wordsText(cooldownDays, clearAfterDays).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Notice>
      {result.warnings.length > 0 ? (
        <Notice tone="warn">
          {result.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      ) : null}
      <KeyFigures
        figures={[
          { label: text.standing, value: few(peopleStanding), note: text.standingNote(people) },
          { label: text.raised, value: few(total.signals), note: text.raisedNote(few(total.new), few(total.again)) },
          { label: text.joined, value: few(total.joined), note: text.joinedNote },
          { label: text.coverage, value: formatShare(coverage), note: text.coverageNote },
        ]}
      />
      <MonthsPanel signals={signals} result={result} />
      <RulesPanel rules={signals.rules} />
      <UnitsPanel units={signals.units} />
      {seesPeople ? <SignalsPeople lines={signals.rows} asOf={asOf} /> : null}
      <InWords lines={result.reading} />
    </Stack>
  );
}

type MonthLine = { readonly month: string; readonly counts: readonly number[] };

function MonthsPanel({ signals, result }: { readonly signals: Signals; readonly result: AnalysisResult }) {
  const drawn = useMemo(() => signalMonths(signals), [signals]);
  const option = useCallback(
    (palette: ChartPalette) =>
      stackedMonthsOption({ labels: drawn.months.map(formatMonth), series: drawn.series }, palette),
    [drawn],
  );
  const lines = useMemo<readonly MonthLine[]>(
    () => drawn.months.map((month, at) => ({ month, counts: drawn.series.map(({ values }) => values[at] ?? 0) })),
    [drawn],
  );
  const columns = useMemo<readonly TableColumn<MonthLine>[]>(
    () => [
      { id: 'month', header: text.month, value: (row) => row.month, cell: (row) => formatMonth(row.month), grow: 1 },
      ...drawn.series.map(
        ({ name }, at): TableColumn<MonthLine> => ({
          id: name,
          header: name,
          value: (row) => row.counts[at] ?? 0,
          cell: (row) => few(row.counts[at] ?? 0),
          align: 'end',
          widthPx: 180,
        }),
      ),
    ],
    [drawn],
  );
  const [first, last] = [signals.looks[0]?.day ?? '', signals.looks.at(-1)?.day ?? ''];
  const title = text.chartTitle(signals.total.signals, signals.peopleWithSignals, first, last);
  return (
    <ChartPanel
      id="signals-months"
      title={title}
      note={text.chartNote}
      description={`Bars of signals by month and rule. ${title}. The table behind the chart has every value.`}
      heightPx={280}
      option={option}
      columns={columns}
      rows={lines}
      rowId={(row) => row.month}
      copyable={false}
      actions={
        <WorkedOut
          result={result}
          steps={[
            'The rules of the scheme are looked at on every day named, for people in post on it; single events are found on every day since the look before.',
            'A rule over a window is raised unless it was raised less than the cool-down ago; the look then joins that signal.',
            'A rule that comes back before it has cleared is said again, not anew.',
          ]}
        />
      }
    />
  );
}
