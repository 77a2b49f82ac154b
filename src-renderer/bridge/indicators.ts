import type { QueryClient } from '@tanstack/react-query';
import type { RunSignal } from '#shared/charts/chart-spec.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { type Analysis, useAnalysis } from './hooks.ts';

export type IndicatorDefinition = {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly question: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly window: string;
  readonly kind: 'share' | 'rate' | 'median';
  readonly unit: string;
  readonly threshold: number;
  readonly owner: string;
  readonly better: 'low' | 'high' | 'neither';
  readonly target: number | null;
  readonly source: string;
  /** Extracts that it is made from; none where no extract can tell it. */
  readonly kinds: readonly string[];
};

export type IndicatorPoint = {
  readonly month: string;
  readonly state: 'measured' | 'withheld' | 'not measurable';
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly reason: string | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly signals: readonly string[];
  readonly signal: RunSignal | null;
};

export type Indicator = {
  readonly id: string;
  readonly definition: IndicatorDefinition;
  /** What it is measured against: set by the force, else what the definition comes with; null without either. */
  readonly target: {
    readonly value: number;
    readonly setBy: 'force' | 'definition';
    readonly owner: string | null;
    readonly reviewOn: string | null;
  } | null;
  readonly howWorkedOut: string;
  readonly notMeasurable: string | null;
  readonly chart: {
    readonly points: readonly IndicatorPoint[];
    readonly centre: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
    readonly assurance: 'pass' | 'fail' | 'hit or miss' | null;
    readonly warnings: readonly string[];
  };
};

/** What `indicators` answers. */
export function readIndicators(result: AnalysisResult): readonly Indicator[] {
  return (result.result as { readonly indicators: readonly Indicator[] }).indicators;
}

/**
 * The indicators over the whole months up to a day.
 * @param indicators which of them; all where it is null
 */
export function useIndicators(asOf: string, months: number, indicators: readonly string[] | null = null): Analysis {
  return useAnalysis('indicators', { asOf, months, ...(indicators === null ? {} : { indicators }) });
}

/** Asks anew for what rests on a target, once another one holds. */
export function forgetIndicators(client: QueryClient): void {
  void client.invalidateQueries({
    predicate: ({ queryKey: [name, input] }) =>
      name === 'targets.list' || (name === 'analyses.run' && String(input).includes('"method":"indicators"')),
  });
}
