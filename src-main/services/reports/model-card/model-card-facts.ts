import type { KeptModel } from '#main/analysis/early-warning/kept-model.ts';
import type { EarlyWarningSpec } from '#main/analysis/early-warning/spec.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { CardPart } from './counts-printed.ts';

/** With every default filled in, as the manifest records it: either the options of a run, or the number of a model. */
export type FilledModelCardSpec = {
  readonly template: 'model-card';
  readonly run?: Readonly<Record<string, unknown>>;
  readonly model?: number;
  readonly history: { readonly models: number; readonly decisions: number };
  readonly title: string;
  readonly marking: string;
  readonly version: string;
};

/** A decision on a model by the roles of whoever took it; `at` in UTC, ISO. */
export type DecisionByRole = {
  readonly model: number;
  readonly what: 'kept' | 'used' | 'stopped';
  readonly at: string;
  readonly by: string;
  readonly reason: string;
};

/** The kept model that the card is of. */
export type CardOfModel = {
  readonly id: number;
  readonly hash: string;
  readonly keptAt: string;
  readonly model: KeptModel;
  /** Whether the data, and the cases that are open, are those on which it was kept. */
  readonly isSameData: boolean;
};

/** What a card is written from. The result was made safe where it was worked out. */
export type ModelCardFacts = {
  readonly spec: FilledModelCardSpec;
  readonly analysis: AnalysisResult;
  readonly run: EarlyWarningSpec;
  readonly result: EarlyWarningResult;
  readonly kept: CardOfModel | null;
  readonly history: readonly DecisionByRole[];
  /** Counts that cannot stand beside what was released before. */
  readonly withheld: readonly CardPart[];
  readonly synthetic: boolean;
};
