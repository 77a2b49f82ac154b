import { absenceWords } from '#main/analysis/cases/absence-words.ts';
import { hiddenReviews } from '#main/analysis/cases/case-state.ts';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { absencesOf, holdsAbsences } from '#main/store/case-facts.ts';
import type { Provenance } from '#shared/contract/analyses.ts';
import type { CaseView } from '#shared/contract/cases.ts';
import type { CaseSummarySection } from '#shared/contract/report-specs/case-summary.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { provenanceOf } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { caseFacts } from '../case-view.ts';
import { newestExposureDay } from '../exposure-look.ts';
import type { HeldCase } from '../held-cases.ts';
import type { IdentityField } from '../identity.ts';

/** What a summary of a case is written from. */
export type SummaryFacts = {
  readonly view: CaseView;
  readonly identity: readonly IdentityField[] | null;
  readonly include: readonly CaseSummarySection[];
  readonly provenance: Provenance;
  /** Why it is made; null where nobody was asked. */
  readonly reason: string | null;
  /** Where whoever made it, and when, stand nowhere beside it. */
  readonly made: { readonly by: string; readonly at: string } | null;
  /** Last day of what is held of the person, ISO. */
  readonly dataTo: string;
  readonly marking: string;
  readonly version: string | null;
  readonly synthetic: boolean;
};

/** The last day of anything that the case shows; nothing of it is of the day on which it is looked at. */
function lastDay({ timeline, signals, openedAt }: CaseView): string {
  const days = [
    ...(timeline?.events ?? []).map(({ day }) => day),
    ...(timeline?.scores ?? []).map(({ day }) => day),
    ...signals.map(({ asOf }) => asOf),
  ].sort();
  return days.at(-1) ?? openedAt.slice(0, 10);
}

/** What a case shows comes of these extracts. */
const kinds = ['people', 'postings', 'incidents', 'attendances', 'exposures', 'screenings', 'absences', 'support'];

/** A case as it is summed up, and what that was made from. */
export type CaseToSum = {
  readonly view: CaseView;
  readonly dataTo: string;
  readonly provenance: Provenance;
};

/**
 * A case as any clinician may hand it on, the same whoever asks and whenever, so that a summary can be checked: a review stays out
 * until both are in, though its author has seen it.
 */
export async function caseToSum(context: VaultContext, held: HeldCase): Promise<CaseToSum> {
  const { vault } = context;
  const { connection } = vault.store;
  const seen = await caseFacts(context, held);
  const dataTo = lastDay(seen);
  const hidden = hiddenReviews(held.events, '');
  const asOf = newestExposureDay(context) ?? dayOfIso(dataTo) ?? 0;
  const view: CaseView = {
    ...seen,
    absenceWords: absenceWords(absencesOf(connection, held.person), asOf, holdsAbsences(connection)),
    events: seen.events.map((event) =>
      hidden.has(event.id) ? { ...event, hidden: true, decision: null, reason: null, overrideReason: null } : event,
    ),
  };
  const safety = view.safety.map(({ answer, givenOn, acknowledgedBy }) => ({ answer, givenOn, acknowledgedBy }));
  // What clinicians did is in no batch.
  const beside = sha256Hex(canonicalJson({ events: view.events, signals: view.signals, safety }));
  return { view, dataTo, provenance: provenanceOf(vault, kinds, { scheme: null, coverage: null, beside }) };
}
