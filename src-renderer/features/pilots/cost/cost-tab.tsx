import { useState } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PilotView } from '#shared/contract/pilots.ts';
import type { PilotComparison } from '#shared/domain/pilot-evaluation-result.ts';
import { EmptyState, KeyFigures, Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { EvaluationGate } from '../results/evaluation-gate.tsx';
import { comparisonName } from '../results/evaluation-model.ts';
import { costFigures } from './cost-model.ts';
import { DayCost } from './day-cost.tsx';
import { costText as text } from './text.ts';

/** What a pilot cost for what it did. */
export function CostTab({ view }: { readonly view: PilotView }) {
  const [dayGbp, setDayGbp] = useState<number | null>(null);
  return (
    <EvaluationGate view={view} dayGbp={dayGbp}>
      {(answer, { comparisons }) => (
        <Stack>
          {comparisons.map((comparison) => (
            <CostPanel key={comparison.arm ?? ''} {...{ answer, comparison }} />
          ))}
          {comparisons.some(losesDays) ? <DayCost given={dayGbp} onGive={setDayGbp} /> : null}
        </Stack>
      )}
    </EvaluationGate>
  );
}

function losesDays({ evaluation }: PilotComparison): boolean {
  return !('refused' in evaluation) && evaluation.economics?.daysAvoided != null;
}

type Props = { readonly answer: AnalysisResult; readonly comparison: PilotComparison };

function CostPanel({ answer, comparison }: Props) {
  const { evaluation } = comparison;
  if ('refused' in evaluation) {
    return (
      <Notice tone="warn" title={text.refusedTitle}>
        <p>{evaluation.refused}</p>
      </Notice>
    );
  }
  const { economics, warnings } = evaluation;
  if (economics === null) {
    // The warnings say why costs that are held are not told.
    const why = warnings.filter((warning) => /\bcosts?\b/.test(warning));
    return (
      <Panel>
        <EmptyState icon="reports" title={text.noneTitle} text={why.length === 0 ? text.none : why.join(' ')} />
      </Panel>
    );
  }
  const name = comparisonName(comparison);
  return (
    <Panel
      title={name === '' ? text.title : `${text.title}: ${name}`}
      note={text.note}
      actions={<WorkedOut result={answer} />}
    >
      <KeyFigures figures={costFigures(economics)} />
    </Panel>
  );
}
