import type { ReportingGuideline } from '#shared/domain/pilot-evaluation-result.ts';
import { itemsOf } from './guideline-items.ts';

/** Pilots that chance did not allocate: 22 items (Des Jarlais et al. 2004, American Journal of Public Health 94:361). */
export const trend: ReportingGuideline = {
  name: 'TREND',
  source: 'Des Jarlais and others 2004, American Journal of Public Health 94:361; its items in our own short words',
  items: itemsOf([
    ['1', 'Title and summary that say how units were assigned', 'authors', 'write both; the design is in the plan'],
    ['2', 'Background and the theory behind it', 'plan', 'logicModel'],
    ['3', 'Who may take part, how they were found, where', 'plan', 'eligibility; places are for the authors'],
    ['4', 'What each group had, who delivered it, how much', 'plan', 'arms, logicModel.activities, sessions'],
    ['5', 'Objectives', 'plan', 'estimand'],
    ['6', 'Outcomes, how and when measured', 'plan', 'primary, secondaries'],
    ['7', 'How many, and why', 'plan', 'sampleSize'],
    [
      '8',
      'How units were assigned, and what was done against bias',
      'authors',
      'who chose, and why; groups are in the plan',
    ],
    ['9', 'Who did not know the group', 'authors', 'who was blind to what'],
    ['10', 'Unit of analysis, and how likeness is allowed for', 'result', 'primary.method'],
    ['11', 'Statistical methods, missing data', 'result', 'primary.method, missing'],
    ['12', 'Flow of people, departures from the plan', 'result', 'recruitment, flow, plan.deviations'],
    ['13', 'Dates', 'authors', 'recruitment and follow-up; starts are in the plan'],
    ['14', 'Who they were at baseline, and those lost', 'authors', 'a table; those lost are in further'],
    ['15', 'How alike the groups were', 'result', 'balance, events.movedAlikeP'],
    ['16', 'Numbers in each analysis', 'result', 'flow'],
    ['17', 'Estimate and interval for each outcome', 'result', 'primary, change, secondaries'],
    ['18', 'Other analyses', 'result', 'further, subgroups, doseResponse'],
    ['19', 'Harms', 'result', 'adverseEvents, change.deterioration'],
    ['20', 'What it means, sources of bias', 'result', 'limits, standards.emmie; what it means is for the authors'],
    ['21', 'For whom it holds', 'authors', 'other people, other forces'],
    ['22', 'Next to other evidence', 'authors', 'what was known before'],
  ]),
};
