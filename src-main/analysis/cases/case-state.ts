import type { CaseDecision, CaseEventKind } from '#shared/domain/cases.ts';

/** What of an event stands in clear. */
export type CaseStep = {
  readonly id: number;
  readonly user: string;
  readonly kind: CaseEventKind;
  readonly decision: CaseDecision | null;
  readonly dueDay: number | null;
  readonly lastSignal: number;
  readonly at: string;
};

export type CaseState = {
  readonly state: 'open' | 'closed';
  /** The last decision; null before the first and after a reopening. */
  readonly decision: CaseDecision | null;
  readonly dueDay: number | null;
  /** Signals beyond this one were raised since the last decision. */
  readonly reviewedSignal: number;
  readonly lastEvent: number;
  readonly since: string;
  /** Two reviews were asked for and are not both in. */
  readonly reviewAsked: boolean;
};

/** Reviews that answer one request. */
export const reviewsWanted = 2;

/** Where a case stands, from its events in their order: nothing of it is stored twice. */
export function caseState(steps: readonly CaseStep[]): CaseState {
  const first = steps[0];
  let state: CaseState = {
    state: 'open',
    decision: null,
    dueDay: first?.dueDay ?? null,
    reviewedSignal: 0,
    lastEvent: first?.id ?? 0,
    since: first?.at ?? '',
    reviewAsked: false,
  };
  for (const { id, kind, decision, dueDay, lastSignal, at } of steps) {
    state = { ...state, lastEvent: id };
    if (kind === 'decision') {
      const closed = decision === 'close';
      state = { ...state, state: closed ? 'closed' : 'open', decision, dueDay, reviewedSignal: lastSignal, since: at };
    }
    if (kind === 'reopened') state = { ...state, state: 'open', decision: null, dueDay, since: at };
  }
  const reviews = openReviews(steps);
  return { ...state, reviewAsked: reviews !== null && reviews.length < reviewsWanted };
}

/** The reviews since the last request for some; null where none was asked for. */
export function openReviews(steps: readonly CaseStep[]): readonly CaseStep[] | null {
  const asked = steps.findLastIndex(({ kind }) => kind === 'review_asked');
  return asked < 0 ? null : steps.slice(asked + 1).filter(({ kind }) => kind === 'review');
}

/** Whether somebody can still write one of the two reviews: each is by another clinician. */
export function mayReview(steps: readonly CaseStep[], user: string): boolean {
  const reviews = openReviews(steps);
  return reviews !== null && reviews.length < reviewsWanted && reviews.every((review) => review.user !== user);
}

/** Reviews of others that stay hidden until both are in. */
export function hiddenReviews(steps: readonly CaseStep[], user: string): ReadonlySet<number> {
  const reviews = openReviews(steps) ?? [];
  if (reviews.length >= reviewsWanted) return new Set();
  return new Set(reviews.filter((review) => review.user !== user).map(({ id }) => id));
}
