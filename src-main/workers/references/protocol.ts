import type { ReferenceFacts } from '#main/analysis/evidence/duplicates/known-reference.ts';
import type { TableShape } from '#main/files/open-rows.ts';

/** A reference as its file has it; '' where the file says nothing. */
export type ReadReference = {
  /** Place in its file; 1 is the first record. */
  readonly row: number;
  /** What the reader found fault with, in words; null where nothing. */
  readonly fault: string | null;
  readonly title: string;
  readonly year: number | null;
  readonly authors: string;
  readonly doi: string;
  readonly journal: string;
  readonly volume: string;
  readonly issue: string;
  readonly pages: string;
  readonly abstract: string;
  readonly keywords: string;
  readonly type: string;
  readonly pmid: string;
  readonly url: string;
  readonly language: string;
};

export type ReferencesTask = {
  readonly file: string;
  readonly shape: TableShape;
  /** Header of the file for each column of the studies extract; null where the file has those columns themselves. */
  readonly columns: Readonly<Record<string, string>> | null;
  /** What the review holds already. */
  readonly held: readonly ReferenceFacts[];
};

/** Two records; of those that are new the numbers are their rows, negative. */
export type ReadPair = {
  readonly firstId: number;
  readonly secondId: number;
  readonly verdict: 'same' | 'asked';
  readonly why: string;
};

export type ReferencesMessage =
  | { readonly type: 'progress'; readonly bytesRead: number; readonly sizeBytes: number }
  | {
      readonly type: 'done';
      readonly sha256: string;
      readonly references: readonly ReadReference[];
      readonly pairs: readonly ReadPair[];
    };
