import type { PilotCount, PilotRecruitment } from '#shared/domain/pilot-evaluation-result.ts';
import { type MayShow, sortedNames } from '../../peers/period.ts';
import { mayTellPart } from '../evaluation/tell.ts';
import { armNames } from '../join/arm-names.ts';
import { fewestToTell } from '../join/joined.ts';
import type { Participant } from '../join/records.ts';

/**
 * How people came to be in the arms, by the enrolments: who is in which, who was not enrolled and why, and who withdrew.
 * @param hidden arms whose people would tell, beside those who answered, of few who did not
 */
export function recruitmentOf(
  participants: readonly Participant[],
  hidden: ReadonlySet<string>,
  mayShow: MayShow,
): PilotRecruitment {
  const enrolled = participants.filter(({ notEnrolledReason }) => notEnrolledReason === null);
  const nameOf = armNames(enrolled);
  const arms = counted(enrolled, nameOf, mayShow).map((row) => (hidden.has(row.what) ? { ...row, count: null } : row));
  const notEnrolled = counted(
    participants.filter(({ notEnrolledReason }) => notEnrolledReason !== null),
    ({ notEnrolledReason }) => notEnrolledReason ?? '',
    mayShow,
  );
  const withdrawn = arms.map(({ what, count }): PilotCount => {
    const own = enrolled.filter((one) => nameOf(one) === what);
    const left = own.filter(({ withdrawnDay }) => withdrawnDay !== null).length;
    return { what, count: count === null ? null : part(left, own.length) };
  });
  const consentNotRecorded = part(enrolled.filter(({ consentedDay }) => consentedDay === null).length, enrolled.length);
  const counts = [...arms, ...notEnrolled, ...withdrawn].map(({ count }) => count);
  return {
    ...{ arms, notEnrolled, withdrawn, consentNotRecorded },
    withheld: [...counts, consentNotRecorded].includes(null)
      ? `Counts of fewer than ${fewestToTell} people are withheld, and others from which they would follow.`
      : null,
  };
}

function counted(
  people: readonly Participant[],
  nameOf: (person: Participant) => string,
  mayShow: MayShow,
): PilotCount[] {
  const names = sortedNames(people.map(nameOf));
  const counts = names.map((name) => people.filter((person) => nameOf(person) === name).length);
  const shown = mayShow(names, counts, fewestToTell);
  return names.map((what, at) => ({ what, count: shown[at] === true ? (counts[at] ?? 0) : null }));
}

/** Nobody and everybody may be told. */
function part(count: number, whole: number): number | null {
  return count === 0 || count === whole || mayTellPart(count, whole, fewestToTell) ? count : null;
}
