import type { PilotView } from '#shared/contract/pilots.ts';
import { outcomesOf } from '#shared/domain/pilot.ts';
import type { PilotPlanLocked } from '#shared/domain/pilot-evaluation-result.ts';
import { designWords, outcomeInWords } from '#shared/domain/pilot-words.ts';
import type { Block, ReportSection } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { textCell } from '../published-cells.ts';

type Plan = PilotView['plan'];

const notSaid = 'Not said in the plan.';

/** What was to be done and why, as it was locked. */
export function planSection({ plan }: PilotView, locked: PilotPlanLocked): ReportSection {
  return {
    id: 'plan',
    heading: 'What was planned',
    blocks: [
      {
        kind: 'paragraph',
        text: `The plan was locked on ${formatDate(locked.lockedAt.slice(0, 10))}, before anybody evaluating the pilot could read what it measures. What follows is version ${locked.version} as it was locked; nothing of it can be changed since.`,
      },
      { kind: 'heading', text: 'Why and how it should work' },
      { kind: 'definitions', items: logicItems(plan) },
      { kind: 'heading', text: 'Design' },
      { kind: 'definitions', items: designItems(plan) },
      { kind: 'heading', text: 'What is measured, and the question' },
      { kind: 'definitions', items: questionItems(plan) },
    ],
  };
}

type Items = readonly { readonly term: string; readonly meaning: string }[];

function said(words: string): string {
  return words === '' ? notSaid : words;
}

function logicItems({ logicModel }: Plan): Items {
  const terms = {
    problem: 'The problem',
    inputs: 'What goes in',
    activities: 'What is done',
    outputs: 'What is delivered',
    outcomes: 'What should change',
    assumptions: 'What is assumed',
  } as const;
  return (['problem', 'inputs', 'activities', 'outputs', 'outcomes', 'assumptions'] as const).map((part) => ({
    term: terms[part],
    meaning: said(logicModel[part]),
  }));
}

function designItems({ design, arms, rollout, eligibility, sampleSize, sessions }: Plan): Items {
  return [
    { term: 'Design', meaning: design === null ? notSaid : designWords[design] },
    { term: 'Who may take part', meaning: said(eligibility) },
    ...arms.map(({ arm, what, isComparison }) => ({
      term: `Arm “${arm}”`,
      meaning: `${said(what)}${isComparison ? ' The others are compared with it.' : ''}`,
    })),
    ...(rollout.length === 0
      ? []
      : [{ term: 'Begins', meaning: rollout.map(({ group, from }) => `${group} on ${formatDate(from)}`).join('; ') }]),
    ...(sessions === null
      ? []
      : [
          {
            term: 'Sessions',
            meaning: `${sessions.planned} of ${sessions.minutes} minutes for each person, ${sessions.withinShift ? 'within' : 'outside'} the shift`,
          },
        ]),
    {
      term: 'How many take part',
      meaning: sizeWords(sampleSize),
    },
  ];
}

function sizeWords(size: Plan['sampleSize']): string {
  if (size === null) return notSaid;
  if (size.by === 'reason') return size.reason;
  const assumed = Object.entries(size.spec).map(([name, value]) => `${name} ${String(value)}`);
  return `Worked out by pilot-power with ${assumed.join(', ')}.`;
}

function questionItems(plan: Plan): Items {
  const { estimand, analysis } = plan;
  const [primary, ...others] = outcomesOf(plan).map(outcomeInWords);
  return [
    { term: 'Primary outcome', meaning: primary ?? notSaid },
    ...others.map((meaning, at) => ({ term: `Secondary outcome ${at + 1}`, meaning })),
    { term: 'Whom the answer is about', meaning: said(estimand.population) },
    { term: 'What is compared', meaning: said(estimand.treatments) },
    { term: 'In one number', meaning: said(estimand.summary) },
    ...estimand.intercurrentEvents.map(({ event, handling }) => ({
      term: event,
      meaning: `handled by: ${handling.replaceAll('-', ' ')}`,
    })),
    { term: 'Adjusted for', meaning: analysis.covariates.length === 0 ? 'Nothing.' : analysis.covariates.join(', ') },
    {
      term: 'Subgroups, to explore',
      meaning: analysis.subgroups.length === 0 ? 'None.' : analysis.subgroups.join(', '),
    },
  ];
}

/** What was done otherwise than locked, and who could have seen outcomes before. Always printed, also where there is nothing. */
export function deviationsSection({ deviations, couldSeeOutcomes, hash }: PilotPlanLocked): ReportSection {
  return {
    id: 'deviations',
    heading: 'What was done otherwise than planned',
    blocks: [
      deviations.length === 0
        ? { kind: 'paragraph', text: 'No deviation from the locked plan is recorded.' }
        : {
            kind: 'table',
            caption: 'Deviations from the locked plan, the oldest first',
            columns: [
              { label: 'Recorded on', align: 'start' },
              { label: 'What was done instead', align: 'start' },
              { label: 'Why', align: 'start' },
            ],
            rows: deviations.map(({ at, what, reason }) => ({
              cells: [{ kind: 'date', iso: at.slice(0, 10) }, textCell(what), textCell(reason)],
            })),
            notes: [],
          },
      couldSeeBlock(couldSeeOutcomes),
      {
        kind: 'provenance',
        title: 'The locked plan',
        entries: [{ name: 'SHA-256 of the plan', value: hash, code: true }],
      },
    ],
  };
}

function couldSeeBlock(couldSee: PilotPlanLocked['couldSeeOutcomes']): Block {
  if (couldSee.length === 0) {
    return { kind: 'paragraph', text: 'Nobody whose role lets them see outcomes had the data open before the lock.' };
  }
  return {
    kind: 'table',
    caption: 'Who had the data open before the lock with a role that sees outcomes, by the audit log',
    columns: [
      { label: 'Roles', align: 'start' },
      { label: 'Users', align: 'end' },
      { label: 'Why they could', align: 'start' },
    ],
    rows: couldSee.map(({ roles, users, why }) => ({
      cells: [textCell(roles.join(', ')), { kind: 'number', value: users, decimals: 0 }, textCell(why)],
    })),
    notes: ['Users of Tidemark in their role, not people whose data are held.'],
  };
}
