import { appraisalTools } from '#main/analysis/evidence/appraisal-tools.ts';
import { evidenceLibrary } from '#main/analysis/evidence/library.ts';
import type { OutputOf } from '#shared/contract/index.ts';

export function shippedTools(): OutputOf<'evidence.tools'> {
  return { tools: [...appraisalTools] };
}

export function shippedLibrary(): OutputOf<'evidence.library'> {
  return evidenceLibrary;
}
