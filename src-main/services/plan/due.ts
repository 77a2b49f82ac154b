import type { ActionSummary } from '#shared/contract/plan.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { todayOf, type VaultContext } from '../call-context.ts';
import { meetingList } from './meetings.ts';
import { actionList } from './show-actions.ts';

/** Titles of the actions that the user may sign off. */
export function actionsToSign(context: VaultContext): string[] {
  return actionList(context)
    .actions.filter(({ maySign }) => maySign)
    .map(({ title }) => title);
}

export function overdueActions(context: VaultContext): { readonly title: string; readonly due: string }[] {
  return actionList(context).actions.flatMap(({ title, due, isOverdue }: ActionSummary) =>
    isOverdue && due !== null ? [{ title, due }] : [],
  );
}

/** The day for which the newest meeting set the next one, once it has passed. */
export function meetingDue(context: VaultContext): { readonly since: string } | null {
  const nextOn = meetingList(context).meetings[0]?.nextOn ?? null;
  return nextOn !== null && nextOn < isoOfDay(todayOf(context)) ? { since: nextOn } : null;
}
