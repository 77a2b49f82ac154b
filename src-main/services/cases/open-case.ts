import type { Opener } from '#main/crypto/seal.ts';
import { batchesOfHeldFiles, holdsPerson, keptRows, type SafetyPlace } from '#main/store/case-facts.ts';
import { addCase, addCaseEvent, attachSignals, listSignals } from '#main/store/case-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { dayOfIso, londonDay } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { contexts, sealContent, withOpener } from './clinic.ts';
import { openCaseOf } from './held-cases.ts';
import { openSafety, personOfReference } from './identity.ts';

type Asked = InputOf<'cases.open'>;

const notFound = (message: string): Result<never> =>
  fail('NOT_FOUND', message, 'Nothing was opened. Check it, or give the pseudonym as the lists show it.');

function answeredBy(context: VaultContext, opener: Opener, place: SafetyPlace): Result<string> {
  const content = openSafety(context, opener, place);
  if (!content.ok) return content;
  const { connection } = context.vault.store;
  const batch = batchesOfHeldFiles(connection).get(place.batch) ?? place.batch;
  const kept = keptRows(connection, [batch]).get(`${batch} ${place.row}`);
  const { reference } = content.value;
  const person = kept ?? (reference === '' ? null : personOfReference(context, opener, reference));
  if (person !== null) return ok(person);
  return notFound(
    'This answer cannot be tied to anybody in the data: it names nobody whose identity is held. Show whose it is first.',
  );
}

function whoIsMeant(context: VaultContext, opener: Opener, asked: Asked): Result<string> {
  if (asked.person !== undefined) {
    const pseudonym = asked.person.toUpperCase();
    const known =
      holdsPerson(context.vault.store.connection, pseudonym) ||
      listSignals(context.vault.store.connection).some(({ person }) => person === pseudonym);
    return known ? ok(pseudonym) : notFound('There is nobody with that pseudonym in this vault.');
  }
  if (asked.reference !== undefined) {
    const person = personOfReference(context, opener, asked.reference);
    return person === null
      ? notFound('No sealed identity has that reference. Names and numbers must have come with the people extract.')
      : ok(person);
  }
  if (asked.safety !== undefined) return answeredBy(context, opener, asked.safety);
  return fail('BAD_INPUT', 'It is not said whom the case is for.', 'Nothing was opened.');
}

function faultOf(asked: Asked, today: number): string | null {
  const ways = [asked.person, asked.reference, asked.safety].filter((way) => way !== undefined);
  if (ways.length !== 1) return 'A case is for one person: give a pseudonym, a reference or a safety answer.';
  const received = asked.receivedOn === undefined ? today : dayOfIso(asked.receivedOn);
  if (received === null) return 'The day of the referral does not exist.';
  return received > today ? 'The day of the referral has not come yet.' : null;
}

/** Opens a case, or adds what came to the one that is open. Waiting signals of the person join it. */
export async function openCase(context: VaultContext, asked: Asked): Promise<Result<OutputOf<'cases.open'>>> {
  const { vault } = context;
  const fault = faultOf(asked, londonDay(Math.floor(context.nowMs / 1_000)));
  if (fault !== null) return fail('BAD_INPUT', fault, 'Nothing was opened.');
  const who = await withOpener(vault, (opener) => whoIsMeant(context, opener, asked));
  if (!who.ok) return who;
  const person = who.value;
  const { origin, receivedOn, reason, safety } = asked;
  const content = {
    origin,
    ...(receivedOn === undefined ? {} : { receivedOn }),
    ...(reason === undefined ? {} : { reason }),
    ...(safety === undefined ? {} : { safety }),
  };
  const box = sealContent(vault, content, contexts.event);
  const by = asked.reference === undefined ? 'pseudonym' : 'reference';
  return vault.writeGate.run(() => {
    const open = openCaseOf(vault.store.connection, person);
    const id = vault.store.commit(
      (made: number) => doneEvent(context, 'case.open', `case ${made}`, { by, already: open !== null }),
      (transaction) => {
        const at = isoTime(context);
        const made = open?.id ?? addCase(transaction, { person, openedAt: at, openedBy: vault.user });
        addCaseEvent(transaction, {
          caseId: made,
          at,
          user: vault.user,
          kind: open ? 'referral' : 'opened',
          decision: null,
          overrides: 0,
          dueDay: null,
          lastSignal: 0,
          box,
        });
        attachSignals(transaction, person, made);
        return made;
      },
    );
    return ok({ case: id, already: open !== null });
  });
}
