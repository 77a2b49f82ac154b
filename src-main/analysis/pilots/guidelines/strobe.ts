import type { ReportingGuideline } from '#shared/domain/pilot-evaluation-result.ts';
import { itemsOf } from './guideline-items.ts';

/** Pilots read from routine records: 22 items (von Elm et al. 2007, PLoS Medicine 4:e296). */
export const strobe: ReportingGuideline = {
  name: 'STROBE',
  source: 'von Elm and others 2007, PLoS Medicine 4:e296; its items in our own short words',
  items: itemsOf([
    ['1', 'Title and summary that name the design', 'authors', 'write both; the design is in the plan'],
    ['2', 'Background and reasons', 'plan', 'logicModel.problem'],
    ['3', 'Objectives', 'plan', 'estimand'],
    ['4', 'Design, early on', 'plan', 'design'],
    ['5', 'Setting and dates', 'plan', 'rollout; places are for the authors'],
    ['6', 'Who counts, and how they were found', 'plan', 'eligibility'],
    ['7', 'Outcomes, exposures, confounders, defined', 'plan', 'primary, secondaries, analysis.covariates'],
    ['8', 'Where each is measured', 'plan', 'primary.measure, secondaries.measure'],
    ['9', 'What was done against bias', 'authors', 'what else changed when the pilot began'],
    ['10', 'How many, and why', 'plan', 'sampleSize'],
    ['11', 'How numbers were handled', 'result', 'primary.method'],
    ['12', 'Statistical methods, missing data, other analyses', 'result', 'primary.method, missing, further'],
    ['13', 'Numbers at each stage', 'result', 'recruitment, flow'],
    ['14', 'Who they were', 'authors', 'a table of the people'],
    ['15', 'Outcome over time', 'result', 'series'],
    ['16', 'Estimate and interval', 'result', 'primary'],
    ['17', 'Other analyses', 'result', 'further, secondaries, doseResponse'],
    ['18', 'What was found, in short', 'result', 'primary.absolute'],
    ['19', 'Limits', 'result', 'limits, warnings'],
    ['20', 'What it means', 'authors', 'with care, next to other evidence'],
    ['21', 'For whom it holds', 'authors', 'other people, other forces'],
    ['22', 'Who paid', 'authors', 'funding and roles of funders'],
  ]),
};
