import type { ComponentType } from 'react';
import { ActionsTab } from './actions/actions-tab.tsx';
import { AuditTab } from './audit/audit-tab.tsx';
import { EngagementTab } from './engagement/engagement-tab.tsx';
import { LoopTab } from './loop/loop-tab.tsx';
import { ReviewsTab } from './reviews/reviews-tab.tsx';
import { text } from './text.ts';

type PlanTab = { readonly name: string; readonly label: string; readonly Content: ComponentType };

/** The whole first, then its parts in the order of the work; each asks for what it shows by itself. */
export const planTabs: readonly [PlanTab, ...PlanTab[]] = [
  { name: 'loop', label: text.tabs.loop, Content: LoopTab },
  { name: 'audit', label: text.tabs.audit, Content: AuditTab },
  { name: 'actions', label: text.tabs.actions, Content: ActionsTab },
  { name: 'engagement', label: text.tabs.engagement, Content: EngagementTab },
  { name: 'reviews', label: text.tabs.reviews, Content: ReviewsTab },
];
