import { supportSteps } from '#shared/charts/uptake-charts.ts';
import { formatDate, plural } from '../../ui/format.ts';

export const text = {
  title: 'Support',
  lead: 'What is offered, who takes it up, how long people wait, and who is missed. Figures are about the offer, never about a person.',
  tabs: { uptake: 'Uptake', services: 'Services', network: 'Peer network', matching: 'Matching' },
  emptyTitle: 'No support yet',
  emptyText: 'Import people, then steps of support; the funnel, the waits and who is missed appear here.',
  from: 'From',
  to: 'To',
  latest: (day: string) => `newest step held: ${formatDate(day)}`,
  backwards: 'The period ends before it begins. Choose an earlier first day.',
  service: 'Service',
  running: 'Working out the uptake',
  noService: 'No step of support lies in this period. Choose an earlier first day.',
  few: (minimum: number) => `withheld: fewer than ${minimum}`,
  notRecorded: 'the extract does not say',
  noDenominator: 'nothing to divide by',
  steps: supportSteps,
  funnelNote: (days: number, lastStart: string) =>
    `Each person counts once and starts with the first offer or referral of the period, and is followed for ${days} days: offers up to ${formatDate(lastStart)} are in it. A later step implies the ones before.`,
  waitNote:
    'Share contacted by days since the offer or referral, by Aalen and Johansen, with its 95% interval. Who leaves the force first is not waiting; who still waits on the newest day is followed up to it. The line joins the days that may be shown.',
  waitNone: (minimum: number) =>
    `Fewer than ${minimum} people were offered it or contacted, so no waiting time is drawn.`,
  by: 'Groups',
  byOptions: {
    role: 'Role',
    unit: 'Unit',
    rank: 'Rank',
    sex: 'Sex',
    ethnicity_group: 'Ethnicity',
    age_band: 'Age band',
    part_time: 'Hours',
  },
  missedNote: (days: number, withheld: number) =>
    `Uptake (a first contact within ${days} days) in each group over that in the rest, with 95% intervals; p is adjusted for the number of groups. An interval across 1 holds no difference too.${withheld > 0 ? ` ${plural(withheld, 'group is', 'groups are')} withheld: few people stand behind ${withheld === 1 ? 'it' : 'them'}, or another would follow.` : ''}`,
  missedNone: (minimum: number) =>
    `No two groups are large enough to compare: at least ${minimum} who took an offer up and ${minimum} who did not are needed in each.`,
  changeTitle: 'Before and after a change in the offer',
  changeOn: 'Offer changed on',
  changeWith: 'Not touched by it',
  changeWithNone: 'Nothing to compare with',
  changeRunning: 'Looking at the months before and after',
  changeOutside: 'The change lies outside the last three years held. Choose a later day, not after the newest step.',
  changeNote: (days: number) =>
    `People offered it in each month and contacted within ${days} days. What is expected is the straight line of the months before, carried on, with its 95% interval. This says when uptake moved, not why: whatever else happened then is in it too.`,
} as const;
