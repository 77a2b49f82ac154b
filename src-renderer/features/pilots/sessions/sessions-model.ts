import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PilotPlan } from '#shared/domain/pilot.ts';
import type { PilotFidelityResult } from '#shared/domain/pilot-fidelity.ts';
import { formatCount, formatMean, formatShare, none } from '../../../ui/format.ts';
import type { KeyFigure } from '../../../ui/surface.tsx';
import { sessionText as text } from './text.ts';

type Freshness = readonly { readonly kind: string; readonly rows: number; readonly to: string | null }[];

/** The newest day of sessions attended; of those planned where nobody came yet; null where nothing is held. */
export function newestSessionDay(freshness: Freshness): string | null {
  const newest = (kind: string) => freshness.find((held) => held.kind === kind && held.rows > 0)?.to ?? null;
  return newest('pilot_sessions') ?? newest('pilot_session_plan');
}

/** What `pilot-fidelity` is asked of a plan: the arms that are not only compared with, and the sessions that it plans for each. */
export function fidelitySpec({ pilot, arms, sessions }: PilotPlan, asOf: string) {
  const offered = arms.filter(({ isComparison }) => !isComparison).map(({ arm }) => arm);
  return {
    asOf,
    pilot,
    arms: offered.length === 0 ? null : offered,
    sessionsEach: sessions?.planned ?? null,
  };
}

export function readPilotFidelity({ result }: AnalysisResult): PilotFidelityResult {
  const fidelity = result as Partial<PilotFidelityResult>;
  if (!Array.isArray(fidelity.clusters) || !Array.isArray(fidelity.weeks) || typeof fidelity.all !== 'object') {
    throw new Error('The result of pilot-fidelity does not have its shape.');
  }
  return fidelity as PilotFidelityResult;
}

/** What was delivered, each figure with what it is out of, or why it is not told. */
export function fidelityFigures({ all, minimum, enoughShare }: PilotFidelityResult): KeyFigure[] {
  const { people, byDose, planned, held, plannedEach, sessionsEach, withinShift } = all;
  const reached = people === null || byDose.none === null ? null : people - byDose.none;
  const counted = (label: string, count: number | null, note?: string): KeyFigure =>
    count === null
      ? { label, value: none, note: text.fewPeople(minimum) }
      : { label, value: formatCount(count), ...(note === undefined ? {} : { note }) };
  return [
    counted(text.offered, people),
    counted(text.reach, reached, people !== null && people > 0 ? text.reachNote((reached ?? 0) / people) : undefined),
    counted(text.enough, byDose.enough, text.enoughNote(enoughShare)),
    sessionsEach === null || plannedEach === null
      ? { label: text.sessions, value: none, note: text.fewForMean }
      : { label: text.sessions, value: formatMean(sessionsEach), note: text.sessionsNote(formatMean(plannedEach)) },
    {
      label: text.withinShift,
      value: formatShare(withinShift),
      note: withinShift === null ? text.fewForMean : text.withinShiftNote,
    },
    held === null
      ? { label: text.held, value: none, note: text.unknown }
      : { label: text.held, value: formatCount(held), note: text.heldNote(formatCount(planned)) },
  ];
}
