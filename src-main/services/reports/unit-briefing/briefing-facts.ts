import type { CountedAs } from '#main/disclosure/released-counts.ts';
import type { DirectoryService } from '#shared/contract/services.ts';
import type { Shown } from '../published-cells.ts';
import type { UnitFacts } from './unit-facts.ts';

/** What the sections of a briefing are written from. */
export type UnitBriefingFacts = {
  readonly facts: UnitFacts;
  /** A count as it may be shown. */
  readonly shown: (as: CountedAs) => Shown;
  /** False where absence and support cannot stand beside what was released before. */
  readonly isHealthTold: boolean;
  /** The force's directory of what it offers. */
  readonly services: readonly DirectoryService[];
};
