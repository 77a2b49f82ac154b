import { inWorkingOrder } from '#main/analysis/cases/worklist-order.ts';
import type { Opener } from '#main/crypto/seal.ts';
import { lastSupportDay, type WaitingReferral, waitingReferrals } from '#main/store/case-facts.ts';
import { listSignals, type SignalRecord } from '#main/store/case-records.ts';
import type { WorkItem } from '#shared/contract/cases.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { originWords } from '#shared/domain/cases.ts';
import { dayOfIso, isoOfDay, londonDay } from '#shared/domain/dates.ts';
import { supportSteps } from '#shared/domain/extract-kinds/support.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { formatDate } from '#shared/report/format.ts';
import { doneEvent, type VaultContext } from '../call-context.ts';
import { schemeInUse } from '../schemes/index.ts';
import { withOpener } from './clinic.ts';
import { eventContent, type HeldCase, heldCases, openCaseNumbers, safetyCasesOf } from './held-cases.ts';
import { deputyHours, safetyList } from './safety.ts';
import { raisedBy, signalReasons } from './signal-words.ts';
import { dueSignals, storeSignals } from './signals.ts';

/** Referrals of an extract that are older than this are history, not work. */
const referralDays = 180;
const mostNotSeen = 500;

function todayOf(context: VaultContext): number {
  return londonDay(Math.floor(context.nowMs / 1_000));
}

const dayOf = (instant: string): string => isoOfDay(londonDay(Math.floor(Date.parse(instant) / 1_000)));

const nothing = { decision: null, due: null, overdue: false, reviewAsked: false } as const;

function signalItem(person: string, signals: readonly SignalRecord[], openCase: number | null): WorkItem {
  const first = signals.map(({ asOfDay }) => asOfDay).sort((a, b) => a - b)[0] ?? 0;
  return {
    ...nothing,
    kind: 'signal',
    person,
    case: null,
    openCase,
    reasons: signalReasons(signals),
    raisedBy: raisedBy(signals),
    since: isoOfDay(first),
    state: 'waiting',
    newSignals: signals.length,
  };
}

function referralItem(
  person: string,
  referrals: readonly WaitingReferral[],
  signals: readonly SignalRecord[],
): WorkItem {
  const lines = referrals.map(
    ({ service, day }) => `Referred to ${service} on ${formatDate(isoOfDay(day))}; no contact is recorded.`,
  );
  return {
    ...nothing,
    kind: 'referral',
    person,
    case: null,
    openCase: null,
    reasons: [...lines, ...signalReasons(signals)],
    raisedBy: raisedBy(signals),
    since: isoOfDay(referrals[0]?.day ?? 0),
    state: 'waiting',
    newSignals: signals.length,
  };
}

function caseItem(opener: Opener, held: HeldCase, signals: readonly SignalRecord[], today: number): WorkItem {
  const { state } = held;
  const fresh = signals.filter(({ id }) => id > state.reviewedSignal);
  const opened = held.events[0];
  const origin = opened ? eventContent(opener, opened).origin : undefined;
  const referrals = held.events.filter(({ kind, id }) => kind === 'referral' && id > lastDecision(held));
  return {
    kind: 'case',
    person: held.person,
    case: held.id,
    openCase: state.state === 'open' ? held.id : null,
    reasons: [
      originWords[origin ?? 'clinician'],
      ...referrals.map(
        (event) => `New: ${originWords[eventContent(opener, event).origin ?? 'clinician'].toLowerCase()}`,
      ),
      ...signalReasons(fresh),
    ],
    raisedBy: raisedBy(fresh),
    since: dayOf(state.since),
    state: state.state,
    decision: state.decision,
    due: state.dueDay === null ? null : isoOfDay(state.dueDay),
    overdue: state.state === 'open' && state.dueDay !== null && state.dueDay < today,
    newSignals: fresh.length,
    reviewAsked: state.state === 'open' && state.reviewAsked,
  };
}

function lastDecision({ events }: HeldCase): number {
  return events.findLast(({ kind }) => kind === 'decision')?.id ?? 0;
}

