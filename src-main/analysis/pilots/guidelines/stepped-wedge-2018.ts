import type { ReportingGuideline } from '#shared/domain/pilot-evaluation-result.ts';
import { itemsOf } from './guideline-items.ts';

/** Pilots whose teams began one after the other by chance: 26 items (Hemming et al. 2018, BMJ 363:k1614). */
export const steppedWedge2018: ReportingGuideline = {
  name: 'CONSORT extension for stepped wedges (2018)',
  source: 'Hemming and others 2018, BMJ 363:k1614; its items in our own short words',
  items: itemsOf([
    ['1', 'Title and summary that say that it is a stepped wedge', 'authors', 'write both; the design is in the plan'],
    [
      '2',
      'Background, and why a stepped wedge',
      'authors',
      'the problem is in the plan, the reason for the design is not',
    ],
    ['3', 'Design: clusters, sequences, periods, and changes', 'plan', 'design, rollout; result plan.deviations'],
    ['4', 'Who may take part, clusters and people', 'plan', 'eligibility; places are for the authors'],
    ['5', 'What was done with and without the pilot', 'plan', 'logicModel.activities, sessions'],
    ['6', 'Outcomes, and whether the same people were measured', 'plan', 'primary, secondaries; result primary.method'],
    ['7', 'How many clusters and people, and why', 'plan', 'sampleSize'],
    ['8', 'How the order was made', 'plan', 'allocation, rollout'],
    ['9', 'How the order was kept hidden', 'result', 'the vault draws in one step, from a half not settled before'],
    [
      '10',
      'Who enrolled clusters and people, and consent',
      'authors',
      'who, when, and before or after the order was known',
    ],
    ['11', 'Who did not know the order', 'authors', 'who was blind to what'],
    ['12', 'Statistical methods: time, clusters, people', 'result', 'primary.method'],
    ['13', 'Flow of clusters and people by sequence', 'result', 'recruitment, flow'],
    ['14', 'Dates of the steps, and why it ended', 'plan', 'rollout; the reason for its end is for the authors'],
    ['15', 'Who they were, with and without the pilot', 'authors', 'a table of both'],
    ['16', 'Numbers in each analysis', 'result', 'flow'],
    ['17', 'Estimate, interval, and how alike teams are', 'result', 'primary, further, secondaries'],
    ['18', 'Other analyses', 'result', 'further, doseResponse'],
    ['19', 'Harms', 'result', 'adverseEvents'],
    ['20', 'Limits', 'result', 'limits, warnings'],
    ['21', 'For whom it holds', 'authors', 'other teams, other forces'],
    ['22', 'What it means', 'authors', 'next to other evidence'],
    ['23', 'Where it is registered', 'authors', 'name the register, or say that there is none'],
    ['24', 'Where the protocol can be read', 'plan', 'the locked plan, by its hash'],
    ['25', 'Who paid', 'authors', 'funding and roles of funders'],
    ['26', 'Ethics and consent', 'authors', 'approval; consent of the enrolments is in recruitment'],
  ]),
};
