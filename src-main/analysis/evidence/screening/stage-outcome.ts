import type { ScreeningStage, ScreeningVerdict } from '#shared/domain/review.ts';

/** What was said of a record at a stage, by one reviewer or by all together. `none` takes back what was said before. */
export type Judgement = {
  readonly id: number;
  readonly stage: ScreeningStage;
  readonly decision: ScreeningVerdict | 'none';
  readonly reason: string | null;
  readonly user: string;
};

export type StageOutcome =
  | { readonly state: 'waiting' | 'conflict' | 'kept' }
  | { readonly state: 'excluded'; readonly reason: string | null };

/** What each reviewer decided last at a stage, in the order of their first decisions; who took it back is left out. */
export function standingDecisions(decisions: readonly Judgement[], stage: ScreeningStage): Judgement[] {
  if (decisions.length === 0) return [];
  const last = new Map<string, Judgement>();
  for (const decision of decisions) if (decision.stage === stage) last.set(decision.user, decision);
  return [...last.values()].filter(({ decision }) => decision !== 'none');
}

/**
 * What becomes of a record at a stage. On titles, who is unsure keeps the record for its full text; of a full text nobody stays
 * unsure, and those who exclude it name one reason.
 * @param standing of each reviewer at most one, of this stage
 * @param resolutions what reviewers who differed agreed on at any stage, the oldest first
 * @param needed how many have to decide
 */
export function stageOutcome(
  stage: ScreeningStage,
  standing: readonly Judgement[],
  resolutions: readonly Judgement[],
  needed: number,
): StageOutcome {
  const agreed = resolutions.findLast((resolution) => resolution.stage === stage);
  if (agreed && agreed.decision !== 'none') return settled(agreed);
  const [first, ...others] = standing;
  if (!first || standing.length < needed) return { state: 'waiting' };
  const keeps = standing.filter(({ decision }) => decision !== 'exclude').length;
  if (keeps !== 0 && keeps !== standing.length) return { state: 'conflict' };
  if (stage === 'title') return settled(first);
  const isOpen = standing.some(({ decision }) => decision === 'unsure');
  const isDivided = keeps === 0 && others.some(({ reason }) => reason !== first.reason);
  return isOpen || isDivided ? { state: 'conflict' } : settled(first);
}

function settled({ decision, reason }: Judgement): StageOutcome {
  return decision === 'exclude' ? { state: 'excluded', reason } : { state: 'kept' };
}
