import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PilotView } from '#shared/contract/pilots.ts';
import type { PilotEvaluationResult } from '#shared/domain/pilot-evaluation-result.ts';
import { BearInMind, InWords } from '../../../ui/reading.tsx';
import { Notice, Stack } from '../../../ui/surface.tsx';
import { AdverseEventsPanel } from './adverse-events-panel.tsx';
import { ChangePanel } from './change-panel.tsx';
import { EffectPanel } from './effect-panel.tsx';
import { EvaluationGate } from './evaluation-gate.tsx';
import { comparisonName } from './evaluation-model.ts';
import { ExploredPanels } from './explored-panels.tsx';
import { FlowPanel } from './flow-panel.tsx';
import { GuidelinePanel } from './guideline-panel.tsx';
import { MissingPanel } from './missing-panel.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { SecondariesPanel } from './secondaries-panel.tsx';
import { StandardsPanel } from './standards-panel.tsx';
import { resultText as text } from './text.ts';
import { TimePanels } from './time-panels.tsx';

/** What a pilot did, by its locked plan. */
export function ResultsTab({ view }: { readonly view: PilotView }) {
  return (
    <EvaluationGate view={view}>
      {(answer, evaluation) => <Results answer={answer} result={evaluation} />}
    </EvaluationGate>
  );
}

type Props = { readonly answer: AnalysisResult; readonly result: PilotEvaluationResult };

function Results({ answer, result }: Props) {
  const [place, setPlace] = useState(0);
  const { comparisons, recruitment, adverseEvents, guideline } = result;
  const comparison = comparisons[place] ?? comparisons[0];
  if (comparison === undefined) return null;
  const { evaluation } = comparison;
  return (
    <Stack>
      <PlanPanel answer={answer} result={result} />
      <BearInMind warnings={answer.warnings} />
      {comparisons.length > 1 ? (
        <SegmentedControl
          aria-label={text.which}
          value={String(place)}
          onChange={(value) => setPlace(Number(value))}
          data={comparisons.map((one, at) => ({ value: String(at), label: comparisonName(one) }))}
        />
      ) : null}
      {'refused' in evaluation ? (
        <Notice tone="warn" title={text.refusedTitle}>
          <p>{evaluation.refused}</p>
        </Notice>
      ) : (
        <>
          <EffectPanel evaluation={evaluation} />
          <TimePanels evaluation={evaluation} />
          <FlowPanel comparison={comparison} evaluation={evaluation} recruitment={recruitment} />
          <ChangePanel comparison={comparison} change={evaluation.change} />
          <MissingPanel comparison={comparison} missing={evaluation.missing} measure={evaluation.outcome} />
          <SecondariesPanel secondaries={evaluation.secondaries} />
          <ExploredPanels comparison={comparison} evaluation={evaluation} />
        </>
      )}
      <AdverseEventsPanel events={adverseEvents} />
      {'refused' in evaluation ? null : <StandardsPanel evaluation={evaluation} />}
      <GuidelinePanel guideline={guideline} />
      <InWords lines={answer.reading} />
    </Stack>
  );
}
