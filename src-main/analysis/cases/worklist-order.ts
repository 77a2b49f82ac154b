import type { WorkItem } from '#shared/contract/cases.ts';

function urgency(item: WorkItem): number {
  if (item.state === 'closed') return 5;
  if (item.overdue) return 0;
  if (item.kind === 'referral') return 1;
  if (item.kind === 'case' && (item.newSignals > 0 || item.reviewAsked || item.decision === null)) return 2;
  return item.kind === 'signal' ? 3 : 4;
}

/**
 * Overdue reviews first, then referrals, open cases with something new, signals, and cases that only wait for their day;
 * within each the longest waiting first. Nothing is ranked by a score.
 */
export function inWorkingOrder(items: readonly WorkItem[]): WorkItem[] {
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...items].sort(
    (a, b) =>
      urgency(a) - urgency(b) ||
      text(a.overdue ? (a.due ?? '') : a.since, b.overdue ? (b.due ?? '') : b.since) ||
      text(a.person, b.person),
  );
}
