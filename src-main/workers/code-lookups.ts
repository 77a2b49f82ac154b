import type { AttendedIncidents } from '#main/analysis/exposure/attended-incidents.ts';
import { unmappedCodes } from '#main/analysis/exposure/code-tallies.ts';
import { deriveExposures } from '#main/analysis/exposure/derive-exposures.ts';
import { currentCodeRules } from '#main/store/code-rules-records.ts';
import type { Connection } from '#main/store/connection.ts';
import type { CodeCoverage, CodeRules } from '#shared/contract/code-rules.ts';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import { compiled, rulesInForce } from './attended-source.ts';
import type { CodeFindings, ExposureSource } from './exposure-source.ts';

/** What the rules in force make of the attendances; `findings` is null where none are held. */
export type CodeFacts = { readonly version: number | null; readonly findings: CodeFindings | null };

export function codeFacts(connection: Connection, { codes }: ExposureSource): CodeFacts {
  return { version: currentCodeRules(connection)?.version ?? null, findings: codes };
}

type Side = {
  readonly coverage: CodeCoverage;
  readonly unmappedCodes: number;
  /** Exposures by category, in the order of `exposureCategories`. */
  readonly byCategory: readonly number[];
};

export type CodePreview = { readonly before: Side; readonly after: Side } | null;

/** What other rules would make of the attendances, beside those in force; null where no attendances are held. */
export function codePreview(
  connection: Connection,
  attended: AttendedIncidents | null,
  document: CodeRules,
): CodePreview {
  const rules = compiled(document);
  if (attended === null) return null;
  const side = (under: typeof rules): Side => {
    const derived = deriveExposures(attended, under);
    const byCategory = new Array<number>(exposureCategories.length).fill(0);
    for (const category of derived.category) byCategory[category] = (byCategory[category] ?? 0) + 1;
    return { coverage: derived.coverage, unmappedCodes: unmappedCodes(attended, under).codes.length, byCategory };
  };
  return { before: side(rulesInForce(connection)), after: side(rules) };
}
