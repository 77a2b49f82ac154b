import { counted, plainNumber } from '#main/analysis/exposure/words.ts';
import type { EnrolmentState, PilotEnrolmentResult } from '#shared/domain/pilot-enrolment.ts';

const stateWords: Readonly<Record<EnrolmentState, readonly [one: string, many: string]>> = {
  'taking part': ['takes part', 'take part'],
  waiting: ['has consented and waits to be allocated', 'have consented and wait to be allocated'],
  'no consent': ['is eligible, without a consent on record', 'are eligible, without a consent on record'],
  'not eligible yet': ['is not eligible yet', 'are not eligible yet'],
  'not enrolled': ['was not enrolled', 'were not enrolled'],
  withdrawn: ['has withdrawn', 'have withdrawn'],
};

/** How far people have come, in sentences. */
export function readPilotEnrolment({ all, leftOut, contradicted, minimum }: PilotEnrolmentResult): string[] {
  if (all.people === 0) return ['Nobody is in the enrolments of this pilot.'];
  if (all.people === null) return [`Fewer than ${plainNumber(minimum)} people: nothing is told of them.`];
  const states = Object.entries(stateWords) as [EnrolmentState, readonly [string, string]][];
  const hidden = states.some(([state]) => all.byState[state] === null);
  return [
    `${counted(all.people, 'person is', 'people are')} in the enrolments.`,
    ...states.flatMap(([state, [one, many]]) => {
      const people = all.byState[state];
      return people === null || people === 0 ? [] : [`${counted(people, `person ${one}`, `people ${many}`)}.`];
    }),
    ...(hidden ? ['Some counts are withheld: they are small, or a small one would follow from them.'] : []),
    ...(leftOut === null || leftOut === 0
      ? []
      : [
          `${plainNumber(leftOut)} of those who withdrew asked that nothing of theirs is used: every analysis leaves them out.`,
        ]),
    ...(contradicted === null || contradicted === 0
      ? []
      : [
          `An extract says of ${plainNumber(contradicted)} who withdrew that they take part: they do not, until their consent is recorded.`,
        ]),
  ];
}
