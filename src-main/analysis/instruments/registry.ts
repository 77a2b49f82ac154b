import gad7 from '#resources/instruments/gad-7.json' with { type: 'json' };
import itq from '#resources/instruments/itq.json' with { type: 'json' };
import pcl5 from '#resources/instruments/pcl-5.json' with { type: 'json' };
import phq9 from '#resources/instruments/phq-9.json' with { type: 'json' };
import { definitionFaults, type InstrumentDefinition, instrumentSchema } from '#shared/domain/instrument.ts';

function load(document: unknown): InstrumentDefinition {
  const definition: InstrumentDefinition = instrumentSchema.parse(document);
  const faults = definitionFaults(definition);
  if (faults.length > 0) throw new Error(`Instrument ${definition.code}: ${faults.join('; ')}`);
  return definition;
}

/** The instruments that this version scores. */
export const instruments: readonly InstrumentDefinition[] = [phq9, gad7, pcl5, itq].map(load);

/** `PHQ-9`, `phq9` and `PHQ 9` → `phq9`. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

const byName = new Map(instruments.map((definition) => [plainName(definition.code), definition]));

/** The instrument of that name, whatever its case, spaces and hyphens, or null. */
export function instrumentNamed(name: string): InstrumentDefinition | null {
  return byName.get(plainName(name)) ?? null;
}
