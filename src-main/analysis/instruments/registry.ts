import auditC from '#resources/instruments/audit-c.json' with { type: 'json' };
import bat12 from '#resources/instruments/bat-12.json' with { type: 'json' };
import bat23 from '#resources/instruments/bat-23.json' with { type: 'json' };
import brs from '#resources/instruments/brs.json' with { type: 'json' };
import cbi from '#resources/instruments/cbi.json' with { type: 'json' };
import core10 from '#resources/instruments/core-10.json' with { type: 'json' };
import gad7 from '#resources/instruments/gad-7.json' with { type: 'json' };
import ghq12 from '#resources/instruments/ghq-12.json' with { type: 'json' };
import iesR from '#resources/instruments/ies-r.json' with { type: 'json' };
import isi from '#resources/instruments/isi.json' with { type: 'json' };
import itq from '#resources/instruments/itq.json' with { type: 'json' };
import olbi from '#resources/instruments/olbi.json' with { type: 'json' };
import ons4 from '#resources/instruments/ons4.json' with { type: 'json' };
import pcl5 from '#resources/instruments/pcl-5.json' with { type: 'json' };
import phq9 from '#resources/instruments/phq-9.json' with { type: 'json' };
import proqol5 from '#resources/instruments/proqol-5.json' with { type: 'json' };
import psqOp from '#resources/instruments/psq-op.json' with { type: 'json' };
import psqOrg from '#resources/instruments/psq-org.json' with { type: 'json' };
import pss10 from '#resources/instruments/pss-10.json' with { type: 'json' };
import ras from '#resources/instruments/ras.json' with { type: 'json' };
import sdqP from '#resources/instruments/sdq-p.json' with { type: 'json' };
import stss from '#resources/instruments/stss.json' with { type: 'json' };
import swemwbs from '#resources/instruments/swemwbs.json' with { type: 'json' };
import tsq from '#resources/instruments/tsq.json' with { type: 'json' };
import wemwbs from '#resources/instruments/wemwbs.json' with { type: 'json' };
import wfcFwc from '#resources/instruments/wfc-fwc.json' with { type: 'json' };
import wsas from '#resources/instruments/wsas.json' with { type: 'json' };
import { definitionFaults, type InstrumentDefinition, instrumentSchema } from '#shared/domain/instrument.ts';

const documents = [
  phq9,
  gad7,
  pcl5,
  itq,
  core10,
  tsq,
  ghq12,
  wemwbs,
  swemwbs,
  pss10,
  cbi,
  olbi,
  bat23,
  bat12,
  proqol5,
  auditC,
  isi,
  brs,
  psqOp,
  psqOrg,
  ons4,
  iesR,
  wsas,
  wfcFwc,
  ras,
  stss,
  sdqP,
];
type InstrumentDocument = (typeof documents)[number];

const checked = new Map<InstrumentDocument, InstrumentDefinition>();

/** A definition is checked when it is first asked for: most threads need few of them or none. */
function definitionOf(document: InstrumentDocument): InstrumentDefinition {
  const known = checked.get(document);
  if (known !== undefined) return known;
  const definition: InstrumentDefinition = instrumentSchema.parse(document);
  const faults = definitionFaults(definition);
  if (faults.length > 0) throw new Error(`Instrument ${definition.code}: ${faults.join('; ')}`);
  checked.set(document, definition);
  return definition;
}

/** The instruments that this version scores. */
export function allInstruments(): readonly InstrumentDefinition[] {
  return documents.map(definitionOf);
}

/** `PHQ-9`, `phq9` and `PHQ 9` → `phq9`. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

const byName = new Map(documents.map((document) => [plainName(document.code), document]));

/** The instrument of that name, whatever its case, spaces and hyphens, or null. */
export function instrumentNamed(name: string): InstrumentDefinition | null {
  const document = byName.get(plainName(name));
  return document === undefined ? null : definitionOf(document);
}
