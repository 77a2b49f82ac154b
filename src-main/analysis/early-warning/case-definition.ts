import type { InstrumentDefinition } from '#shared/domain/instrument.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { plainNumber } from '../exposure/words.ts';
import { allInstruments, instrumentNamed } from '../instruments/registry.ts';
import { meetsCutOff } from '../instruments/score.ts';
import type { EarlyWarningSpec } from './spec.ts';

type OutcomeOfSpec = Pick<EarlyWarningSpec, 'instrument' | 'scale' | 'cutOff'>;
type AskedOutcome = { readonly instrument: string } & {
  readonly [Name in 'scale' | 'cutOff']: OutcomeOfSpec[Name] | null;
};

/** When a score counts as a case. */
export type CaseDefinition = {
  readonly instrument: string;
  readonly scale: string;
  /** As in “Personal burnout of 50 or more”. */
  readonly words: string;
  readonly isCase: (score: number) => boolean;
  /** False where the force states the cut-off itself. */
  readonly confirmed: boolean;
  readonly source: string;
};

/** What burnout is measured by where a force says nothing else: a convention that nobody has confirmed. */
const conventional = {
  instrument: 'CBI',
  scale: 'personal',
  cutOff: { score: 50, source: 'The convention for this inventory, which is not confirmed' },
} as const;

function refused(reason: string, known: string): Result<never> {
  return fail('BAD_SPEC', reason, `Nothing was run. ${known}`);
}

function scaleOf(definition: InstrumentDefinition, asked: string | null): Result<string> {
  const usual = definition.code === conventional.instrument ? conventional.scale : definition.mainScale;
  const scale = asked ?? usual;
  const scales = definition.scales.map((entry) => entry.scale);
  if (scale !== null && scales.includes(scale)) return ok(scale);
  return refused(
    scale === null
      ? `${definition.code} has no main scale; name one in "scale".`
      : `${definition.code} has no scale “${scale}”.`,
    `Its scales are: ${scales.join(', ')}.`,
  );
}

/**
 * The instrument, scale and cut-off that a spec speaks of, by their own names. Fails with `BAD_SPEC`, naming those there are. A
 * cut-off by name must be one that is confirmed; any other the force states as `{score, source}`.
 */
export function outcomeOfSpec(asked: AskedOutcome): Result<OutcomeOfSpec> {
  const definition = instrumentNamed(asked.instrument);
  if (!definition) {
    const codes = allInstruments()
      .map(({ code }) => code)
      .join(', ');
    return refused(`There is no instrument “${asked.instrument}”.`, `The instruments are: ${codes}.`);
  }
  const named = scaleOf(definition, asked.scale);
  if (!named.ok) return named;
  const scale = named.value;
  const { code: instrument } = definition;
  const confirmed = definition.cutOffs.filter((entry) => entry.enabled && entry.scale === scale);
  const own = 'State your own as {"score": …, "source": "…"}.';
  if (asked.cutOff === null) {
    const first = confirmed[0]?.name;
    if (first !== undefined) return ok({ instrument, scale, cutOff: first });
    if (instrument === conventional.instrument && scale === conventional.scale) {
      return ok({ instrument, scale, cutOff: conventional.cutOff });
    }
    return refused(`${instrument} has no confirmed cut-off of the scale ${scale}, so nobody is a case by it.`, own);
  }
  if (typeof asked.cutOff === 'string') {
    const name = asked.cutOff;
    if (confirmed.some((entry) => entry.name === name)) return ok({ instrument, scale, cutOff: name });
    const names = confirmed.map((entry) => entry.name).join(', ');
    return refused(
      `${instrument} has no confirmed cut-off “${name}” of the scale ${scale}.`,
      names === '' ? own : `Its cut-offs are: ${names}. ${own}`,
    );
  }
  const { min, max } = definition.scales.find((entry) => entry.scale === scale) ?? { min: 0, max: 0 };
  const { score } = asked.cutOff;
  if (score < min || score > max) {
    return refused(`The scale ${scale} of ${instrument} goes from ${min} to ${max}.`, 'Correct the score in "cutOff".');
  }
  return ok({ instrument, scale, cutOff: asked.cutOff });
}

/** @param spec as `parseEarlyWarningSpec` gives it; another one is a fault of the caller. */
export function caseDefinition(spec: OutcomeOfSpec): CaseDefinition {
  const definition = instrumentNamed(spec.instrument);
  const scale = definition?.scales.find((entry) => entry.scale === spec.scale);
  if (!definition || !scale) throw new RangeError('the spec of an early warning names no scale');
  const { cutOff } = spec;
  const common = { instrument: definition.code, scale: scale.scale };
  const words = (score: number, side: string): string => `${scale.title} of ${plainNumber(score)} or ${side}`;
  if (typeof cutOff !== 'string') {
    const { score, source } = cutOff;
    return definition.higherIs === 'worse'
      ? { ...common, words: words(score, 'more'), isCase: (value) => value >= score, confirmed: false, source }
      : { ...common, words: words(score, 'less'), isCase: (value) => value <= score, confirmed: false, source };
  }
  const entry = definition.cutOffs.find(({ name, scale: of }) => name === cutOff && of === spec.scale);
  if (!entry) throw new RangeError('the spec of an early warning names no cut-off');
  const atLeast = entry.atLeast ?? null;
  return {
    ...common,
    words: atLeast === null ? words(entry.atMost ?? 0, 'less') : words(atLeast, 'more'),
    isCase: (value) => meetsCutOff(entry, value),
    confirmed: true,
    source: entry.source,
  };
}
