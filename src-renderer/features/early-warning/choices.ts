import type { InstrumentChoice } from '#shared/contract/instruments.ts';
import { createMemory } from '../../bridge/memory.ts';
import { text } from './text.ts';

/** What a person has chosen; null where they have not, which means what is usual. */
export type Choices = {
  readonly instrument: string | null;
  readonly scale: string | null;
  /** Name of a confirmed cut-off, or `own`. */
  readonly cutOff: string | null;
  readonly ownScore: number | null;
  readonly ownSource: string | null;
  readonly capacityPerWeek: number | null;
  readonly asOf: string | null;
};

export type RunSpec = {
  readonly asOf: string;
  readonly instrument: string;
  readonly scale: string;
  readonly cutOff: string | { readonly score: number; readonly source: string };
  readonly capacityPerWeek: number;
};

const nothingChosen: Choices = {
  instrument: null,
  scale: null,
  cutOff: null,
  ownScore: null,
  ownSource: null,
  capacityPerWeek: null,
  asOf: null,
};

export const choicesMemory = createMemory<Choices>(nothingChosen);
/** The spec that was last run in this session; its result is cached under it. */
export const askedMemory = createMemory<RunSpec | null>(null);

export const ownCutOff = 'own';
const usualCapacity = 10;
/** Instruments of burnout come first, in this order. */
const burnoutFirst = ['CBI', 'BAT-23', 'BAT-12', 'OLBI', 'ProQOL-5'];
/** By convention, which nobody has confirmed. */
const convention = { instrument: 'CBI', scale: 'personal', score: 50 };

/** Choices with what is usual filled in; `problem` says in words what keeps them from being run. */
export type Filled = {
  readonly instrument: InstrumentChoice;
  readonly scale: InstrumentChoice['scales'][number];
  readonly cutOff: string;
  readonly ownScore: number | '';
  readonly ownSource: string;
  readonly capacityPerWeek: number;
  readonly asOf: string;
};

function usualInstrument(held: readonly InstrumentChoice[]): InstrumentChoice | undefined {
  const burnout = burnoutFirst.map((code) => held.find(({ instrument }) => instrument === code));
  return burnout.find((entry) => entry !== undefined) ?? held[0];
}

function usualScale(instrument: InstrumentChoice): InstrumentChoice['scales'][number] | undefined {
  const wanted = instrument.instrument === convention.instrument ? convention.scale : instrument.mainScale;
  return instrument.scales.find(({ scale }) => scale === wanted) ?? instrument.scales[0];
}

/** @param held instruments of the vault; null is given back where there are none. */
export function fillChoices(choices: Choices, held: readonly InstrumentChoice[], latestDay: string): Filled | null {
  const instrument = held.find((entry) => entry.instrument === choices.instrument) ?? usualInstrument(held);
  const scale =
    instrument?.scales.find((entry) => entry.scale === choices.scale) ?? (instrument && usualScale(instrument));
  if (!instrument || !scale) return null;
  const conventional = instrument.instrument === convention.instrument && scale.scale === convention.scale;
  const known = choices.cutOff === ownCutOff || scale.cutOffs.some(({ name }) => name === choices.cutOff);
  return {
    instrument,
    scale,
    cutOff: (known ? choices.cutOff : null) ?? scale.cutOffs[0]?.name ?? ownCutOff,
    ownScore: choices.ownScore ?? (conventional ? convention.score : ''),
    ownSource: choices.ownSource ?? (conventional ? text.conventionSource : ''),
    capacityPerWeek: choices.capacityPerWeek ?? usualCapacity,
    asOf: choices.asOf ?? latestDay,
  };
}

export function scoreFault({ cutOff, ownScore, scale }: Filled): string | null {
  if (cutOff !== ownCutOff) return null;
  return ownScore === '' || ownScore < scale.min || ownScore > scale.max ? text.badScore(scale.min, scale.max) : null;
}

export function sourceFault({ cutOff, ownSource }: Filled): string | null {
  return cutOff === ownCutOff && ownSource.trim() === '' ? text.badSource : null;
}

/** The spec of a run; null while a field is wrong. */
export function specOf(filled: Filled): RunSpec | null {
  if (scoreFault(filled) !== null || sourceFault(filled) !== null) return null;
  const { asOf, capacityPerWeek, cutOff, ownScore, ownSource } = filled;
  return {
    asOf,
    instrument: filled.instrument.instrument,
    scale: filled.scale.scale,
    cutOff: cutOff === ownCutOff ? { score: Number(ownScore), source: ownSource.trim() } : cutOff,
    capacityPerWeek,
  };
}

export function sameSpec(left: RunSpec, right: RunSpec): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
