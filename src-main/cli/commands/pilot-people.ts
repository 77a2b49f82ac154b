import type { AdverseCount, AdverseEvents } from '#shared/contract/adverse-events.ts';
import type { PilotPerson } from '#shared/contract/pilot-people.ts';
import { type Arguments, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';

export function pilotOf(args: Arguments): string {
  return word(args, 2, 'the code of the pilot');
}

function people(args: Arguments, folder: string): Promise<Answer> {
  const pilot = pilotOf(args);
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('pilots.people', { pilot });
    return { json: answer, text: answer.people.map(personLine) };
  });
}

function personLine({ person, state, consentedOn, withdrawnOn, isDataUsed }: PilotPerson): string {
  const consented = consentedOn === null ? '' : `, consented on ${consentedOn}`;
  const withdrew = withdrawnOn === null ? '' : `, withdrew on ${withdrawnOn}`;
  return `${person}  ${state}${consented}${withdrew}${isDataUsed ? '' : ', nothing of theirs is used'}`;
}

function statementOf(args: Arguments) {
  const [person, on] = [args.text('person'), args.text('on')];
  if (person === undefined || on === undefined) {
    throw usageError('pilots needs --person, a pseudonym, and --on, the day on which they said so.');
  }
  return { pilot: pilotOf(args), person, on };
}

function consent(args: Arguments, folder: string): Promise<Answer> {
  const statement = statementOf(args);
  return withVault(args, folder, async ({ call }) => {
    const person = await call('pilots.consent', statement);
    return { json: person, text: [personLine(person)] };
  });
}

function withdraw(args: Arguments, folder: string): Promise<Answer> {
  const statement = { ...statementOf(args), isDataUsed: !args.flag('leave-out') };
  return withVault(args, folder, async ({ call }) => {
    const person = await call('pilots.withdraw', statement);
    return { json: person, text: [personLine(person)] };
  });
}

function countLine({ arms }: AdverseEvents): (count: AdverseCount) => string {
  const words = (people: number | null): string => (people === null ? 'withheld' : String(people));
  return ({ name, people, byArm }) => {
    const parts = arms.map((arm, at) => `${arm === '' ? 'in no arm' : arm} ${words(byArm[at] ?? null)}`);
    return `${name}: ${words(people)} (${parts.join(', ')})`;
  };
}

function shown(answer: AdverseEvents): Answer {
  const { hasAny, hasSerious, all, bySeriousness, byCategory, events } = answer;
  const line = countLine(answer);
  return {
    json: answer,
    text: hasAny
      ? [
          ...(hasSerious ? ['A serious adverse event is recorded.'] : []),
          ...['People with an event:', line(all), ...bySeriousness.map(line), ...byCategory.map(line)],
          ...(events ?? []).map(({ on, person, category, seriousness }) =>
            [on, person, category, seriousness].join('  '),
          ),
        ]
      : ['No adverse event is recorded.'],
  };
}

function adverseEvents(args: Arguments, folder: string): Promise<Answer> {
  const pilot = pilotOf(args);
  return withVault(args, folder, async ({ call }) => shown(await call('pilots.adverseEvents', { pilot })));
}

/** Actions of `pilots` that are about the people of one. */
export const pilotPeopleActions = { people, consent, withdraw, 'adverse-events': adverseEvents } as const;
