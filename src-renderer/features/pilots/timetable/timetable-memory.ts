import { createMemory, useMemory } from '../../../bridge/memory.ts';
import type { TimetableChoices } from './choices.ts';
import type { EditedSession } from './timetable-model.ts';

type Spec = Readonly<Record<string, unknown>>;

/** How far a timetable has come on screen. */
export type TimetableWork = {
  /** Null until something is chosen otherwise than by default. */
  readonly choices: TimetableChoices | null;
  /** What was asked for last. */
  readonly asked: Spec | null;
  /** The sessions as changed by hand; null where they are as proposed. */
  readonly edited: readonly EditedSession[] | null;
  /** The check of those sessions; null where they were changed since. */
  readonly checked: Spec | null;
  /** Which week is looked at, from 0. */
  readonly week: number;
};

const nothing: TimetableWork = { choices: null, asked: null, edited: null, checked: null, week: 0 };

/** By pilot, kept while another place is looked at. */
const memory = createMemory<Readonly<Record<string, TimetableWork>>>({});

export function useTimetableWork(pilot: string) {
  const work = useMemory(memory)[pilot] ?? nothing;
  const change = (part: Partial<TimetableWork>) =>
    memory.set((all) => ({ ...all, [pilot]: { ...(all[pilot] ?? nothing), ...part } }));
  return { work, change };
}
