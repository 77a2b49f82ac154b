import { counted, plainNumber, plainShare } from '#main/analysis/exposure/words.ts';
import type { FidelityFigures, PilotFidelityResult } from '#shared/domain/pilot-fidelity.ts';
import type { Delivery } from './person-dose.ts';
import type { FidelityRecords } from './records.ts';

/** What was delivered, in sentences. */
export function readPilotFidelity({ all, clusters, minimum, enoughShare }: PilotFidelityResult): string[] {
  if (all.people === null) {
    return [`Fewer than ${plainNumber(minimum)} people were offered the sessions: nothing is told of them.`];
  }
  return [
    ...heldWords(all),
    ...reachWords(all, enoughShare),
    ...doseWords(all),
    ...shiftWords(all),
    ...clusterWords(clusters),
    'What people had is not by chance: a difference between those who came often and seldom is no effect of the sessions.',
  ];
}

function heldWords({ planned, held }: FidelityFigures): string[] {
  if (held === null || planned === 0) return [];
  return [`Somebody came to ${plainNumber(held)} of ${counted(planned, 'planned session', 'planned sessions')}.`];
}

function reachWords({ people, byDose }: FidelityFigures, enoughShare: number): string[] {
  const { none, enough } = byDose;
  if (people === null || people === 0) return [];
  const reach =
    none === null
      ? 'How many of them came to no session is withheld.'
      : `${plainNumber(people - none)} of ${counted(people, 'person', 'people')} (${plainShare((people - none) / people)}) came to at least one.`;
  const dose =
    enough === null
      ? 'How many had enough is withheld.'
      : `${plainNumber(enough)} (${plainShare(enough / people)}) had enough: at least ${plainShare(enoughShare)} of what was planned for them.`;
  return [reach, dose];
}

function doseWords({ plannedEach, sessionsEach, minutesEach }: FidelityFigures): string[] {
  if (plannedEach === null || sessionsEach === null || minutesEach === null) {
    return ['Sessions and minutes a person are withheld: they rest on fewer than 10 people.'];
  }
  return [
    `On average a person had ${counted(sessionsEach, 'session', 'sessions')} of ${plainNumber(plannedEach)} planned, ${counted(minutesEach, 'minute', 'minutes')} in all.`,
  ];
}

function shiftWords({ withinShift }: FidelityFigures): string[] {
  return withinShift === null
    ? ['How many sessions lay within the shift of those who came is withheld or not known.']
    : [`${plainShare(withinShift)} of sessions attended lay within the shift of whoever came.`];
}

function clusterWords(clusters: PilotFidelityResult['clusters']): string[] {
  const share = ({ sessionsEach, plannedEach }: FidelityFigures): number | null =>
    sessionsEach === null || plannedEach === null || plannedEach === 0 ? null : sessionsEach / plannedEach;
  const known = clusters.flatMap((one) => {
    const own = share(one);
    return own === null ? [] : [{ cluster: one.cluster, share: own }];
  });
  known.sort((a, b) => b.share - a.share);
  const [most, least] = [known[0], known.at(-1)];
  if (!most || !least || most === least) return [];
  return [
    `${most.cluster} had the largest part of what was planned there (${plainShare(most.share)}), ${least.cluster} the smallest (${plainShare(least.share)}).`,
  ];
}

/** What a reader has to know of the data. */
export function pilotFidelityWarnings(records: FidelityRecords, delivery: Delivery, minimum: number): string[] {
  const missing = [
    ...(records.enrolled.length === 0 ? ['Nobody is enrolled in this pilot: import its pilot_enrolments first.'] : []),
    ...(records.planned.length === 0
      ? [
          'No sessions are planned: import pilot_session_plan, or give "sessionsEach", to see what was planned for whom.',
        ]
      : []),
    ...(records.attended.length === 0 ? ['No sessions were attended, or pilot_sessions is not imported yet.'] : []),
  ];
  const { withoutMinutes } = delivery;
  return [
    ...missing,
    ...leftOutWords(records.leftOut, minimum),
    ...(withoutMinutes >= minimum
      ? [`The length of ${plainNumber(withoutMinutes)} sessions attended is not known: minutes are a floor.`]
      : []),
  ];
}

function leftOutWords(leftOut: number, minimum: number): string[] {
  if (leftOut === 0) return [];
  const who = leftOut < minimum ? `Fewer than ${plainNumber(minimum)} people` : counted(leftOut, 'person', 'people');
  return [`${who} withdrew and asked that nothing of theirs is used: they are left out.`];
}
