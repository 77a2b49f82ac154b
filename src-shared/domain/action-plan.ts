import { z } from 'zod';
import { guidanceLinkSchema, planCode, planDay, planPost, planTitle, planWords } from './plan-parts.ts';

/** `agreed` comes by a sign-off, everything else by a move with its reason. */
export const actionStatuses = ['proposed', 'agreed', 'under way', 'done', 'stopped'] as const;
export type ActionStatus = (typeof actionStatuses)[number];

const nextStatuses: Readonly<Record<ActionStatus, readonly ActionStatus[]>> = {
  proposed: ['stopped'],
  agreed: ['under way', 'stopped'],
  'under way': ['done', 'stopped'],
  done: ['under way'],
  stopped: ['proposed'],
};

/** Where an action can be moved to; from `stopped` it is proposed and signed off anew. */
export function movesFrom(status: ActionStatus): readonly ActionStatus[] {
  return nextStatuses[status];
}

/** A decision that was made after people were asked. */
export const decisionLinkSchema = z.strictObject({ activity: planCode, decision: planCode });

export const actionSchema = z
  .strictObject({
    action: planCode,
    title: planTitle,
    /** Why it is done, in words; what it follows from is beside it. */
    why: planWords,
    guidance: guidanceLinkSchema.nullable().default(null),
    /** The resource whose gap it closes. */
    resource: planCode.nullable().default(null),
    /** What was decided after people were asked. */
    decision: decisionLinkSchema.nullable().default(null),
    owner: planPost.nullable().default(null),
    start: planDay.nullable().default(null),
    due: planDay.nullable().default(null),
    /** Actions that must be done before it can begin. */
    dependsOn: z
      .array(planCode)
      .max(50)
      .refine((codes) => new Set(codes).size === codes.length, 'names an action twice')
      .default([]),
    /** What it is to move; its target is the force's target for the indicator, or one of its own. */
    indicator: z
      .strictObject({ indicator: z.string().min(1).max(100), target: z.number().finite().nullable().default(null) })
      .nullable()
      .default(null),
  })
  .refine(({ start, due }) => start === null || due === null || start <= due, {
    path: ['due'],
    message: 'must not lie before "start"',
  })
  .refine(({ action, dependsOn }) => !dependsOn.includes(action), {
    path: ['dependsOn'],
    message: 'an action cannot wait for itself',
  });
export type Action = z.output<typeof actionSchema>;

/** What an action lacks before it can be signed off. */
export function actionGaps({ owner, start, due, indicator }: Action): string[] {
  return [
    ...(owner === null ? ['an owner'] : []),
    ...(start === null ? ['the day it begins'] : []),
    ...(due === null ? ['the day it is due'] : []),
    ...(indicator === null ? ['the indicator that it is to move'] : []),
  ];
}

type Waiting = Pick<Action, 'action' | 'dependsOn'>;

/** A circle of actions that wait for each other, the first repeated at the end; null where there is none. */
export function circleOf(actions: readonly Waiting[]): string[] | null {
  const waitsFor = new Map(actions.map(({ action, dependsOn }) => [action, dependsOn]));
  const cleared = new Set<string>();
  const follow = (action: string, path: readonly string[]): string[] | null => {
    const at = path.indexOf(action);
    if (at >= 0) return [...path.slice(at), action];
    if (cleared.has(action)) return null;
    for (const next of waitsFor.get(action) ?? []) {
      const circle = follow(next, [...path, action]);
      if (circle) return circle;
    }
    cleared.add(action);
    return null;
  };
  for (const { action } of actions) {
    const circle = follow(action, []);
    if (circle) return circle;
  }
  return null;
}
