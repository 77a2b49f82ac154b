import type { ActionStatus } from '#shared/domain/action-plan.ts';

export const text = {
  title: 'Plan',
  lead: 'What the evidence asks for, what the force does about it, and whether it helps: one loop.',
  tabs: {
    loop: 'The loop',
    audit: 'Audit',
    actions: 'Actions',
    engagement: 'Engagement',
    reviews: 'Indicators and reviews',
  },
  statuses: {
    proposed: 'proposed',
    agreed: 'agreed',
    'under way': 'under way',
    done: 'done',
    stopped: 'stopped',
  } satisfies Record<ActionStatus, string>,
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  add: 'Add',
  noDay: 'no day',
  dayHint: 'Such as 31 Mar 2026.',
  lookAgain: 'Look again at the words',
} as const;
