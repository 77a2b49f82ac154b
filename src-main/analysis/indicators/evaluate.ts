import { absenceRate, longTermAbsence, returnSustained } from './absence-measures.ts';
import { howWorkedOut, type IndicatorDefinition } from './definition.ts';
import { exposureCoverage, exposureRate, exposureRecording, overThreshold } from './exposure-measures.ts';
import { whyNotHeld } from './held-months.ts';
import type { MeasureData } from './measure-data.ts';
import { peerCaseload, peerContacts, peerResponse } from './peer-measures.ts';
import { notMeasured, type RawPoint, type RawSeries } from './point.ts';
import { type RunChart, runChart } from './run-chart.ts';
import { caseness, screeningUptake } from './screening-measures.ts';
import { offerUptake, referralToContact } from './support-measures.ts';
import { type IndicatorTarget, type SetTarget, targetOf } from './target.ts';

export type Indicator = {
  readonly id: string;
  readonly definition: IndicatorDefinition;
  /** What it is measured against; null where nothing is asked of it. */
  readonly target: IndicatorTarget | null;
  readonly howWorkedOut: string;
  /** Why no month can be measured; null where some can. */
  readonly notMeasurable: string | null;
  readonly chart: RunChart;
};

/**
 * One indicator over the months of the data.
 * @param set the target that the force has set for it; null where it has set none
 */
export function evaluateIndicator(
  definition: IndicatorDefinition,
  data: MeasureData,
  set: SetTarget | null = null,
): Indicator {
  const target = targetOf(definition, set);
  const series = measured(definition, data);
  // Nothing counted where nothing is held is not the same as a 0.
  const heldOf = (points: readonly RawPoint[]): readonly RawPoint[] =>
    points.map((point, at) => {
      const month = data.months[at];
      const reason = month === undefined ? null : whyNotHeld(definition.kinds, data, month);
      return reason === null ? point : notMeasured(reason);
    });
  const none = 'notMeasurable' in series ? series.notMeasurable : null;
  const raw = 'notMeasurable' in series ? data.months.map(() => notMeasured(series.notMeasurable)) : heldOf(series);
  const chart = runChart(
    definition,
    data.months.map(({ name }) => name),
    raw,
    target?.value ?? null,
  );
  return {
    id: definition.id,
    definition,
    target,
    howWorkedOut: howWorkedOut(definition),
    notMeasurable: none,
    chart,
  };
}

function measured({ measure, parameters, notMeasurable }: IndicatorDefinition, data: MeasureData): RawSeries {
  const number = (name: string): number => Number(parameters[name] ?? 0);
  const word = (name: string): string => String(parameters[name] ?? '');
  switch (measure) {
    case 'exposure-rate':
      return exposureRate(data, number('per'));
    case 'exposure-coverage':
      return exposureCoverage(data);
    case 'over-threshold':
      return overThreshold(data);
    case 'exposure-recording':
      return exposureRecording(data, number('days'));
    case 'screening-uptake':
      return screeningUptake(data);
    case 'caseness':
      return caseness(data, word('instrument'), word('cutOff'));
    case 'absence-rate':
      return absenceRate(data, number('psychological') === 1);
    case 'long-term-absence':
      return longTermAbsence(data);
    case 'return-sustained':
      return returnSustained(data, number('days'));
    case 'referral-to-contact':
      return referralToContact(data);
    case 'offer-uptake':
      return offerUptake(data, number('days'));
    case 'peer-contacts':
      return peerContacts(data, number('per'));
    case 'peer-response':
      return peerResponse(data, number('hours'));
    case 'peer-caseload':
      return peerCaseload(data, number('per'));
    case 'none':
      return { notMeasurable: notMeasurable ?? 'The extracts cannot tell it.' };
  }
}