function byKey<Entry, Key>(entries: readonly Entry[], keyOf: (entry: Entry) => Key): Map<Key, Entry[]> {
  const groups = new Map<Key, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

function extractReferrals({ vault }: VaultContext, cases: readonly HeldCase[]): WaitingReferral[] {
  const { connection } = vault.store;
  const last = lastSupportDay(connection);
  if (last === null) return [];
  const referred = supportSteps.indexOf('referred') + 1;
  const openedSince = byKey(cases, ({ person }) => person);
  return waitingReferrals(connection, { referred }, last - referralDays).filter(({ person, day }) =>
    // A case that was opened after the referral has dealt with it.
    (openedSince.get(person) ?? []).every(
      ({ openedAt, state }) => state.state === 'closed' && (dayOfIso(dayOf(openedAt)) ?? 0) < day,
    ),
  );
}

function itemsOf(context: VaultContext, opener: Opener, cases: readonly HeldCase[]): WorkItem[] {
  const signals = listSignals(context.vault.store.connection);
  const ofCase = byKey(signals, ({ caseId }) => caseId);
  const waiting = byKey(ofCase.get(null) ?? [], ({ person }) => person);
  const referrals = byKey(extractReferrals(context, cases), ({ person }) => person);
  const open = openCaseNumbers(cases);
  const today = todayOf(context);
  return inWorkingOrder([
    ...cases.map((held) => caseItem(opener, held, ofCase.get(held.id) ?? [], today)),
    ...[...referrals].map(([person, list]) => referralItem(person, list, waiting.get(person) ?? [])),
    ...[...waiting]
      .filter(([person]) => !referrals.has(person))
      .map(([person, list]) => signalItem(person, list, open.get(person) ?? null)),
  ]);
}

/** What waits for a clinician: safety answers first and from their boxes alone, then everything else. */
export async function worklist(context: VaultContext): Promise<Result<OutputOf<'cases.worklist'>>> {
  const { vault } = context;
  const { connection } = vault.store;
  context.progress({ stage: 'Opening safety answers', done: 0, total: 3, unit: 'steps' });
  const safety = await withOpener(vault, (opener) => safetyList(context, safetyCasesOf(opener, heldCases(connection))));
  context.progress({ stage: 'Looking for signals', done: 1, total: 3, unit: 'steps' });
  const due = await dueSignals(context);
  // A fault in looking for signals must not keep a safety answer from the list.
  const found = due.ok ? due.value : { asOfDay: null, signals: [] };
  await vault.writeGate.run(() =>
    vault.store.commit(
      doneEvent(context, 'case.worklist', undefined, { raised: found.signals.length }),
      (transaction) => storeSignals(transaction, context, found, openCaseNumbers(heldCases(connection))),
    ),
  );
  const items = await withOpener(vault, (opener) => itemsOf(context, opener, heldCases(connection)));
  const { scheme, version } = schemeInUse(connection);
  const waitingFirst = [...safety.answers].sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  const raised = waitingFirst.filter(({ answer }) => answer === 'raised');
  const notSeen = waitingFirst.filter(({ answer, acknowledgedAt }) => answer === 'not seen' && acknowledgedAt === null);
  return ok({
    today: isoOfDay(todayOf(context)),
    asOf: found.asOfDay === null ? null : isoOfDay(found.asOfDay),
    scheme: scheme.id,
    schemeVersion: version,
    raised: found.signals.length,
    deputyAfterHours: deputyHours(vault),
    safety: {
      open: raised.filter(({ acknowledgedAt }) => acknowledgedAt === null),
      acknowledged: raised.filter(({ acknowledgedAt }) => acknowledgedAt !== null).reverse(),
      notSeen: notSeen.slice(-mostNotSeen).reverse(),
      notSeenTotal: notSeen.length,
      unreadable: safety.unreadable,
    },
    items,
  });
}

/** Numbers for the overview: reads what is there, raises nothing. */
export async function waiting(context: VaultContext): Promise<Result<OutputOf<'cases.waiting'>>> {
  const { vault } = context;
  const cases = heldCases(vault.store.connection);
  const safety = await withOpener(vault, (opener) => safetyList(context, safetyCasesOf(opener, cases)));
  const open = safety.answers.filter(({ answer, acknowledgedAt }) => answer === 'raised' && acknowledgedAt === null);
  const today = todayOf(context);
  const unattached = listSignals(vault.store.connection).filter(({ caseId }) => caseId === null);
  const opened = cases.filter(({ state }) => state.state === 'open');
  return ok({
    safety: open.length,
    safetyOverdue: open.filter(({ overdue }) => overdue).length,
    signals: new Set(unattached.map(({ person }) => person)).size,
    reviewsDue: opened.filter(({ state }) => state.dueDay !== null && state.dueDay <= today).length,
    openCases: opened.length,
  });
}
