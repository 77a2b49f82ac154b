import type { ActivityView } from '#shared/contract/engagement.ts';
import type { InputOf } from '#shared/contract/index.ts';
import type { ActivityKind, Audience } from '#shared/domain/engagement.ts';
import { readCounts } from '#shared/domain/engagement-counts.ts';
import { engagementText as text } from './text.ts';

type Activity = InputOf<'plan.saveActivity'>['activity'];

/** An activity as it is typed: themes and decisions one a line. */
export type ActivityForm = {
  readonly title: string;
  readonly kind: ActivityKind;
  readonly audience: Audience;
  readonly from: string | null;
  readonly to: string | null;
  readonly invited: number;
  readonly responded: number;
  readonly counts: string;
  readonly themes: string;
  readonly decisions: string;
};

export function formOf(activity: ActivityView | null): ActivityForm {
  if (activity === null) {
    const none = { title: '', from: null, to: null, invited: 0, responded: 0, counts: '', themes: '', decisions: '' };
    return { ...none, kind: 'survey', audience: 'officers and staff' };
  }
  const { title, kind, audience, from, to, invited, responded, themes, decisions } = activity;
  return {
    ...{ title, kind, audience, from, to, invited, responded, counts: '' },
    themes: themes
      .map(
        (theme) =>
          `${theme.people} ${theme.title}${theme.paraphrases.length > 0 ? `: ${theme.paraphrases.join(' ')}` : ''}`,
      )
      .join('\n'),
    decisions: decisions.map(({ said, did }) => `${said} -> ${did}`).join('\n'),
  };
}

type Read = { readonly input: Activity | null; readonly fault: string | null };

/** The input, or what is wrong with what was typed; neither while something is missing. */
export function inputOf(code: string, held: ActivityView | null, form: ActivityForm): Read {
  const counts =
    form.counts.trim() === '' ? { groups: held?.groups ?? [], items: held?.items ?? [] } : readCounts(form.counts);
  if ('ok' in counts && !counts.ok) return { input: null, fault: counts.error.message };
  const themes = linesOf(form.themes).map((line, at) => themeOf(line, at));
  const decisions = linesOf(form.decisions).map((line, at) => decisionOf(line, at, held));
  const wrongTheme = themes.indexOf(null);
  if (wrongTheme >= 0) return { input: null, fault: text.themeWrong(wrongTheme + 1) };
  const wrongDecision = decisions.indexOf(null);
  if (wrongDecision >= 0) return { input: null, fault: text.decisionWrong(wrongDecision + 1) };
  const { title, kind, audience, from, to, invited, responded } = form;
  if (title.trim() === '' || from === null || to === null) return { input: null, fault: null };
  return {
    fault: null,
    input: {
      ...{ activity: code, title: title.trim(), kind, audience, from, to, invited, responded },
      ...('ok' in counts ? counts.value : counts),
      themes: themes.flatMap((theme) => theme ?? []),
      decisions: decisions.flatMap((decision) => decision ?? []),
    },
  };
}

function linesOf(typed: string): string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function themeOf(line: string, at: number): NonNullable<Activity['themes']>[number] | null {
  const found = /^(\d{1,6})\s+([^:]{1,200}?)\s*(?::\s*(.+))?$/.exec(line);
  if (!found) return null;
  const [, people = '', title = '', paraphrase] = found;
  return {
    theme: `T${at + 1}`,
    title,
    people: Number(people),
    paraphrases: paraphrase === undefined ? [] : [paraphrase],
  };
}

/** A line that was there keeps its code, by which actions name it. */
function decisionOf(
  line: string,
  at: number,
  held: ActivityView | null,
): NonNullable<Activity['decisions']>[number] | null {
  const [said, did, ...more] = line.split('->').map((part) => part.trim());
  if (said === undefined || did === undefined || said === '' || more.length > 0) return null;
  const known = held?.decisions[at];
  return { decision: known?.decision ?? `D${at + 1}`, said, did, decidedOn: known?.decidedOn ?? null };
}
