import type { ActionStatus } from './action-plan.ts';
import type { PilotStatus } from './pilot.ts';
import type { GuidanceLink } from './plan-parts.ts';

/** One turn of the loop: from guidance to an action, a pilot, a study in a review, and the indicator that should move. */
export type LoopTurn = {
  readonly action: string;
  readonly status: ActionStatus;
  readonly isSigned: boolean;
  readonly isOverdue: boolean;
  readonly blockedBy: readonly string[];
  readonly guidance: GuidanceLink | null;
  readonly hasOtherReason: boolean;
  readonly pilot: { readonly pilot: string; readonly status: PilotStatus } | null;
  readonly study: { readonly review: string; readonly study: string } | null;
  readonly indicator: { readonly indicator: string; readonly target: number | null } | null;
};

export const loopBreaks = [
  'no reason',
  'no guidance',
  'not signed',
  'blocked',
  'overdue',
  'no indicator',
  'no target',
  'pilot dropped',
  'pilot not a study',
] as const;
export type LoopBreak = (typeof loopBreaks)[number];

/** Where a turn of the loop is broken. A stopped action is no part of the loop, and what is not yet due is not broken. */
export function breaksOf(turn: LoopTurn): LoopBreak[] {
  const { status, guidance, hasOtherReason, pilot, study, indicator } = turn;
  if (status === 'stopped') return [];
  const found: readonly (readonly [LoopBreak, boolean])[] = [
    ['no reason', guidance === null && !hasOtherReason],
    ['no guidance', guidance === null && hasOtherReason],
    ['not signed', !turn.isSigned && status !== 'proposed'],
    ['blocked', turn.blockedBy.length > 0 && status !== 'done'],
    ['overdue', turn.isOverdue],
    ['no indicator', indicator === null],
    ['no target', indicator !== null && indicator.target === null],
    ['pilot dropped', pilot?.status === 'dropped'],
    ['pilot not a study', pilot?.status === 'finished' && study === null],
  ];
  return found.filter(([, isBroken]) => isBroken).map(([broken]) => broken);
}

/** What is broken and what mends it, in one sentence. */
export const breakWords: Readonly<Record<LoopBreak, string>> = {
  'no reason': 'Nothing says why it is done: name guidance, a gap of the audit or a decision.',
  'no guidance': 'It follows from no guidance of a review: look whether the evidence supports it.',
  'not signed': 'It was changed since it was signed off: somebody else signs the newest version.',
  blocked: 'It waits for actions that are not done.',
  overdue: 'It is overdue: move its day with a reason, finish it or stop it.',
  'no indicator': 'No indicator says whether it helps: choose one.',
  'no target': 'Its indicator has no target: set one.',
  'pilot dropped': 'Its pilot was given up: link another, or say in a note why none follows.',
  'pilot not a study': 'Its pilot is finished and in no review: enter it as a study.',
};
