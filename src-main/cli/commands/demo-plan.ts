import type { InputOf } from '#shared/contract/index.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import type { Caller } from '../engine-session.ts';
import { askPeople, surveyDecision } from './demo-engagement.ts';
import { demoGuidance } from './demo-evidence.ts';

type Resource = InputOf<'plan.saveResource'>['resource'];
type Action = InputOf<'plan.saveAction'>['action'];

/** Theme, title, how far it has come, how far it is to come, and what the rating rests on. */
const ratings: readonly (readonly [theme: string, title: string, maturity: number, target: number, rests: string])[] = [
  [
    'Exposure monitoring',
    'Counts of exposures that supervisors see each month',
    2,
    3,
    'Two of three areas look at them.',
  ],
  ['Screening', 'Yearly screening of everybody in post', 1, 3, 'Half of those in post were never invited.'],
  ['Early help', 'A first contact within three days of a referral', 2, 3, 'Referrals wait longest after weekends.'],
  ['Peer support', 'Trained peers on every shift', 2, 4, 'Nights have the fewest.'],
  ['Supervision', 'Supervision of peers themselves', 0, 2, 'Nobody could say who supervises them.'],
  ['Families', 'A page for families of those who join', 3, 3, 'It is handed out and was looked through this year.'],
];

/** What the plan of a force that does not exist is drawn up from. */
type Drawn = {
  /** Last day of the force, ISO. */
  readonly endDate: string;
  /** The result of `absence` by role: it says how many people each role has. */
  readonly absence: Readonly<Record<string, unknown>>;
  /** A pilot that an action led to; null where the force is too small for one. */
  readonly pilot: string | null;
};

/**
 * A plan with an audit, people who were asked, and actions that wait for a sign-off. Its one user saved them all and
 * so may sign off none.
 * @returns what it planted in it, in sentences
 */
export async function makePlan({ call }: Caller, { endDate, absence, pilot }: Drawn): Promise<readonly string[]> {
  const away = (days: number): string => isoOfDay((dayOfIso(endDate) ?? 0) + days);
  for (const resource of resourcesOn(away(-60))) await call('plan.saveResource', { resource });
  const asked = await askPeople({ call }, absence, { from: away(-120), to: away(-90), decidedOn: away(-75) });
  const actions = actionsFrom(away, asked === null ? null : surveyDecision);
  for (const action of actions) await call('plan.saveAction', { action });
  const [, led] = actions;
  if (pilot !== null && led) await call('plan.linkPilot', { action: led.action, pilot });
  await call('plan.moveAction', { action: 'A6', to: 'stopped', reason: 'A page for families is there already.' });
  await call('plan.holdMeeting', {
    meeting: {
      ...{ meeting: 'M1', on: endDate, present: ['Head of Wellbeing (synthetic)', 'Federation lead (synthetic)'] },
      decisions: [{ words: 'Say by the next meeting who invites the teams that were left out.', action: 'A3' }],
      ...{ changed: ['A6'], nextOn: away(91) },
    },
  });
  return [
    `Plan (synthetic): ${ratings.length} ratings, a review meeting and ${actions.length} actions, of which one is overdue, one waits for another and one is stopped. None is signed off: its only user saved them all, and nobody signs off what they saved.`,
    ...(asked === null ? [] : [asked]),
  ];
}

function resourcesOn(assessedOn: string): Resource[] {
  return ratings.map(([theme, title, maturity, target, evidence], at) => ({
    ...{ resource: `R${at + 1}`, theme, title, maturity, target, evidence },
    ...{ assessedOn, assessedBy: 'Head of Wellbeing (synthetic)' },
    guidance: theme === 'Peer support' ? demoGuidance : null,
  }));
}

/** A1 follows from guidance, A2 leads to a pilot, A3 is overdue, A4 waits for A2, A5 lacks what a sign-off needs, A6 is stopped. */
function actionsFrom(away: (days: number) => string, decision: Action['decision']): Action[] {
  const owner = 'Head of Wellbeing (synthetic)';
  return [
    {
      ...{ action: 'A1', title: 'Offer brief sessions within shifts', why: 'The evidence tells of a small benefit.' },
      ...{ guidance: demoGuidance, owner, start: away(-30), due: away(300) },
      indicator: { indicator: 'offer-uptake', target: 60 },
    },
    {
      ...{ action: 'A2', title: 'Try out what teams on nights can use', why: 'Peers are fewest where most is asked.' },
      ...{ guidance: demoGuidance, resource: 'R4', owner: 'Superintendent, Response (synthetic)' },
      ...{ start: away(-200), due: away(700), indicator: { indicator: 'caseness-phq-9', target: null } },
    },
    {
      ...{ action: 'A3', title: 'Invite every team to screening once a year', why: 'Half were never invited.' },
      ...{ resource: 'R2', owner: 'Occupational Health Manager (synthetic)', start: away(-180), due: away(-14) },
      indicator: { indicator: 'screening-uptake', target: 70 },
    },
    {
      ...{ action: 'A4', title: 'Take to every area what worked on nights', why: 'Only once it is known to help.' },
      ...{ resource: 'R4', owner, start: away(720), due: away(1_000), dependsOn: ['A2'] },
      indicator: { indicator: 'absence-rate', target: 4.5 },
    },
    {
      ...{
        action: 'A5',
        title: 'Keep a quiet quarter of an hour on nights',
        why: 'Breaks are given up first.',
        decision,
      },
      resource: decision === null ? 'R5' : null,
    },
    {
      ...{ action: 'A6', title: 'Print a second page for families', why: 'Some had seen none.' },
      ...{ resource: 'R6', owner, start: away(-90), due: away(60) },
      indicator: { indicator: 'family-response', target: 40 },
    },
  ];
}
