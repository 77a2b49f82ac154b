import { compareFacts } from '#main/report/compare-facts.ts';
import { type Comparison, compareFiles, compareManifests, type Difference } from '#main/report/compare-manifests.ts';

import type { ReportManifest } from '#main/report/manifest.ts';
import type { Verdict } from '#shared/contract/reports.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { documentFacts, readFacts } from '#shared/report/document-facts.ts';
import { factsFileName } from '../report-files.ts';
import type { SignatureJudgement } from './judge-signature.ts';
import type { KeptReport } from './kept-report.ts';

/** What can be said of a report by its folder alone: its files, its signature, and what else was found. */
export type Found = {
  readonly kept: KeptReport;
  readonly judged: SignatureJudgement;
  readonly others: readonly Difference[];
};

/** A report that is run again and one that cannot be. */
export type Again = { readonly manifest: ReportManifest; readonly document: ReportDocument };

/** The verdict on a report that was run again: whose it is, then figure by figure where they differ, its results and its files. */
export function compareKept(found: Found, again: Again): Verdict {
  const { kept } = found;
  const compared = compareManifests(kept.manifest, again.manifest);
  return verdictOf(found, {
    ...compared,
    differences: [...figuresThatDiffer(kept.found, again.document), ...compared.differences],
  });
}

/** The verdict on a report that cannot be run again here, with the reason: what lies in its folder, and never equal. */
export function notRunAgain(found: Found, why: string): Verdict {
  return verdictOf(found, { compared: 0, differences: [], notRerun: [{ where: 'report', what: why }] });
}

function verdictOf({ kept, judged, others }: Found, again: Comparison): Verdict {
  const onDisk = compareFiles(kept.manifest, kept.found);
  const differences = [...others, ...judged.differences, ...again.differences, ...onDisk.differences];
  const signatures = judged.signature.state === 'none' ? 0 : 1;
  return {
    equal: differences.length === 0 && again.notRerun.length === 0,
    compared: again.compared + onDisk.compared + signatures,
    differences,
    notRerun: [...again.notRerun],
    signature: judged.signature,
  };
}

/** What the facts beside the report say otherwise than the same report made now; none where there are none to read. */
function figuresThatDiffer(found: KeptReport['found'], made: ReportDocument): readonly Difference[] {
  const bytes = found.get(factsFileName);
  if (bytes === undefined) return [];
  const kept = readFacts(Buffer.from(bytes).toString('utf8'));
  // Whatever somebody made of the file: that it was changed is a difference of its own.
  return kept === null ? [] : compareFacts(kept, documentFacts(made), 'the report');
}
