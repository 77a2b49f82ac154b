import type { InstrumentDefinition } from '#shared/domain/instrument.ts';
import type { PilotOutcome } from '#shared/domain/pilot.ts';
import { changeRuleOf } from '../../cases/score-words.ts';
import { instrumentNamed } from '../../instruments/registry.ts';
import type { ChangeNorms } from '../evaluation/change-norms.ts';
import type { OutcomeNamed } from '../evaluation/people.ts';
import { absenceValues } from './absence-values.ts';
import type { OutcomeValues } from './outcome-values.ts';
import type { PilotRecords } from './records.ts';
import { scoreValues } from './score-values.ts';

export type MeasuredOutcome = OutcomeNamed & OutcomeValues & { readonly planned: PilotOutcome };

export type MeasureOptions = {
  /** Last day that counts; null for the last that the extract holds. */
  readonly lastDay: number | null;
  /** In place of what is published of the instrument; null for that. */
  readonly norms: ChangeNorms | null;
};

/** The instrument and the scale that an outcome is a score of. */
export function scaleOf({ measure }: PilotOutcome) {
  if (measure.of === 'absence') return null;
  const definition = instrumentNamed(measure.instrument);
  const scale = definition?.scales.find(({ scale: name }) => name === (measure.scale ?? definition.mainScale));
  return definition && scale ? { definition, scale } : null;
}

/** An outcome of the plan with its values; nothing of anybody counts from the day on which they withdrew. */
export function measured(planned: PilotOutcome, records: PilotRecords, options: MeasureOptions): MeasuredOutcome {
  const { measure, better } = planned;
  const withdrawn = new Map(
    records.participants.flatMap(({ person, withdrawnDay }) => (withdrawnDay === null ? [] : [[person, withdrawnDay]])),
  );
  if (measure.of === 'absence') {
    const values = absenceValues(records, measure, { lastDay: options.lastDay, withdrawn });
    return { planned, name: nameOf(planned), unit: measure.count, better, norms: null, ...values };
  }
  const values = scoreValues(records.answersOf(planned), { lastDay: options.lastDay, withdrawn });
  return {
    planned,
    name: nameOf(planned),
    unit: 'points',
    better,
    norms: options.norms ?? normsOf(planned),
    ...values,
  };
}

/** `PHQ-9`, `ProQOL-5, burnout`, `Days absent`. */
export function nameOf(outcome: PilotOutcome): string {
  const { measure } = outcome;
  if (measure.of === 'absence') {
    const what = measure.count === 'days' ? 'Days absent' : 'Spells of absence';
    return measure.reason === 'psychological' ? `${what} for psychological reasons` : what;
  }
  const found = scaleOf(outcome);
  if (!found) return measure.instrument;
  const { definition, scale } = found;
  const name = scale.scale === definition.mainScale ? definition.code : `${definition.code}, ${scale.scale}`;
  return measure.answeredIn === 'families' ? `${name} in families` : name;
}

function normsOf(outcome: PilotOutcome): ChangeNorms | null {
  const found = scaleOf(outcome);
  const named = found ? changeRuleOf(found.definition, found.scale) : null;
  if (!found || !named) return null;
  const reliability = confirmedNorms(found.definition, found.scale.scale).find((norm) => norm.reliability !== null);
  return {
    points: named.rule.error * named.rule.quantile,
    source: named.basis,
    reliability: reliability?.reliability?.value ?? null,
  };
}

/** Mean of the instrument among people who were not chosen for how they feel; null where none is confirmed. */
export function normMeanOf(outcome: PilotOutcome): number | null {
  const found = scaleOf(outcome);
  if (!found) return null;
  return confirmedNorms(found.definition, found.scale.scale).find(({ mean }) => mean !== null)?.mean ?? null;
}

/** Of the whole scale; those of the general population stand first in the definitions. */
function confirmedNorms({ norms }: InstrumentDefinition, scale: string) {
  return norms.filter((norm) => norm.scale === scale && norm.enabled && norm.part === null);
}
