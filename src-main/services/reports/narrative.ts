import type { Narrative } from '#shared/contract/narrative.ts';
import { type Failure, fail, ok, type Result } from '#shared/domain/result.ts';
import { insertNarrative } from '#shared/report/narrative/insert-narrative.ts';
import type { NumberState } from '#shared/report/narrative/read-passage.ts';
import type { MadeReport } from './made-report.ts';

/** The report with the words of its author in it, and in its spec, so that whoever verifies it writes the same. */
export function withNarrative(made: MadeReport, narrative: Narrative): Result<MadeReport> {
  if (narrative.length === 0) return ok(made);
  const narrated = insertNarrative(made.document, narrative);
  if (!narrated.ok) return narrated;
  const told = { ...made, spec: { ...made.spec, narrative }, ...narrated.value };
  return ok({ ...told, notes: [...(made.notes ?? []), ...staleNotes(told)] });
}

/** What whoever releases the report has to know of the words in it. */
function staleNotes(made: MadeReport): readonly string[] {
  const { changed = 0, gone = 0 } = quotesTold(made) ?? {};
  return [
    ...(changed > 0 ? [`Numbers in the author’s words that are others now, and marked in the text: ${changed}.`] : []),
    ...(gone > 0 ? [`Numbers in the author’s words that are no longer in this report, and marked: ${gone}.`] : []),
  ];
}

/**
 * The words themselves travel in the manifest, so a number that disclosure control withholds now must not be in them.
 * @returns DISCLOSURE with the places; null where there is none
 */
export function withheldQuotes({ passages }: MadeReport): Failure | null {
  const withheld = (passages ?? []).flatMap(({ numbers }) => numbers.filter(({ state }) => state === 'withheld'));
  if (withheld.length === 0) return null;
  const places = withheld.map(({ quote }) => `“${quote?.fact ?? ''}”`);
  return fail(
    'DISCLOSURE',
    `The words beside the numbers quote what disclosure control withholds now: ${places.join(', ')}.`,
    'Nothing was written. Take the number out of the words, then build again.',
  );
}

export type QuotesTold = {
  readonly same: number;
  readonly changed: number;
  readonly gone: number;
  readonly notPrinted: number;
};

/** How many numbers in the words are as quoted, have changed, have lost their place, or stand nowhere in the report; null where there are no words. */
export function quotesTold({ passages }: MadeReport): QuotesTold | null {
  if (passages === undefined) return null;
  const count = (asked: NumberState): number =>
    passages.reduce((sum, { numbers }) => sum + numbers.filter(({ state }) => state === asked).length, 0);
  return { same: count('same'), changed: count('changed'), gone: count('gone'), notPrinted: count('unknown') };
}
