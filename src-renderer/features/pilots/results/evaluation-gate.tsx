import { type ReactNode, useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PilotView } from '#shared/contract/pilots.ts';
import type { PilotEvaluationResult } from '#shared/domain/pilot-evaluation-result.ts';
import { useAnalysis } from '../../../bridge/hooks.ts';
import { AnalysisGate } from '../../../ui/analysis-gate.tsx';
import { EmptyState, Panel } from '../../../ui/surface.tsx';
import { readPilotEvaluation } from './evaluation-model.ts';
import { resultText as text } from './text.ts';

type Children = (answer: AnalysisResult, evaluation: PilotEvaluationResult) => ReactNode;
type Props = {
  readonly view: PilotView;
  /** Pounds that a day lost costs; null where no money is put on it. */
  readonly dayGbp?: number | null;
  readonly children: Children;
};

/** The evaluation of a pilot; before its lock, that and why there is none. */
export function EvaluationGate({ view, dayGbp = null, children }: Props) {
  if (view.lock === null) {
    return (
      <Panel>
        <EmptyState icon="seal" title={text.closedTitle} text={text.closed} />
      </Panel>
    );
  }
  return (
    <Evaluated pilot={view.pilot} dayGbp={dayGbp}>
      {children}
    </Evaluated>
  );
}

type EvaluatedProps = { readonly pilot: string; readonly dayGbp: number | null; readonly children: Children };

function Evaluated({ pilot, dayGbp, children }: EvaluatedProps) {
  const spec = useMemo(() => (dayGbp === null ? { pilot } : { pilot, dayGbp }), [pilot, dayGbp]);
  const analysis = useAnalysis('pilot-evaluation', spec);
  return (
    <AnalysisGate analysis={analysis} label={text.running}>
      {(answer) => children(answer, readPilotEvaluation(answer))}
    </AnalysisGate>
  );
}
