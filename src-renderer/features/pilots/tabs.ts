import type { ComponentType } from 'react';
import type { PilotView } from '#shared/contract/pilots.ts';
import { AllocationTab } from './allocation/allocation-tab.tsx';
import { CostTab } from './cost/cost-tab.tsx';
import { DeviationsTab } from './deviations/deviations-tab.tsx';
import { LockTab } from './lock/lock-tab.tsx';
import { PlanTab } from './plan/plan-tab.tsx';
import { ResultsTab } from './results/results-tab.tsx';
import { SessionsTab } from './sessions/sessions-tab.tsx';
import { text } from './text.ts';

type PilotTab = {
  readonly name: string;
  readonly label: string;
  readonly Content: ComponentType<{ readonly view: PilotView }>;
};

/** In the order in which a pilot comes to them. */
export const pilotTabs: readonly [PilotTab, ...PilotTab[]] = [
  { name: 'plan', label: text.tabs.plan, Content: PlanTab },
  { name: 'lock', label: text.tabs.lock, Content: LockTab },
  { name: 'deviations', label: text.tabs.deviations, Content: DeviationsTab },
  { name: 'allocation', label: text.tabs.allocation, Content: AllocationTab },
  { name: 'sessions', label: text.tabs.sessions, Content: SessionsTab },
  { name: 'results', label: text.tabs.results, Content: ResultsTab },
  { name: 'cost', label: text.tabs.cost, Content: CostTab },
];
