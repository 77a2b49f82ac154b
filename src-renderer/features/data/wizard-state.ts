import type { ImportResult } from '#shared/contract/imports.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import type { AppError } from '#shared/domain/result.ts';
import { call } from '../../bridge/client.ts';
import { cancelJob, idleJob, type JobState, runJob } from '../../bridge/jobs.ts';
import { createMemory } from '../../bridge/memory.ts';
import { type Look, mappingForKind } from './mapping-model.ts';

export const wizardSteps = ['choose', 'look', 'map', 'check', 'load', 'done'] as const;
export type WizardStep = (typeof wizardSteps)[number];

export type WizardState = {
  readonly step: WizardStep;
  /** Path that is being looked at. */
  readonly looking: string | null;
  readonly lookError: AppError | null;
  readonly look: Look | null;
  readonly mapping: Mapping | null;
  readonly check: JobState<ImportResult>;
  readonly load: JobState<ImportResult>;
  readonly undone: boolean;
};

const beginning: WizardState = {
  step: 'choose',
  looking: null,
  lookError: null,
  look: null,
  mapping: null,
  check: idleJob,
  load: idleJob,
  undone: false,
};

/** Kept outside the screen, so that an import can be left and come back to. */
export const wizardMemory = createMemory<WizardState>(beginning);

/** Changes the state unless another import has begun since `during` was read. */
function patch(change: Partial<WizardState>, during?: Look | null): void {
  wizardMemory.set((state) => (during !== undefined && state.look !== during ? state : { ...state, ...change }));
}

export function startOver(): void {
  const { check, load } = wizardMemory.get();
  cancelJob(check);
  cancelJob(load);
  wizardMemory.set(beginning);
}

export async function lookAt(file: string): Promise<void> {
  wizardMemory.set({ ...beginning, looking: file });
  const answer = await call('imports.look', { file });
  if (wizardMemory.get().looking !== file) return;
  if (answer.ok) {
    patch({ looking: null, look: answer.value, mapping: answer.value.mapping, step: 'look' });
  } else {
    patch({ looking: null, lookError: answer.error });
  }
}

export function goTo(step: WizardStep): void {
  patch({ step });
}

export function chooseKind(kindName: string): void {
  const { look } = wizardMemory.get();
  const kind = extractKindNamed(kindName);
  if (look && kind) changeMapping(mappingForKind(look, kind));
}

/** A changed mapping makes an earlier check worthless. */
export function changeMapping(mapping: Mapping): void {
  const { check } = wizardMemory.get();
  cancelJob(check);
  patch({ mapping, check: idleJob });
}

export function startCheck(): void {
  const { look, mapping } = wizardMemory.get();
  if (!look || !mapping) return;
  patch({ step: 'check' });
  const input = { file: look.file, kind: mapping.kind, mapping };
  void runJob('imports.check', input, (check) => {
    if (wizardMemory.get().mapping === mapping) patch({ check }, look);
  });
}

export function startLoad(): void {
  const { look, mapping } = wizardMemory.get();
  if (!look || !mapping) return;
  patch({ step: 'load' });
  void runJob('imports.load', { file: look.file, kind: mapping.kind, mapping }, (load) =>
    patch(load.status === 'done' ? { load, step: 'done' } : { load }, look),
  );
}

export function stopCheck(): void {
  wizardMemory.set((state) => ({ ...state, check: cancelJob(state.check) }));
}

export function stopLoad(): void {
  wizardMemory.set((state) => ({ ...state, load: cancelJob(state.load) }));
}

export function markUndone(): void {
  patch({ undone: true });
}
