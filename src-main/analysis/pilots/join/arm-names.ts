import type { Participant } from './records.ts';

type Named = Pick<Participant, 'arm'>;

/** The arm of each participant in words: designs without arms have everybody in one group. */
export function armNames(participants: readonly Named[]): (participant: Named) => string {
  const none = participants.some(({ arm }) => arm !== null) ? 'in no arm' : 'enrolled';
  return ({ arm }) => arm ?? none;
}
