import type { ComponentType } from 'react';
import type { PilotView } from '#shared/contract/pilots.ts';
import { AllocationTab } from './allocation/allocation-tab.tsx';
import { CostTab } from './cost/cost-tab.tsx';
import { DeviationsTab } from './deviations/deviations-tab.tsx';
import { HarmsTab } from './harms/harms-tab.tsx';
import { LockTab } from './lock/lock-tab.tsx';
import { PeopleTab } from './people/people-tab.tsx';
import { PlanTab } from './plan/plan-tab.tsx';
import { ResultsTab } from './results/results-tab.tsx';
import { SessionsTab } from './sessions/sessions-tab.tsx';
import { text } from './text.ts';
import { TimetableTab } from './timetable/timetable-tab.tsx';

type PilotTab = {
  readonly name: string;
  readonly label: string;
  /** Only for those who see adverse events. */
  readonly isOfHarms?: true;
  readonly Content: ComponentType<{ readonly view: PilotView }>;
};

export const harmsTab = 'harms';

/** In the order in which a pilot comes to them. */
export const pilotTabs: readonly [PilotTab, ...PilotTab[]] = [
  { name: 'plan', label: text.tabs.plan, Content: PlanTab },
  { name: 'lock', label: text.tabs.lock, Content: LockTab },
  { name: 'deviations', label: text.tabs.deviations, Content: DeviationsTab },
  { name: 'people', label: text.tabs.people, Content: PeopleTab },
  { name: 'allocation', label: text.tabs.allocation, Content: AllocationTab },
  { name: 'timetable', label: text.tabs.timetable, Content: TimetableTab },
  { name: 'sessions', label: text.tabs.sessions, Content: SessionsTab },
  { name: harmsTab, label: text.tabs.harms, Content: HarmsTab, isOfHarms: true },
  { name: 'results', label: text.tabs.results, Content: ResultsTab },
  { name: 'cost', label: text.tabs.cost, Content: CostTab },
];
