import type { InstrumentDefinition } from '#shared/domain/instrument.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { allInstruments, instrumentNamed } from '../../instruments/registry.ts';
import type { ExposureOutcomeSpec } from './outcome-spec.ts';

export type OutcomeInstrument = {
  readonly definition: InstrumentDefinition;
  readonly scale: string;
  /** Null where a score is asked for. */
  readonly cutOff: InstrumentDefinition['cutOffs'][number] | null;
};

function refused(reason: string, known: string): Result<never> {
  return fail('BAD_SPEC', reason, `Nothing was run. ${known}`);
}

/** The instrument, scale and cut-off that a spec speaks of. Fails with `BAD_SPEC`, naming those there are. */
export function outcomeInstrument(spec: ExposureOutcomeSpec): Result<OutcomeInstrument> {
  const definition = instrumentNamed(spec.instrument);
  if (!definition) {
    const codes = allInstruments()
      .map(({ code }) => code)
      .join(', ');
    return refused(`There is no instrument “${spec.instrument}”.`, `The instruments are: ${codes}.`);
  }
  const scales = definition.scales.map(({ scale }) => scale);
  const scale = spec.scale ?? definition.mainScale;
  if (scale === null || !scales.includes(scale)) {
    return refused(
      scale === null
        ? `${definition.code} has no main scale; name one in “scale”.`
        : `${definition.code} has no scale “${scale}”.`,
      `Its scales are: ${scales.join(', ')}.`,
    );
  }
  if (spec.outcome === 'score') return ok({ definition, scale, cutOff: null });
  const cutOffs = definition.cutOffs.filter((entry) => entry.enabled && entry.scale === scale);
  const cutOff = spec.cutOff === null ? cutOffs[0] : cutOffs.find(({ name }) => name === spec.cutOff);
  if (!cutOff) {
    const names = cutOffs.map(({ name }) => name);
    return refused(
      spec.cutOff === null
        ? `${definition.code} has no cut-off of the scale ${scale} that is switched on, so nobody is a case by it.`
        : `${definition.code} has no cut-off “${spec.cutOff}” of the scale ${scale} that is switched on.`,
      names.length === 0 ? 'Ask for the score.' : `Its cut-offs are: ${names.join(', ')}.`,
    );
  }
  return ok({ definition, scale, cutOff });
}
