import type { Connection } from '#main/store/connection.ts';
import { type PilotStanding, readPilotStandings } from '#main/store/pilot-standing-records.ts';
import { addPilotStatement, readPilotStatements } from '#main/store/pilot-statement-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { PilotPerson } from '#shared/contract/pilot-people.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { isRandomised } from '#shared/domain/pilot.ts';
import type { ConsentStatement } from '#shared/domain/pilot-consent.ts';
import { enrolmentStateOf } from '#shared/domain/pilot-enrolment.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, todayOf, type VaultContext } from '../call-context.ts';
import { findPilot } from './held-pilots.ts';

const unchanged = 'Nothing was recorded.';

function isoOf(day: number | null): string | null {
  return day === null ? null : isoOfDay(day);
}

/** Whether chance puts people of a pilot into arms; so it does where nothing is planned yet. */
function isDrawn(connection: Connection, pilot: string): boolean {
  const found = findPilot(connection, pilot);
  return !found.ok || found.value.plan.design === null || isRandomised(found.value.plan.design);
}

function shown(standing: PilotStanding, today: number, drawn: boolean): PilotPerson {
  const { pseudonym, stratum, cluster, arm, isDataUsed, isContradicted, notEnrolledReason } = standing;
  return {
    ...{ person: pseudonym, stratum, cluster, arm, isDataUsed, isContradicted, notEnrolledReason },
    state: enrolmentStateOf(standing, today, drawn),
    eligibleOn: isoOf(standing.eligibleDay),
    consentedOn: isoOf(standing.consentedDay),
    withdrawnOn: isoOf(standing.withdrawnDay),
  };
}

/** Everybody in the enrolments of a pilot, by pseudonym. */
export function pilotPeople(context: VaultContext, pilot: string): OutputOf<'pilots.people'> {
  const { connection } = context.vault.store;
  const drawn = isDrawn(connection, pilot);
  const today = todayOf(context);
  return { people: readPilotStandings(connection, pilot).map((standing) => shown(standing, today, drawn)) };
}

/** What stands against a statement, by how the person stood before and would stand after it; null where nothing does. */
type Objection = (before: PilotStanding, after: PilotStanding) => Result<never> | null;

/** Records what somebody says of taking part, where nothing stands against it. */
function record(
  context: VaultContext,
  { pilot, person, on }: InputOf<'pilots.consent'>,
  { statement, objection }: { readonly statement: Omit<ConsentStatement, 'day'>; readonly objection: Objection },
): Promise<Result<PilotPerson>> {
  const { store, writeGate, user } = context.vault;
  const { connection } = store;
  const { kind, isDataUsed } = statement;
  return writeGate.run(() => {
    const day = dayOfIso(on);
    if (day === null || day > todayOf(context)) {
      return fail('BAD_INPUT', `${on} is not a day that has come.`, `${unchanged} Give the day on which they said so.`);
    }
    const held = readPilotStatements(connection, pilot);
    const said = new Map(held).set(person, [...(held.get(person) ?? []), { ...statement, day }]);
    const standingBy = (statements: typeof held): PilotStanding | undefined =>
      readPilotStandings(connection, pilot, statements).find(({ pseudonym }) => pseudonym === person);
    const [before, after] = [standingBy(held), standingBy(said)];
    if (!before || !after) {
      return fail(
        'NOT_FOUND',
        `${person} is not in the enrolments of “${pilot}”.`,
        `${unchanged} Check the pseudonym, or import the enrolments that name them.`,
      );
    }
    const objected = objection(before, after);
    if (objected) return objected;
    const row = { pilot, person, kind, onDay: day, isDataUsed: isDataUsed ? 1 : 0, at: isoTime(context), user };
    const action = kind === 'consent' ? 'pilot.consent' : 'pilot.withdraw';
    store.commit(doneEvent(context, action, `pilot ${pilot}`), (transaction) => addPilotStatement(transaction, row));
    return ok(shown(after, todayOf(context), isDrawn(connection, pilot)));
  });
}

/** Records a consent; of somebody who withdrew only one of a later day than that. */
export function recordConsent(context: VaultContext, input: InputOf<'pilots.consent'>): Promise<Result<PilotPerson>> {
  const { pilot, person } = input;
  const found = findPilot(context.vault.store.connection, pilot);
  if (found.ok && (found.value.finish || found.value.drop)) {
    const words = `“${pilot}” has ended: nobody joins it any more.`;
    return Promise.resolve(fail('BAD_INPUT', words, `${unchanged} A withdrawal can still be recorded.`));
  }
  return record(context, input, {
    statement: { kind: 'consent', isDataUsed: true },
    objection: (before, after) => {
      if (before.notEnrolledReason !== null) {
        return fail(
          'BAD_INPUT',
          `The extract says that ${person} was not enrolled: ${before.notEnrolledReason}.`,
          `${unchanged} Correct the extract and import it again, then record the consent.`,
        );
      }
      if (before.withdrawnDay === null && before.consentedDay !== null) {
        const on = isoOfDay(before.consentedDay);
        return fail('BAD_INPUT', `${person} has consented already, on ${on}.`, unchanged);
      }
      if (after.withdrawnDay !== null) {
        const on = isoOfDay(after.withdrawnDay);
        return fail(
          'BAD_INPUT',
          `${person} withdrew on ${on}, which this consent does not follow.`,
          `${unchanged} Give the day after it on which they consented anew.`,
        );
      }
      return null;
    },
  });
}

/** Records a withdrawal, or that somebody who has withdrawn asks since then that nothing of theirs is used. */
export function recordWithdrawal(
  context: VaultContext,
  input: InputOf<'pilots.withdraw'>,
): Promise<Result<PilotPerson>> {
  const { person, isDataUsed } = input;
  return record(context, input, {
    statement: { kind: 'withdrawal', isDataUsed },
    objection: (before, after) => {
      if (before.withdrawnDay !== null && before.isDataUsed === after.isDataUsed) {
        const on = isoOfDay(before.withdrawnDay);
        return fail('BAD_INPUT', `${person} has withdrawn already, on ${on}.`, unchanged);
      }
      const isBeforeConsent = (before.consentedDay ?? 0) > (dayOfIso(input.on) ?? 0);
      return before.withdrawnDay === null && (isBeforeConsent || after.withdrawnDay === null)
        ? fail(
            'BAD_INPUT',
            `${person} consented after this withdrawal.`,
            `${unchanged} Give the day of their withdrawal, on or after their last consent.`,
          )
        : null;
    },
  });
}
