import type { InputOf } from '#shared/contract/index.ts';

type Meeting = InputOf<'plan.holdMeeting'>['meeting'];

export type MeetingForm = {
  readonly on: string | null;
  readonly present: string;
  readonly decisions: string;
  readonly changed: readonly string[];
  readonly nextOn: string | null;
};

/** Null while the day or who was there is missing. @param actions codes that a line may begin with */
export function meetingOf(code: string, form: MeetingForm, actions: readonly string[]): Meeting | null {
  const present = form.present
    .split(',')
    .map((post) => post.trim())
    .filter((post) => post.length >= 2);
  if (form.on === null || present.length === 0) return null;
  const lines = form.decisions
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    ...{ meeting: code, on: form.on, present, changed: [...form.changed], nextOn: form.nextOn },
    decisions: lines.map((line) => {
      const [first = ''] = line.split(/\s+/, 1);
      return actions.includes(first)
        ? { action: first, words: line.slice(first.length).trim() }
        : { action: null, words: line };
    }),
  };
}
