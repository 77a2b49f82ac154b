import { type ReactNode, useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { errorOf } from '../../bridge/client.ts';
import { type Analysis, useAnalysis, useOperation } from '../../bridge/hooks.ts';
import { useMemory } from '../../bridge/memory.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { formatCount, formatShare } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { BearInMind, InWords } from '../../ui/reading.tsx';
import { Columns, EmptyState, KeyFigures, Notice, Panel, Stack } from '../../ui/surface.tsx';
import { DoseCurve, DoseWindows } from './dose-charts.tsx';
import { DoseForm } from './dose-form.tsx';
import { doseMemory, doseQuestion, effectWords, type FilledDose, fillDose, gridOf, unitWords } from './dose-model.ts';
import { DoseSchemes, DoseWho } from './dose-panels.tsx';
import { type DoseResult, readDose } from './dose-results.ts';
import { doseText } from './dose-text.ts';
import type { Question } from './filters.ts';

/** How a later score goes with the exposure before it. */
export function DoseTab({ question }: { readonly question: Question }) {
  const held = useOperation('instruments.held', {});
  const choices = useMemory(doseMemory);
  return (
    <QueryGate query={held}>
      {({ instruments }) => {
        const filled = fillDose(choices, instruments);
        if (filled === null) {
          return (
            <Panel>
              <EmptyState icon="exposure" title={doseText.noneTitle} text={doseText.noneText} />
            </Panel>
          );
        }
        return (
          <Stack>
            <DoseForm held={instruments} filled={filled} />
            <Range question={question} filled={filled} />
          </Stack>
        );
      }}
    </QueryGate>
  );
}

type AskedProps = { readonly question: Question; readonly filled: FilledDose };

/** A first answer says how far exposures reach; the second tells the curve in even steps up to there. */
function Range({ question, filled }: AskedProps) {
  const range = useAnalysis('exposure-outcome', doseQuestion(question, filled, null));
  return (
    <DoseGate analysis={range}>
      {(result) => <Curve question={question} filled={filled} range={readDose(result)} />}
    </DoseGate>
  );
}

function Curve({ question, filled, range }: AskedProps & { readonly range: DoseResult }) {
  const grid = gridOf(range, question.scheme === 'count-v1');
  const curve = useAnalysis('exposure-outcome', doseQuestion(question, filled, grid));
  return <DoseGate analysis={curve}>{(result) => <Answer question={question} result={result} />}</DoseGate>;
}

type GateProps = {
  readonly analysis: Analysis;
  readonly children: (result: AnalysisResult) => ReactNode;
};

/** Too few screenings is no fault: it is said calmly, with what to do. */
function DoseGate({ analysis, children }: GateProps) {
  const { query } = analysis;
  const error = query.isError ? errorOf(query.error) : null;
  if (error?.code === 'REFUSED_MODEL') {
    return (
      <Panel>
        <EmptyState icon="exposure" title={doseText.refusedTitle} text={`${error.message} ${doseText.refusedAction}`} />
      </Panel>
    );
  }
  return (
    <AnalysisGate analysis={analysis} label={doseText.running}>
      {children}
    </AnalysisGate>
  );
}

type AnswerProps = { readonly question: Question; readonly result: AnalysisResult };

function Answer({ question, result }: AnswerProps) {
  const dose = useMemo(() => readDose(result), [result]);
  return (
    <Stack>
      <Figures question={question} dose={dose} result={result} />
      <Notice title={doseText.causeTitle}>
        <p>{doseText.cause}</p>
      </Notice>
      <DoseCurve question={question} result={result} dose={dose} />
      <DoseWindows question={question} dose={dose} />
      <Columns>
        <DoseWho dose={dose} />
        <DoseSchemes dose={dose} />
      </Columns>
      <BearInMind warnings={result.warnings} />
      <InWords lines={result.reading} />
    </Stack>
  );
}

function Figures({ question, dose, result }: AnswerProps & { readonly dose: DoseResult }) {
  const { slope, measure, pairs, people, exposure } = dose;
  const [estimate, interval] = effectWords(slope).split(' (');
  return (
    <KeyFigures
      figures={[
        {
          label: `One ${unitWords(question)} more`,
          value: `${measure === 'odds ratio' ? '×' : ''}${estimate ?? ''}`,
          note: `${measure === 'odds ratio' ? 'odds of a case' : 'points'}; ${(interval ?? '').replace(')', '')}`,
        },
        {
          label: 'Pairs of screenings',
          value: formatCount(pairs),
          note: `of ${formatCount(people)} people`,
        },
        {
          label: 'Median exposure',
          value: exposure.median.toLocaleString('en-GB', { maximumFractionDigits: 1 }),
          note: `a quarter met ${exposure.q3.toLocaleString('en-GB', { maximumFractionDigits: 1 })} or more`,
        },
        {
          label: 'Coverage',
          value: formatShare(result.provenance.coverage),
          note: 'of exposure rows have a code with a rule',
        },
      ]}
    />
  );
}
