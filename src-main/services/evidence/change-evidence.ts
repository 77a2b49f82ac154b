import { appraisalToolNamed } from '#main/analysis/evidence/appraisal-tools.ts';
import { evidenceLibrary } from '#main/analysis/evidence/library.ts';
import { addEvidence } from '#main/store/evidence-records.ts';
import type { HeldEvidence } from '#shared/contract/evidence-studies.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { appraisalFaults } from '#shared/domain/evidence/appraisal.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, type VaultContext } from '../call-context.ts';
import { heldEvidence } from './held-evidence.ts';
import { commitDocument, nextVersion, type SavedDocument, saveDocument } from './save-document.ts';

const unchanged = 'Nothing was saved.';

/** Looks at what a review holds, and changes it where nothing stands against it. */
function change<T>(context: VaultContext, review: string, work: (held: HeldEvidence) => Result<T>): Promise<Result<T>> {
  const { store, writeGate } = context.vault;
  return writeGate.run(() => {
    const held = heldEvidence(store.connection, review);
    return held.ok ? work(held.value) : held;
  });
}

export function saveStudy(
  context: VaultContext,
  { review, seen, study: document }: InputOf<'evidence.saveStudy'>,
): Promise<Result<SavedDocument>> {
  const place = { review, kind: 'study', item: document.study } as const;
  return change(context, review, () =>
    saveDocument(context, 'evidence.saveStudy', place, { document, seen: seen ?? 0 }),
  );
}

export function saveOutcome(
  context: VaultContext,
  { review, seen, outcome: document }: InputOf<'evidence.saveOutcome'>,
): Promise<Result<SavedDocument>> {
  const place = { review, kind: 'outcome', item: document.outcome } as const;
  return change(context, review, () =>
    saveDocument(context, 'evidence.saveOutcome', place, { document, seen: seen ?? 0 }),
  );
}

/** Keeps what the user judges; what others judge of the same study stands beside it. */
export function appraise(
  context: VaultContext,
  { review, seen, appraisal }: InputOf<'evidence.appraise'>,
): Promise<Result<SavedDocument>> {
  const { study, tool: name } = appraisal;
  return change(context, review, ({ studies }) => {
    if (!studies.some((held) => held.study.study === study)) return unknownIn(review, 'study', study);
    const tool = appraisalToolNamed(name);
    if (tool === null) {
      return fail(
        'BAD_INPUT',
        `There is no tool of appraisal “${name}”.`,
        `${unchanged} Choose one of evidence.tools.`,
      );
    }
    const [fault] = appraisalFaults(tool, appraisal as Parameters<typeof appraisalFaults>[1]);
    if (fault !== undefined)
      return fail('BAD_INPUT', `The appraisal cannot be kept: ${fault}.`, `${unchanged} Correct it.`);
    const place = { review, kind: 'appraisal', item: [study, name, context.vault.user].join('/') } as const;
    return saveDocument(context, 'evidence.appraise', place, { document: appraisal, seen: seen ?? 0 });
  });
}

export function saveGrade(
  context: VaultContext,
  { review, seen, grade: document }: InputOf<'evidence.grade'>,
): Promise<Result<SavedDocument>> {
  const { outcome } = document;
  return change(context, review, ({ outcomes }) => {
    if (!outcomes.some((held) => held.outcome.outcome === outcome)) return unknownIn(review, 'outcome', outcome);
    const place = { review, kind: 'grade', item: outcome } as const;
    return saveDocument(context, 'evidence.grade', place, { document, seen: seen ?? 0 });
  });
}

export function saveGuidance(
  context: VaultContext,
  { review, seen, guidance: document }: InputOf<'evidence.saveGuidance'>,
): Promise<Result<SavedDocument>> {
  return change(context, review, ({ outcomes }) => {
    const known = new Set(outcomes.map(({ outcome }) => outcome.outcome));
    const missing = document.outcomes.find((outcome) => !known.has(outcome));
    if (missing !== undefined) return unknownIn(review, 'outcome', missing);
    const place = { review, kind: 'guidance', item: document.guidance } as const;
    return saveDocument(context, 'evidence.saveGuidance', place, { document, seen: seen ?? 0 });
  });
}

/** Takes a document back. Outcomes that guidance rests on stay. */
export function withdrawEvidence(
  context: VaultContext,
  { review, kind, item, reason }: InputOf<'evidence.withdraw'>,
): Promise<Result<SavedDocument>> {
  return change(context, review, (held) => {
    if (!itemsOf(held, kind).includes(item)) return unknownIn(review, kind, item);
    const resting = held.guidance.find(({ guidance }) => guidance.outcomes.includes(item));
    if (kind === 'outcome' && resting) {
      return fail(
        'BAD_INPUT',
        `The guidance “${resting.guidance.guidance}” rests on the outcome “${item}”.`,
        'Nothing was taken back. Change the guidance first.',
      );
    }
    return ok(commitDocument(context, 'evidence.withdraw', nextVersion(context, { review, kind, item }, null, reason)));
  });
}

function itemsOf(held: HeldEvidence, kind: InputOf<'evidence.withdraw'>['kind']): readonly string[] {
  switch (kind) {
    case 'study':
      return held.studies.map(({ study }) => study.study);
    case 'outcome':
      return held.outcomes.map(({ outcome }) => outcome.outcome);
    case 'grade':
      return held.grades.map(({ grade }) => grade.outcome);
    case 'guidance':
      return held.guidance.map(({ guidance }) => guidance.guidance);
  }
}

function unknownIn(review: string, kind: string, item: string): Result<never> {
  return fail('NOT_FOUND', `The review “${review}” has no ${kind} “${item}”.`, 'Nothing was changed. Save it first.');
}

/** Copies the shipped library into a review that holds no studies yet, all at once. */
export function startFromLibrary(
  context: VaultContext,
  { review, library }: InputOf<'evidence.startFrom'>,
): Promise<Result<OutputOf<'evidence.startFrom'>>> {
  return change(context, review, (held) => {
    if (library !== evidenceLibrary.library) {
      return fail(
        'NOT_FOUND',
        `There is no library “${library}”.`,
        `Nothing was copied. There is ${evidenceLibrary.library}.`,
      );
    }
    if (held.studies.length > 0 || held.outcomes.length > 0) {
      return fail(
        'BAD_INPUT',
        `The review “${review}” holds studies already.`,
        'Nothing was copied. Begin another review.',
      );
    }
    const { studies, outcomes, version } = evidenceLibrary;
    const records = [
      ...studies.map((study) => nextVersion(context, { review, kind: 'study', item: study.study }, study)),
      ...outcomes.map((outcome) => nextVersion(context, { review, kind: 'outcome', item: outcome.outcome }, outcome)),
    ];
    const details = { library, version, studies: studies.length, outcomes: outcomes.length };
    context.vault.store.commit(doneEvent(context, 'evidence.startFrom', `review ${review}`, details), (transaction) =>
      addEvidence(transaction, records),
    );
    return ok({ studies: studies.length, outcomes: outcomes.length });
  });
}
