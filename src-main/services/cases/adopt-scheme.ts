import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { listSignals } from '#main/store/case-records.ts';
import { addSchemeAdoption, type SchemeAdoptionRecord } from '#main/store/scheme-adoption-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { AdoptionPreview, SchemeAdoption } from '#shared/contract/worklist-scheme.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../analyses/index.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { type AdoptableScheme, adoptableScheme, adoptedSchemes, schemeInUse } from '../schemes/index.ts';
import { newestExposureDay } from './exposure-look.ts';
import { signalsBy } from './exposure-signals.ts';
import { changesOf, reachedBy } from './reached-people.ts';

function adoptionOf(record: SchemeAdoptionRecord): SchemeAdoption {
  const { scheme, version, at, user: by, reason, asOfDay, gained, lost } = record;
  return { scheme, version, at, by, reason, asOf: isoOfDay(asOfDay), gained, lost };
}

/** The scheme of the list now, and those that were adopted for it. */
export function worklistScheme({ vault }: VaultContext): OutputOf<'worklistScheme.get'> {
  const adopted = adoptedSchemes(vault.store.connection);
  const { scheme, version } = adopted.at(-1) ?? adopted[0];
  const records = adopted.flatMap(({ adoption }) => (adoption === null ? [] : [adoptionOf(adoption)]));
  return { scheme: scheme.id, version, adoptions: records.reverse() };
}

/** What would change on the list if a scheme were adopted today. */
export async function previewAdoption(context: VaultContext, id: string): Promise<Result<AdoptionPreview>> {
  const { connection } = context.vault.store;
  const found = adoptableScheme(context, id);
  if (!found.ok) return found;
  const asOfDay = newestExposureDay(context);
  if (asOfDay === null) {
    return fail(
      'BAD_INPUT',
      'There are no exposures on which to see what would change.',
      'Nothing was changed. Import people and exposures first.',
    );
  }
  return previewOn(context, found.value, adoptedSchemes(connection), asOfDay);
}

async function previewOn(
  context: VaultContext,
  candidate: AdoptableScheme,
  adopted: ReturnType<typeof adoptedSchemes>,
  asOfDay: number,
): Promise<Result<AdoptionPreview>> {
  const now = adopted.at(-1) ?? adopted[0];
  const { scheme, hash, version, mayAdopt } = candidate;
  const asOf = isoOfDay(asOfDay);
  const told = listSignals(context.vault.store.connection);
  const bands = { first: now.scheme.id, second: scheme.id, asOf, rows: true };
  const comparison = await runAnalysis(context, 'scheme-comparison', bands);
  if (!comparison.ok) return comparison;
  const before = await signalsBy(context, adopted, asOfDay, told);
  if (!before.ok) return before;
  const after = await signalsBy(context, [...adopted, { scheme, adoption: { asOfDay } }], asOfDay, told);
  if (!after.ok) return after;
  const { changes, people } = changesOf(
    reachedBy(before.value.look, now.scheme, asOfDay),
    reachedBy(after.value.look, scheme, asOfDay),
  );
  const shown = {
    scheme: scheme.id,
    version,
    inUse: { scheme: now.scheme.id, version: now.version },
    asOf,
    people,
    signals: after.value.signals.length,
    joinsOpenCase: scheme.suppress_if_open_case,
  };
  const snapshots = [before.value.look.snapshot, after.value.look.snapshot];
  const seen = sha256Hex(canonicalJson({ ...shown, hash, snapshots }));
  return ok({ ...shown, changes, comparison: comparison.value, mayAdopt, seen });
}

/** Looks once more, so that what is adopted is what was seen. Whoever wrote or submitted a scheme never adopts it. */
export async function adoptScheme(
  context: VaultContext,
  { scheme: id, seen, reason }: InputOf<'worklistScheme.adopt'>,
): Promise<Result<SchemeAdoption>> {
  const { vault } = context;
  const { connection } = vault.store;
  const preview = await previewAdoption(context, id);
  if (!preview.ok) return preview;
  const { version, people, asOf, inUse, mayAdopt } = preview.value;
  if (!mayAdopt) {
    return fail(
      'FORBIDDEN',
      'Nobody adopts a scheme that they wrote or submitted.',
      'Nothing was changed. Ask another clinician to look at it.',
    );
  }
  return vault.writeGate.run(() => {
    const found = adoptableScheme(context, id);
    if (!found.ok) return found;
    if (preview.value.seen !== seen || schemeInUse(connection).scheme.id !== inUse.scheme) {
      return fail(
        'BAD_INPUT',
        'The data, or the scheme in use, are others than when this was looked at.',
        'Nothing was changed. Look at what would change once more, and adopt it then.',
      );
    }
    const { gained, lost } = people;
    const adoption = {
      scheme: id,
      version,
      bodyHash: found.value.hash,
      asOfDay: dayOfIso(asOf) ?? 0,
      gained,
      lost,
      at: isoTime(context),
      user: vault.user,
      reason,
    };
    const details = { version, hash: adoption.bodyHash, instead: inUse.scheme, gained, lost };
    vault.store.commit(
      { ...doneEvent(context, 'worklistScheme.adopt', `scheme ${id}`, details), reason },
      (transaction) => addSchemeAdoption(transaction, adoption),
    );
    return ok(adoptionOf({ id: 0, ...adoption }));
  });
}
