import type { InputOf } from '#shared/contract/index.ts';
import type { ActionView } from '#shared/contract/plan.ts';

/** An action as it is typed: empty where nothing is said. */
export type ActionForm = {
  readonly title: string;
  readonly why: string;
  readonly review: string;
  readonly guidance: string;
  readonly resource: string | null;
  readonly owner: string;
  readonly start: string | null;
  readonly due: string | null;
  readonly dependsOn: readonly string[];
  readonly indicator: string | null;
  readonly target: number | null;
};

export function formOf(view: ActionView): ActionForm {
  const { title, why, guidance, resource, owner, start, due, dependsOn, indicator } = view;
  return {
    ...{ title, why, resource, start, due, dependsOn },
    review: guidance?.review ?? '',
    guidance: guidance?.guidance ?? '',
    owner: owner ?? '',
    indicator: indicator?.indicator ?? null,
    target: indicator?.target ?? null,
  };
}

/** Null while it cannot be saved: without a title, or with half a statement of guidance. */
export function inputOf(
  { action, decision }: ActionView,
  form: ActionForm,
): InputOf<'plan.saveAction'>['action'] | null {
  const [review, guidance, owner] = [form.review.trim(), form.guidance.trim(), form.owner.trim()];
  if (form.title.trim() === '' || (review === '') !== (guidance === '')) return null;
  return {
    ...{ action, decision, title: form.title.trim(), why: form.why.trim() },
    guidance: review === '' ? null : { review, guidance },
    owner: owner === '' ? null : owner,
    ...{ resource: form.resource, start: form.start, due: form.due, dependsOn: [...form.dependsOn] },
    indicator: form.indicator === null ? null : { indicator: form.indicator, target: form.target },
  };
}
