import { studyOfPilot } from '#main/analysis/evidence/pilot-study.ts';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { newestVersion } from '#main/store/evidence-records.ts';
import type { InputOf } from '#shared/contract/index.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { PilotEvaluationResult } from '#shared/domain/pilot-evaluation-result.ts';
import { fail, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../analyses/index.ts';
import type { VaultContext } from '../call-context.ts';
import { pilotView } from '../pilots/index.ts';
import { protocolOfReview } from './protocol-of-review.ts';
import { type SavedDocument, saveDocument } from './save-document.ts';

const unchanged = 'Nothing was added.';

/** Evaluates a finished pilot, and takes its main estimate into a review as a study that is not published. Added again, it is a new version. */
export async function addPilot(
  context: VaultContext,
  { review, pilot, outcome }: InputOf<'evidence.addPilot'>,
): Promise<Result<SavedDocument>> {
  const known = protocolOfReview(context.vault.store.connection, review);
  if (!known.ok) return known;
  const view = pilotView(context, pilot);
  if (!view.ok) return view;
  const { status, plan } = view.value;
  if (status !== 'finished') {
    return fail(
      'BAD_INPUT',
      `The pilot “${pilot}” is not finished.`,
      `${unchanged} Finish it first: then its finding stays.`,
    );
  }
  const evaluated = await runAnalysis(context, 'pilot-evaluation', { pilot });
  if (!evaluated.ok) return evaluated;
  const { result, method, version, provenance } = evaluated.value;
  const made = {
    ...{ method, version, snapshot: provenance.snapshot },
    resultHash: sha256Hex(canonicalJson(JSON.parse(JSON.stringify(result)))),
  };
  const study = studyOfPilot({ plan, result: result as unknown as PilotEvaluationResult, made }, outcome);
  if (study === null) {
    return fail('BAD_INPUT', `The evaluation of “${pilot}” tells of no estimate.`, unchanged);
  }
  const { store, writeGate } = context.vault;
  return writeGate.run(() => {
    const place = { review, kind: 'study', item: study.study } as const;
    const { version: newest, body } = newestVersion(store.connection, place);
    const seen = body === null ? 0 : newest;
    return saveDocument(context, 'evidence.addPilot', place, { document: study, seen });
  });
}
