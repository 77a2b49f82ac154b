import type { Connection } from '#main/store/connection.ts';
import { listSchemeAdoptions, type SchemeAdoptionRecord } from '#main/store/scheme-adoption-records.ts';
import { isoOfDay, londonDay } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { formatDate } from '#shared/report/format.ts';
import type { VaultContext } from '../call-context.ts';
import { type NamedScheme, noScheme } from './find-scheme.ts';
import { findScheme, type HeldScheme, plainCounts } from './held-schemes.ts';

const unchanged = 'Nothing was changed.';

/** A scheme that raised the signals of the clinicians' list for a time. */
export type AdoptedScheme = {
  readonly scheme: Scheme;
  /** 0 for one that came with Tidemark. */
  readonly version: number;
  /** Null for plain counts, from which every vault begins. */
  readonly adoption: SchemeAdoptionRecord | null;
};

/** In the order in which they were in use, plain counts first; the last is in use. */
export function adoptedSchemes(connection: Connection): readonly [AdoptedScheme, ...AdoptedScheme[]] {
  const known = new Map<string, HeldScheme>();
  const heldNamed = (id: string): HeldScheme => {
    const held = known.get(id) ?? findScheme(connection, id);
    if (!held) throw new Error('A scheme that was adopted is not in the store.');
    known.set(id, held);
    return held;
  };
  return [
    { scheme: heldNamed(plainCounts).document, version: 0, adoption: null },
    ...listSchemeAdoptions(connection).map((adoption) => ({
      scheme: heldNamed(adoption.scheme).document,
      version: adoption.version,
      adoption,
    })),
  ];
}

/** The scheme that raises the signals of the clinicians' list now. */
export function schemeInUse(connection: Connection): AdoptedScheme {
  const adopted = adoptedSchemes(connection);
  return adopted.at(-1) ?? adopted[0];
}

export type AdoptableScheme = NamedScheme & {
  readonly version: number;
  /** Whether whoever asks may adopt it: nobody does what they wrote or submitted. */
  readonly mayAdopt: boolean;
};

/** A scheme that could be put into use today. Fails with `NOT_FOUND` or `BAD_INPUT`, saying why not. */
export function adoptableScheme({ vault, nowMs }: VaultContext, id: string): Result<AdoptableScheme> {
  const { connection } = vault.store;
  const held = findScheme(connection, id);
  if (!held) return noScheme(id);
  if (held.state !== 'approved') {
    return fail(
      'BAD_INPUT',
      `${id} is not approved by two people.`,
      `${unchanged} The worklist takes an approved one.`,
    );
  }
  if (schemeInUse(connection).scheme.id === id) {
    return fail('BAD_INPUT', `The worklist goes by ${id} already.`, unchanged);
  }
  const from = held.document.effective_from;
  if (from !== null && from > isoOfDay(londonDay(Math.floor(nowMs / 1_000)))) {
    return fail(
      'BAD_INPUT',
      `${id} is in force from ${formatDate(from)}.`,
      `${unchanged} Adopt it on that day or later.`,
    );
  }
  return ok({
    scheme: held.document,
    hash: held.hash,
    version: held.versions.at(-1)?.version ?? 0,
    mayAdopt: !held.authors.includes(vault.user),
  });
}
