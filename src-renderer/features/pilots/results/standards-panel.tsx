import type { PilotEvaluationTold } from '#shared/domain/pilot-evaluation-result.ts';
import { Lines } from '../../../ui/reading.tsx';
import { Facts, Panel } from '../../../ui/surface.tsx';
import { resultText as text } from './text.ts';

/** Where the design stands on the scale of Maryland, its rows of EMMIE, and what it cannot say. */
export function StandardsPanel({ evaluation }: { readonly evaluation: PilotEvaluationTold }) {
  const { standards, limits } = evaluation;
  const { maryland, emmie } = standards;
  return (
    <>
      <Panel title={text.standards}>
        <Facts
          facts={[
            { term: text.maryland, value: text.marylandLevel(maryland.level, maryland.words) },
            ...emmie.map(({ dimension, words }) => ({ term: text.emmie[dimension], value: words })),
          ]}
        />
      </Panel>
      <Panel title={text.limits}>
        <Lines lines={limits} />
      </Panel>
    </>
  );
}
