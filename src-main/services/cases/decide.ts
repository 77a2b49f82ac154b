import { mayReview } from '#main/analysis/cases/case-state.ts';
import { decisionFault } from '#main/analysis/cases/decision-rules.ts';
import { addCaseEvent, type CaseEventRecord, newestSignal } from '#main/store/case-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { dayOfIso, londonDay } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { contexts, sealContent } from './clinic.ts';
import type { EventContent } from './contents.ts';
import { type HeldCase, heldCase, openCaseOf } from './held-cases.ts';

type NewEvent = Pick<CaseEventRecord, 'kind' | 'decision' | 'overrides' | 'dueDay' | 'lastSignal'>;

const unchanged = 'Nothing was stored.';

/** Adds an event to a case that a check allows, with its audit event in one transaction. */
function append(
  context: VaultContext,
  id: number,
  action: string,
  content: EventContent,
  check: (held: HeldCase) => Result<NewEvent>,
): Promise<Result<{ event: number }>> {
  const { vault } = context;
  const box = sealContent(vault, content, contexts.event);
  return vault.writeGate.run(() => {
    const held = heldCase(context, id);
    if (!held.ok) return held;
    const event = check(held.value);
    if (!event.ok) return event;
    const { decision } = event.value;
    const added = vault.store.commit(
      doneEvent(context, action, `case ${id}`, decision === null ? undefined : { decision }),
      (transaction) =>
        addCaseEvent(transaction, { caseId: id, at: isoTime(context), user: vault.user, ...event.value, box }),
    );
    return ok({ event: added });
  });
}

/** Signals of a case that nobody has decided on. */
export function hasNewSignal(context: VaultContext, held: HeldCase): boolean {
  return newestSignal(context.vault.store.connection, held.id) > held.state.reviewedSignal;
}

function dayGiven(due: string | undefined): Result<number | null> {
  if (due === undefined) return ok(null);
  const day = dayOfIso(due);
  return day === null
    ? fail('BAD_INPUT', 'The day on which the case is looked at again does not exist.', unchanged)
    : ok(day);
}

/** Appends a decision. Whoever decides has seen all that is there: a case that changed meanwhile is looked at again first. */
export async function decide(
  context: VaultContext,
  asked: InputOf<'cases.decide'>,
): Promise<Result<OutputOf<'cases.decide'>>> {
  const due = dayGiven(asked.due);
  if (!due.ok) return due;
  const { decision, overrides, reason, overrideReason } = asked;
  const content = { reason, ...(overrides && overrideReason !== undefined ? { overrideReason } : {}) };
  return append(context, asked.case, 'case.decide', content, (held) => {
    if (held.state.state === 'closed') {
      return fail('BAD_INPUT', 'This case is closed.', `${unchanged} Open it again first.`);
    }
    if (held.state.lastEvent !== asked.seen) {
      return fail(
        'BAD_INPUT',
        'Something was added to this case since you opened it.',
        `${unchanged} Look at the case again, and then decide.`,
      );
    }
    const suggestsOffer = hasNewSignal(context, held);
    const today = londonDay(Math.floor(context.nowMs / 1_000));
    const fault = decisionFault({ decision, overrides, overrideReason, dueDay: due.value }, { today, suggestsOffer });
    if (fault !== null) return fail('BAD_INPUT', fault, unchanged);
    return ok({
      kind: 'decision',
      decision,
      overrides: overrides ? 1 : 0,
      dueDay: due.value,
      lastSignal: newestSignal(context.vault.store.connection, held.id),
    });
  });
}

const plain = { decision: null, overrides: 0, dueDay: null, lastSignal: 0 } as const;

export async function reopen(
  context: VaultContext,
  asked: InputOf<'cases.reopen'>,
): Promise<Result<OutputOf<'cases.reopen'>>> {
  const due = dayGiven(asked.due);
  if (!due.ok) return due;
  return append(context, asked.case, 'case.reopen', { reason: asked.reason }, (held) => {
    if (held.state.state === 'open') return fail('BAD_INPUT', 'This case is open.', unchanged);
    const other = openCaseOf(context.vault.store.connection, held.person);
    if (other) {
      return fail('BAD_INPUT', `Case ${other.id} of the same person is open.`, `${unchanged} Go on in that case.`);
    }
    return ok({ ...plain, kind: 'reopened', dueDay: due.value });
  });
}

export function askReview(
  context: VaultContext,
  asked: InputOf<'cases.askReview'>,
): Promise<Result<OutputOf<'cases.askReview'>>> {
  return append(context, asked.case, 'case.askReview', { reason: asked.reason }, (held) => {
    if (held.state.state === 'closed') return fail('BAD_INPUT', 'This case is closed.', unchanged);
    if (held.state.reviewAsked) return fail('BAD_INPUT', 'Two reviews are asked for already.', unchanged);
    return ok({ ...plain, kind: 'review_asked' });
  });
}

export function review(
  context: VaultContext,
  asked: InputOf<'cases.review'>,
): Promise<Result<OutputOf<'cases.review'>>> {
  return append(context, asked.case, 'case.review', { reason: asked.reason }, (held) => {
    if (held.state.state === 'closed' || !mayReview(held.events, context.vault.user)) {
      return fail(
        'BAD_INPUT',
        'No review of yours is wanted: none was asked for, yours is in, or both are.',
        unchanged,
      );
    }
    return ok({ ...plain, kind: 'review', decision: asked.decision });
  });
}
