import type { PlanGap } from '#shared/domain/pilot-gaps.ts';
import { Lines } from '../../../ui/reading.tsx';
import { Notice } from '../../../ui/surface.tsx';
import { gapsOfStep, planSteps } from './steps.ts';
import { planText as text } from './text.ts';

type Props = {
  readonly gaps: readonly PlanGap[];
  /** What keeps it from being saved. */
  readonly problems: readonly PlanGap[];
  readonly isChanged: boolean;
};

/** How far a plan is: what cannot be saved so, else what it lacks, step by step, before it can be locked. */
export function Standing({ gaps, problems, isChanged }: Props) {
  if (problems.length > 0) {
    return (
      <Notice tone="warn" title={text.wrong}>
        <Lines lines={problems.map(({ words }) => words)} />
      </Notice>
    );
  }
  if (gaps.length === 0) {
    return (
      <Notice tone="good">
        <p>{isChanged ? text.completeUnsaved : text.complete}</p>
      </Notice>
    );
  }
  return <Lacking gaps={gaps} />;
}

/** What a plan lacks, a line for each step of the form. */
export function Lacking({ gaps }: { readonly gaps: readonly PlanGap[] }) {
  const lines = planSteps.flatMap((step) => {
    const own = gapsOfStep(gaps, step).map(({ words }) => words);
    return own.length === 0 ? [] : [text.stepLine(text.steps[step], own)];
  });
  return (
    <Notice tone="warn" title={text.lacks(gaps.length)}>
      <Lines lines={lines} />
    </Notice>
  );
}
