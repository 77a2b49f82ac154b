import type { z } from 'zod';
import type { DataTable } from '../data/table.ts';

/** What a run knows beside the data and the spec. */
export type RunContext = {
  /** Name of the data file, for the R script to read it by. */
  readonly dataName: string;
  /** Tables of the files that `files` named, by key. */
  readonly attachments: Readonly<Record<string, DataTable>>;
  /** Names of those files, by key. */
  readonly attachmentNames: Readonly<Record<string, string>>;
};

/** What a procedure finds. The keys are those of the command line's contract; more may stand beside them. */
export type Outcome = {
  /** Rows, or pairs, couples, studies where that is what counts. */
  readonly n: number;
  /** Rows left out because a value is missing. */
  readonly excluded: number;
  readonly warnings: readonly string[];
  /** A script for R that gives the same numbers in a list called `result`, with the same keys. */
  readonly r: string;
  readonly [key: string]: unknown;
};

export type ProcedureExample = {
  /** One sentence: what the example asks. */
  readonly question: string;
  /** A small CSV, synthetic; null where the procedure reads no file. */
  readonly data: string | null;
  readonly spec: Readonly<Record<string, unknown>>;
};

/** One procedure of `tidemark stats`. */
export type Procedure<Spec> = {
  readonly name: string;
  /** What it answers, in a sentence. */
  readonly summary: string;
  /** Strict object of the spec, with its defaults. */
  readonly schema: z.ZodType<Spec>;
  /** Columns of the data that the spec uses. Empty where the procedure needs no file. */
  readonly columns: (spec: Spec) => readonly string[];
  /** Other files that the spec names, by key. */
  readonly files?: (spec: Spec) => Readonly<Record<string, string>>;
  readonly run: (table: DataTable, spec: Spec, context: RunContext) => Outcome;
  readonly example: ProcedureExample;
};

/** A procedure whose spec has been read by its own schema. */
export type AnyProcedure = Omit<Procedure<never>, 'schema'> & { readonly schema: z.ZodType };
