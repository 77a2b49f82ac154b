import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import { instrumentsHeld } from '#main/store/screening-records.ts';
import type { InstrumentChoice } from '#shared/contract/instruments.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';

/** The instruments that extracts name and this app knows, by their codes. */
export function heldInstruments(context: VaultContext): Result<{ instruments: InstrumentChoice[] }> {
  const codes = new Set(instrumentsHeld(context.vault.store.connection).map((name) => instrumentNamed(name)));
  const definitions = [...codes].filter((definition) => definition !== null && definition !== undefined);
  const instruments = definitions.map((definition) => ({
    instrument: definition.code,
    title: definition.title,
    higherIs: definition.higherIs,
    mainScale: definition.mainScale,
    scales: definition.scales.map(({ scale, title, min, max }) => ({
      scale,
      title,
      min,
      max,
      cutOffs: definition.cutOffs
        .filter((cutOff) => cutOff.enabled && cutOff.scale === scale)
        .map(({ name, atLeast, atMost }) => ({ name, atLeast, atMost: atMost ?? null })),
    })),
  }));
  return ok({ instruments: instruments.sort((a, b) => (a.instrument < b.instrument ? -1 : 1)) });
}
