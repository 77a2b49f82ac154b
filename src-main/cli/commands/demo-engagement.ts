import { z } from 'zod';
import type { InputOf } from '#shared/contract/index.ts';
import { total } from '#shared/domain/engagement.ts';
import type { Caller } from '../engine-session.ts';

type Activity = InputOf<'plan.saveActivity'>['activity'];

/** What was decided after the survey, as an action names it. */
export const surveyDecision = { activity: 'E1', decision: 'D1' } as const;

/** Share of the workforce that the group has among those who answered, over what it has among those in post. */
const planted = { group: 'Response', reached: 0.6, answering: 0.55 } as const;

const figuresSchema = z.object({ averageHeadcount: z.number() }).nullable();
const absenceSchema = z.object({
  all: figuresSchema,
  groups: z.array(z.object({ group: z.string(), figures: figuresSchema })),
});

type Role = { readonly group: string; readonly people: number };

/** People of each role; those whose number is withheld share evenly what is left of the force. */
function rolesOf(absence: Readonly<Record<string, unknown>>): Role[] {
  const { all, groups } = absenceSchema.parse(absence);
  const known = groups.flatMap(({ figures }) => figures?.averageHeadcount ?? []);
  const left = Math.max(0, (all?.averageHeadcount ?? 0) - total(known)) / Math.max(1, groups.length - known.length);
  return groups.flatMap(({ group, figures }) => {
    const people = Math.round(figures?.averageHeadcount ?? left);
    return people === 0 ? [] : [{ group, people }];
  });
}

type Days = { readonly from: string; readonly to: string; readonly decidedOn: string };

/**
 * A survey of the workforce that one role answers too seldom, and a group of managers.
 * @param absence the result of `absence` by role
 * @returns what is planted, in a sentence; null where the force is too small to ask by role
 */
export async function askPeople(
  { call }: Pick<Caller, 'call'>,
  absence: Readonly<Record<string, unknown>>,
  days: Days,
): Promise<string | null> {
  const roles = rolesOf(absence);
  if (roles.length < 2) return null;
  await call('plan.saveActivity', { activity: surveyOf(roles, days) });
  await call('plan.saveActivity', { activity: managersOf(days) });
  return `Two engagement activities (synthetic): ${planted.group} is planted at about ${planted.reached * 100}% of its share of the workforce among those who answered.`;
}

function surveyOf(roles: readonly Role[], { decidedOn, ...days }: Days): Activity {
  const invited = total(roles.map(({ people }) => people));
  const groups = roles.map(({ group, people }) => ({
    ...{ by: 'role' as const, group, invited: people },
    responded: Math.round(people * (group === planted.group ? rateOfPlanted(people / invited) : planted.answering)),
  }));
  const responded = total(groups.map((group) => group.responded));
  return {
    ...{ activity: surveyDecision.activity, title: 'Winter survey (synthetic)', kind: 'survey' },
    ...{ audience: 'officers and staff', ...days, invited, responded, groups },
    items: [
      statement('Q1', 'I know whom I can turn to after a hard job', responded, [0.06, 0.12, 0.22, 0.36, 0.24]),
      statement('Q2', 'I get a break on nights', responded, [0.24, 0.3, 0.2, 0.18, 0.08]),
    ],
    themes: [
      { theme: 'T1', title: 'No quiet minute on nights', people: Math.floor(responded * 0.2), paraphrases: [] },
      { theme: 'T2', title: 'Supervisors who ask', people: Math.floor(responded * 0.12), paraphrases: [] },
    ],
    decisions: [
      {
        ...{ decision: surveyDecision.decision, said: 'Breaks are given up first.', decidedOn },
        did: 'A quarter of an hour is to be kept free on nights.',
      },
      { decision: 'D2', said: 'We do not hear what became of the last survey.', did: '' },
    ],
  };
}

/** The rate of answering at which a group of that share is reached as planted, where everybody else answers as often as planted. */
function rateOfPlanted(share: number): number {
  return (planted.answering * planted.reached * (1 - share)) / (1 - planted.reached * share);
}

/** Whoever is left over by rounding left the statement out. */
function statement(item: string, words: string, responded: number, shares: readonly number[]) {
  return { item, words, answers: shares.map((share) => Math.floor(responded * share)) };
}

function managersOf({ decidedOn, ...days }: Days): Activity {
  return {
    ...{
      activity: 'E2',
      title: 'Groups of first-line managers (synthetic)',
      kind: 'focus group',
      audience: 'managers',
    },
    ...{ ...days, invited: 36, responded: 24 },
    themes: [{ theme: 'T1', title: 'No time to ask how somebody is', people: 13, paraphrases: [] }],
    decisions: [
      {
        ...{ decision: 'D1', said: 'Nobody told us what to look for.', decidedOn },
        did: 'An hour on what to look for is part of the course for sergeants.',
      },
    ],
  };
}
