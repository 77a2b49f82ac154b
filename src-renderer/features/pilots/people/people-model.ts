import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { enrolmentStates, type PilotEnrolmentResult } from '#shared/domain/pilot-enrolment.ts';
import { formatCount, none } from '../../../ui/format.ts';
import type { KeyFigure } from '../../../ui/surface.tsx';
import { peopleText as text } from './text.ts';

export function readEnrolment({ result }: AnalysisResult): PilotEnrolmentResult {
  const enrolment = result as Partial<PilotEnrolmentResult>;
  if (typeof enrolment.all !== 'object' || !Array.isArray(enrolment.clusters)) {
    throw new Error('The result of pilot-enrolment does not have its shape.');
  }
  return enrolment as PilotEnrolmentResult;
}

/** How many people have come how far, each with what it is out of or why it is not told. States of nobody are left out. */
export function enrolmentFigures({ all, minimum }: PilotEnrolmentResult): KeyFigure[] {
  const { people, byState } = all;
  const counted = (label: string, count: number | null, of: number | null): KeyFigure => {
    if (count === null) return { label, value: none, note: text.few(minimum) };
    return of === null || of === 0
      ? { label, value: formatCount(count) }
      : { label, value: formatCount(count), note: text.share(count, of) };
  };
  return [
    counted(text.people, people, null),
    ...enrolmentStates
      .filter((state) => byState[state] !== 0)
      .map((state) => counted(text.states[state], byState[state], people)),
  ];
}
