import { absenceWords } from '#main/analysis/cases/absence-words.ts';
import { hiddenReviews, mayReview } from '#main/analysis/cases/case-state.ts';
import { type HeldScore, scoresInWords, speaksForItself } from '#main/analysis/cases/score-words.ts';
import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import type { Opener } from '#main/crypto/seal.ts';
import { absencesOf, contactsOf, holdsAbsences } from '#main/store/case-facts.ts';
import { casesOf, signalsOfCase } from '#main/store/case-records.ts';
import { findPerson, scoresOf, type TimelineScore } from '#main/store/overview-queries.ts';
import type { Timeline } from '#shared/contract/analyses.ts';
import type { CaseEvent, CaseView } from '#shared/contract/cases.ts';
import { isoOfDay, londonDay } from '#shared/domain/dates.ts';
import { supportSteps } from '#shared/domain/extract-kinds/support.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { schemeInWords } from '#shared/domain/scheme.ts';
import type { VaultContext } from '../call-context.ts';
import { timeline } from '../overview/index.ts';
import { recordEvent } from '../vault/index.ts';
import { withOpener } from './clinic.ts';
import { newestExposureDay } from './exposure-look.ts';
import { eventContent, type HeldCase, heldCase, heldCases, safetyCasesOf } from './held-cases.ts';
import { safetyList } from './safety.ts';
import { summariesMade } from './summary/summaries-made.ts';

type Scored = { readonly scales: Readonly<Record<string, number | null>> };

/** The scores of a stored screening by scale; those that had too few answers are null, not left out. */
function scoresHeld(row: TimelineScore): HeldScore[] {
  const common = { day: isoOfDay(row.day), instrument: row.instrument };
  if (row.scores === null) {
    const scale = row.scale ?? instrumentNamed(row.instrument)?.mainScale ?? 'total';
    return [{ ...common, scale, score: row.score }];
  }
  const { scales } = JSON.parse(row.scores) as Scored;
  const definition = instrumentNamed(row.instrument);
  return Object.entries(scales)
    .filter(([scale]) => speaksForItself(definition, scale))
    .map(([scale, score]) => ({ ...common, scale, score }));
}

function eventsShown(opener: Opener, held: HeldCase, user: string): CaseEvent[] {
  const hidden = hiddenReviews(held.events, user);
  return held.events.map((event): CaseEvent => {
    const isHidden = hidden.has(event.id);
    const content = isHidden ? {} : eventContent(opener, event);
    return {
      id: event.id,
      at: event.at,
      user: event.user,
      kind: event.kind,
      decision: isHidden ? null : event.decision,
      origin: content.origin ?? null,
      overrides: event.overrides === 1,
      due: event.dueDay === null ? null : isoOfDay(event.dueDay),
      reason: content.reason ?? null,
      overrideReason: content.overrideReason ?? null,
      hidden: isHidden,
    };
  });
}

function scoreLines(context: VaultContext, person: string) {
  const { connection } = context.vault.store;
  const found = findPerson(connection, person);
  const held = found === null ? [] : scoresOf(connection, found.id).flatMap(scoresHeld);
  return scoresInWords(held, instrumentNamed).map((line) => ({ ...line }));
}

async function timelineOf(context: VaultContext, person: string): Promise<Timeline | null> {
  const found = await timeline(context, person);
  return found.ok ? found.value : null;
}

/** Everything a clinician decides on, in words; read without being recorded. */
export async function caseFacts(context: VaultContext, held: HeldCase): Promise<CaseView> {
  const { vault } = context;
  const { connection } = vault.store;
  const { state, person } = held;
  const signals = signalsOfCase(connection, held.id);
  const history = await timelineOf(context, person);
  const today = londonDay(Math.floor(context.nowMs / 1_000));
  const absences = absencesOf(connection, person);
  const scores = scoreLines(context, person);
  const { answers, events } = await withOpener(vault, async (opener) => ({
    answers: (await safetyList(context, safetyCasesOf(opener, heldCases(connection)))).answers,
    events: eventsShown(opener, held, vault.user),
  }));
  return {
    case: held.id,
    person,
    state: state.state,
    openedAt: held.openedAt,
    openedBy: held.openedBy,
    origin: events[0]?.origin ?? 'clinician',
    decision: state.decision,
    due: state.dueDay === null ? null : isoOfDay(state.dueDay),
    overdue: state.state === 'open' && state.dueDay !== null && state.dueDay < today,
    seen: state.lastEvent,
    suggestsOffer: signals.some(({ id }) => id > state.reviewedSignal),
    reviewAsked: state.reviewAsked,
    mayReview: state.state === 'open' && mayReview(held.events, vault.user),
    signals: signals.map(({ id, words, rule, scheme, schemeVersion, asOfDay, sinceDay, again, raisedAt }) => ({
      id,
      words,
      rule,
      scheme: schemeInWords(scheme, schemeVersion),
      asOf: isoOfDay(asOfDay),
      since: sinceDay === null ? null : isoOfDay(sinceDay),
      again: again === 1,
      raisedAt,
      isNew: id > state.reviewedSignal,
    })),
    safety: answers.filter((answer) => answer.person === person || answer.case === held.id),
    timeline: history,
    scores,
    scoresNote:
      scores.length === 0
        ? 'Not assessable: no completed screening of this person is held.'
        : 'Reliable change is a difference that measurement error alone would seldom make. No score is a diagnosis.',
    absences: absences.map(({ startDay, endDay, reason, fteDays, injuryOnDuty }) => ({
      from: isoOfDay(startDay),
      to: endDay === null ? null : isoOfDay(endDay),
      reason,
      fteDays,
      injuryOnDuty: injuryOnDuty === null ? null : injuryOnDuty === 1,
    })),
    absenceWords: absenceWords(absences, newestExposureDay(context) ?? today, holdsAbsences(connection)),
    contacts: contactsOf(connection, person).map(({ day, service, step }) => ({
      day: isoOfDay(day),
      service,
      step: supportSteps[step - 1] ?? '',
    })),
    events,
    otherCases: casesOf(connection, person)
      .map(({ id }) => id)
      .filter((id) => id !== held.id),
    summaries: await summariesMade(context, held.id),
  };
}

/** One case. That it was read is recorded, by its number and without its pseudonym. */
export async function viewCase(context: VaultContext, id: number): Promise<Result<CaseView>> {
  const held = heldCase(context, id);
  if (!held.ok) return held;
  const facts = await caseFacts(context, held.value);
  await recordEvent(context.vault, context.nowMs, { action: 'case.read', object: `case ${id}`, outcome: 'done' });
  return ok(facts);
}
