import { type PilotOutcome, type PilotPlan, pilotPlanSchema } from '#shared/domain/pilot.ts';
import { type PlanGap, planGaps } from '#shared/domain/pilot-gaps.ts';
import { createMemory } from '../../../bridge/memory.ts';
import { planText as text } from './text.ts';

/** A plan that is being written, and the hash of the version that was changed. */
export type PlanDraft = { readonly plan: PilotPlan; readonly basedOn: string };

/** Plans that are being written, by pilot, kept while another place is looked at. */
export const draftMemory = createMemory<Readonly<Record<string, PlanDraft>>>({});

/** What a step of the form is given. `gaps` holds what is to be settled, by field. */
export type PartProps = {
  readonly plan: PilotPlan;
  readonly gaps: readonly PlanGap[];
  readonly onChange: (change: Partial<PilotPlan>) => void;
};

export function keepDraft(draft: PlanDraft): void {
  draftMemory.set((drafts) => ({ ...drafts, [draft.plan.pilot]: draft }));
}

export function forgetDraft(pilot: string): void {
  draftMemory.set((drafts) => Object.fromEntries(Object.entries(drafts).filter(([own]) => own !== pilot)));
}

export function isSamePlan(left: PilotPlan, right: PilotPlan): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

export function replacedAt<Item>(items: readonly Item[], at: number, change: Partial<Item>): Item[] {
  return items.map((item, place) => (place === at ? { ...item, ...change } : item));
}

export function withoutAt<Item>(items: readonly Item[], at: number): Item[] {
  return items.filter((_, place) => place !== at);
}

/** Not a number where the field is empty, which no plan may hold: it is asked for before the plan is saved. */
export function numberIn(value: string | number): number {
  return value === '' ? Number.NaN : Number(value);
}

/** The numbers of a list as typed, such as `4, 6`. */
export function numbersIn(typed: string): number[] {
  return typed
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map(Number);
}

export const newOutcome: PilotOutcome = {
  measure: { of: 'score', instrument: '', scale: null, answeredIn: 'screenings' },
  better: 'low',
  baseline: null,
  followUp: { fromDay: Number.NaN, toDay: Number.NaN },
};

/** What keeps a plan from being saved, by field: names that are empty, numbers that are out of their range. */
export function draftProblems(plan: PilotPlan): PlanGap[] {
  const parsed = pilotPlanSchema.safeParse(plan);
  if (parsed.success) return [];
  const found = parsed.error.issues.map(({ path }) => {
    const field = path.filter((step) => typeof step === 'string').join('.');
    return { field, words: text.problems[field] ?? text.problem(field) };
  });
  return found.filter(({ field }, at) => found.findIndex((other) => other.field === field) === at);
}

/** What is to be settled before a plan can be locked: of a plan as saved also what the engine finds in it. */
export function gapsOf(plan: PilotPlan, saved: { readonly plan: PilotPlan; readonly gaps: readonly PlanGap[] }) {
  return isSamePlan(plan, saved.plan) ? saved.gaps : planGaps(plan);
}

/** What is to be settled in exactly this field; undefined where nothing is. */
export function gapIn(gaps: readonly PlanGap[], ...fields: readonly string[]): string | undefined {
  const words = gaps.filter(({ field }) => fields.includes(field)).map((gap) => gap.words);
  return words.length === 0 ? undefined : words.join('; ');
}
