import { sha256Hex } from '#main/report/manifest.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { PilotTimetableResult } from '#shared/domain/pilot-timetable.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { defaultMarking } from '#shared/report/document.ts';
import { runAnalysis } from '../analyses/index.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { csvText } from '../csv-text.ts';
import { freePlace, writeWithManifest } from './written-file.ts';

/** As the extract of planned sessions has them, so that the plan can be imported once it is agreed. */
const header = ['pilot', 'cluster', 'at', 'minutes'] as const;

/** Writes the proposed sessions of a pilot, without anybody who is to come to them. */
export async function exportSessionPlan(
  context: VaultContext,
  { spec, reason, file }: InputOf<'exports.sessionPlan'>,
): Promise<Result<OutputOf<'exports.sessionPlan'>>> {
  const place = freePlace(file);
  if (!place.ok) return place;
  // A timetable that was changed by hand is judged with its people; a proposal needs none.
  const rows = Array.isArray(spec['check']);
  const answer = await runAnalysis(context, 'pilot-timetable', { ...spec, rows });
  if (!answer.ok) return answer;
  const { pilot, sessions, broken = [] } = answer.value.result as unknown as PilotTimetableResult;
  const text = csvText(
    header,
    sessions.map(({ at, minutes, place: cluster }) => [pilot, cluster, at, minutes]),
  );
  const sha256 = sha256Hex(text);
  const { vault } = context;
  const event = {
    ...doneEvent(context, 'export.sessionPlan', `pilot ${pilot}`, {
      sessions: sessions.length,
      broken: broken.length,
      sha256,
    }),
    reason,
  };
  const head = await vault.writeGate.run(() => {
    vault.store.commit(event, () => undefined);
    return vault.store.auditHead();
  });
  const { method, asOf, spec: filled, provenance } = answer.value;
  writeWithManifest(place.value, text, {
    marking: defaultMarking,
    madeAt: isoTime(context),
    madeBy: vault.user,
    reason,
    auditHead: `${head.sequence}:${head.hash}`,
    rows: sessions.length,
    sha256,
    made: { method, asOf, spec: withoutPeople(filled), snapshot: provenance.snapshot, engine: provenance.engine },
  });
  return ok({ sessions: sessions.length, broken: broken.length, file: place.value.target, sha256 });
}

/** A manifest holds nobody. */
function withoutPeople(spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { check } = spec;
  const sessions = (check ?? []) as readonly Readonly<Record<string, unknown>>[];
  return { ...spec, rows: false, check: check === null ? null : sessions.map((one) => ({ ...one, people: [] })) };
}
