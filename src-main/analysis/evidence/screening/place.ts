import type { FullTextState, ReviewPlace, ScreeningMode, ScreeningStage } from '#shared/domain/review.ts';
import { type Judgement, stageOutcome, standingDecisions } from './stage-outcome.ts';
import type { ReviewUnit } from './units.ts';

/** Everything that was said of the records of a unit, the oldest first. */
export type UnitHistory = {
  readonly decisions: readonly Judgement[];
  readonly resolutions: readonly Judgement[];
  /** What was said last of its full text. */
  readonly fullText: FullTextState | null;
};

/** How many reviewers decide on the unit at a stage. */
type DecidersNeeded = (stage: ScreeningStage) => number;

export type PlacedUnit = {
  readonly place: ReviewPlace;
  /** Why it is excluded, where it is and a reason was given. */
  readonly reason: string | null;
};

/** How many decide under a mode. `chanceOf` gives a record's number from 0 to 1, drawn once: those below the share are checked. */
export function decidersUnder(mode: ScreeningMode, unit: ReviewUnit, chanceOf: (record: number) => number): number {
  if (mode.by === 'two') return 2;
  return unit.records.some((record) => chanceOf(record) < mode.checkedShare) ? 2 : 1;
}

/** Where a unit stands. Decisions on a full text count as long as the title is kept and the text is here. */
export function placeOf(unit: ReviewUnit, history: UnitHistory, needed: DecidersNeeded): PlacedUnit {
  if (!unit.isReadable) return { place: 'unreadable', reason: null };
  const outcomeAt = (stage: ScreeningStage) =>
    stageOutcome(stage, standingDecisions(history.decisions, stage), history.resolutions, needed(stage));
  const screened = outcomeAt('title');
  if (screened.state === 'waiting') return { place: 'to-screen', reason: null };
  if (screened.state === 'conflict') return { place: 'screening-conflict', reason: null };
  if (screened.state === 'excluded') return { place: 'screened-out', reason: screened.reason };
  if (history.fullText === 'not-retrieved') return { place: 'not-retrieved', reason: null };
  if (history.fullText !== 'retrieved') return { place: 'to-retrieve', reason: null };
  const assessed = outcomeAt('full-text');
  if (assessed.state === 'waiting') return { place: 'to-assess', reason: null };
  if (assessed.state === 'conflict') return { place: 'assessment-conflict', reason: null };
  if (assessed.state === 'excluded') return { place: 'assessed-out', reason: assessed.reason };
  return { place: 'included', reason: null };
}

/** Stage whose decisions a unit at this place waits for; null where it waits for none. */
export function stageWaitedFor(place: ReviewPlace): ScreeningStage | null {
  if (place === 'to-screen') return 'title';
  return place === 'to-assess' ? 'full-text' : null;
}
