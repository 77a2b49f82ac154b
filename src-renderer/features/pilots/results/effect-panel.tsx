import { useMemo } from 'react';
import type { PilotEvaluationTold } from '#shared/domain/pilot-evaluation-result.ts';
import { Facts, Panel } from '../../../ui/surface.tsx';
import { EstimateChart } from './estimate-chart.tsx';
import { effectRows, intervalWords } from './evaluation-model.ts';
import { resultText as text } from './text.ts';

/** The main estimate, and what answers another question, against what one person has to change. */
export function EffectPanel({ evaluation }: { readonly evaluation: PilotEvaluationTold }) {
  const { outcome, primary, clustering } = evaluation;
  const rows = useMemo(() => effectRows(evaluation), [evaluation]);
  const { standardised, absolute } = primary;
  return (
    <>
      <EstimateChart
        id="pilot-effect"
        title={text.effects[absolute.direction]}
        note={text.effectNote}
        rows={rows}
        measure={outcome}
        threshold={absolute.threshold}
      />
      <Panel title={outcome}>
        <Facts
          facts={[
            { term: text.inWords, value: absolute.words },
            { term: text.how, value: primary.method },
            ...(standardised === null
              ? []
              : [{ term: text.standardised, value: `${intervalWords(standardised)}. ${standardised.words}` }]),
            ...(clustering === null ? [] : [{ term: text.alikeness, value: text.clustering(clustering) }]),
          ]}
        />
      </Panel>
    </>
  );
}
