import type { Decision, Draft, DraftBody } from '#shared/contract/import-drafts.ts';
import type { InputOf } from '#shared/contract/index.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { call } from '../../../bridge/client.ts';
import { cancelJob, idleJob, runJob } from '../../../bridge/jobs.ts';
import { type Look, mappingForKind } from './mapping-model.ts';
import { beginning, type WizardState, type WizardStep, wizardMemory } from './wizard-state.ts';

const keepAfterMs = 300;
let keeping: ReturnType<typeof setTimeout> | null = null;
let kept: Promise<void> = Promise.resolve();

/** Changes the state unless another import has begun since `during` was read. */
function patch(change: Partial<WizardState>, during?: Look | null): void {
  wizardMemory.set((state) => (during !== undefined && state.look !== during ? state : { ...state, ...change }));
}

/** Keeps how far the import has come, a moment after the last change. */
function keepSoon(): void {
  if (keeping) clearTimeout(keeping);
  keeping = setTimeout(() => {
    keeping = null;
    kept = kept.then(keepNow);
  }, keepAfterMs);
}

async function keepNow(): Promise<void> {
  const { look, step, mapping, decisions, draft } = wizardMemory.get();
  if (!look || step === 'choose' || step === 'done') return;
  const body: DraftBody = { step: step === 'load' ? 'check' : step, mapping, decisions: [...decisions] };
  const answer = await call('imports.saveDraft', { id: draft, file: look.file, body });
  if (answer.ok) patch({ draft: answer.value.id, keptAtMs: Date.now() }, look);
}

/** Forgets the draft of an import that is done with. */
function forget(): void {
  if (keeping) clearTimeout(keeping);
  keeping = null;
  kept = kept.then(async () => {
    const { draft } = wizardMemory.get();
    if (draft === null) return;
    patch({ draft: null });
    await call('imports.dropDraft', { id: draft });
  });
}

export function startOver(): void {
  const { check, load, step } = wizardMemory.get();
  cancelJob(check);
  cancelJob(load);
  if (step !== 'done') forget();
  kept = kept.then(() => wizardMemory.set(beginning));
}

/** Leaves the import as it is, to be gone on with from its draft, and begins another. */
export function putAside(): void {
  kept = kept.then(keepNow).then(() => wizardMemory.set(beginning));
}

export async function lookAt(file: string): Promise<void> {
  await kept;
  wizardMemory.set({ ...beginning, looking: file });
  const answer = await call('imports.look', { file });
  if (wizardMemory.get().looking !== file) return;
  if (answer.ok) {
    patch({ looking: null, look: answer.value, mapping: answer.value.mapping, step: 'look' });
    keepSoon();
  } else {
    patch({ looking: null, lookError: answer.error });
  }
}

export type LookChange = Omit<InputOf<'imports.look'>, 'file'>;

/** Looks at the same file otherwise; what was proposed before is proposed anew. */
export async function lookAgain(change: LookChange): Promise<void> {
  const { look } = wizardMemory.get();
  if (!look) return;
  const { file } = look;
  patch({ looking: file, lookError: null });
  const answer = await call('imports.look', { file, ...change });
  if (wizardMemory.get().looking !== file) return;
  if (!answer.ok) {
    patch({ looking: null, lookError: answer.error });
    return;
  }
  patch({
    looking: null,
    look: answer.value,
    mapping: answer.value.mapping,
    decisions: [],
    check: idleJob,
    fileState: 'same',
  });
  keepSoon();
}

/** Goes on with an import that was begun: the file is looked at again, the mapping and decisions are taken from the draft. */
export async function resume(draft: Draft): Promise<void> {
  const { file, body, fileState } = draft;
  const mapping = body.mapping;
  wizardMemory.set({ ...beginning, looking: file });
  const { encoding, delimiter, sheet, rowsAbove, headerRows } = mapping ?? {};
  const how = mapping ? { encoding, delimiter, sheet, rowsAbove, headerRows } : {};
  const answer = await call('imports.look', { file, ...how });
  if (wizardMemory.get().looking !== file) return;
  if (!answer.ok) {
    patch({ looking: null, lookError: answer.error });
    return;
  }
  const same = fileState === 'same';
  patch({
    looking: null,
    look: answer.value,
    mapping: mapping ?? answer.value.mapping,
    decisions: body.decisions,
    draft: draft.id,
    fileState,
    step: same ? body.step : 'look',
  });
  if (same && body.step === 'check') startCheck();
}

export async function dropDraft(id: number): Promise<void> {
  await call('imports.dropDraft', { id });
}

export function goTo(step: WizardStep): void {
  patch({ step, lookError: null });
  keepSoon();
}

export function chooseKind(kindName: string): void {
  const { look } = wizardMemory.get();
  const kind = extractKindNamed(kindName);
  if (look && kind) changeMapping(mappingForKind(look, kind));
}

/** A changed mapping makes an earlier check worthless, once it is looked at again. */
export function changeMapping(mapping: Mapping): void {
  const { check, step } = wizardMemory.get();
  patch(step === 'check' ? { mapping } : { mapping, check: cancelled(check) });
  keepSoon();
}

function cancelled(check: WizardState['check']): WizardState['check'] {
  cancelJob(check);
  return idleJob;
}

/** Decides about a problem: the mapping that carries the decision out, and what was decided. */
export function decide(decision: Decision, mapping: Mapping): void {
  const { decisions } = wizardMemory.get();
  const others = decisions.filter((one) => one.column !== decision.column || one.code !== decision.code);
  patch({ mapping, decisions: decision.decision === 'reject' ? others : [...others, decision] });
  keepSoon();
}

export function startCheck(): void {
  const { look, mapping } = wizardMemory.get();
  if (!look || !mapping) return;
  patch({ step: 'check', checkedMapping: mapping });
  keepSoon();
  const input = { file: look.file, kind: mapping.kind, mapping };
  void runJob('imports.check', input, (check) => {
    if (wizardMemory.get().checkedMapping === mapping) patch({ check }, look);
  });
}

export function startLoad(): void {
  const { look, mapping } = wizardMemory.get();
  if (!look || !mapping) return;
  patch({ step: 'load' });
  void runJob('imports.load', { file: look.file, kind: mapping.kind, mapping }, (load) => {
    patch(load.status === 'done' ? { load, step: 'done' } : { load }, look);
    if (load.status === 'done') forget();
  });
}

/** Another kind of extract from the file that has just been loaded. */
export function loadAlternative(mapping: Mapping): void {
  const { look } = wizardMemory.get();
  if (!look) return;
  wizardMemory.set({ ...beginning, look, mapping, step: 'map' });
  keepSoon();
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
