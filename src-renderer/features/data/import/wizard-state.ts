import type { Decision, Draft } from '#shared/contract/import-drafts.ts';
import type { Dialect } from '#shared/contract/import-preview.ts';
import type { ImportResult } from '#shared/contract/imports.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import type { AppError } from '#shared/domain/result.ts';
import { idleJob, type JobState } from '../../../bridge/jobs.ts';
import { createMemory } from '../../../bridge/memory.ts';
import type { Look } from './mapping-model.ts';

export const wizardSteps = ['choose', 'look', 'map', 'check', 'load', 'done'] as const;
export type WizardStep = (typeof wizardSteps)[number];

export type WizardState = {
  readonly step: WizardStep;
  /** Path that is being looked at. */
  readonly looking: string | null;
  readonly lookError: AppError | null;
  readonly look: Look | null;
  readonly mapping: Mapping | null;
  /** What was decided about problems of the check. */
  readonly decisions: readonly Decision[];
  readonly check: JobState<ImportResult>;
  /** Mapping that the check was made with. */
  readonly checkedMapping: Mapping | null;
  readonly load: JobState<ImportResult>;
  readonly undone: boolean;
  /** Number of the draft that is kept of it; null before the first one. */
  readonly draft: number | null;
  /** When it was kept last, in milliseconds since 1970. */
  readonly keptAtMs: number | null;
  /** What a draft that was gone on with found changed. */
  readonly fileState: Draft['fileState'];
};

export const beginning: WizardState = {
  step: 'choose',
  looking: null,
  lookError: null,
  look: null,
  mapping: null,
  decisions: [],
  check: idleJob,
  checkedMapping: null,
  load: idleJob,
  undone: false,
  draft: null,
  keptAtMs: null,
  fileState: 'same',
};

/** Kept outside the screen, so that an import can be left and come back to. */
export const wizardMemory = createMemory<WizardState>(beginning);

/** How the table lies in its file: what was found, as corrected. */
export function dialectOf(look: Look): Dialect {
  const isText = look.format === 'csv';
  return {
    ...(isText
      ? { encoding: look.encoding as Dialect['encoding'], delimiter: look.delimiter as Dialect['delimiter'] }
      : {}),
    ...(look.sheet === null ? {} : { sheet: look.sheet }),
    rowsAbove: look.rowsAbove,
    headerRows: look.headerRows,
  };
}
