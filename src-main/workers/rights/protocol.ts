import type { RemovedRows } from '#main/store/erase-person.ts';

/** What is asked of the thread that works on one person's rows. */
export type RightsJob = { readonly folder: string; readonly pseudonym: string } & (
  | { readonly type: 'collect' }
  | {
      readonly type: 'erase';
      readonly approval: number;
      readonly user: string;
      readonly at: string;
      /** Who agreed; null in a vault with nobody else in it. */
      readonly approvedBy: string | null;
    }
);

export type RightsData = {
  readonly job: RightsJob;
  readonly dataKey: Uint8Array;
  readonly pseudonymKey: Uint8Array;
  readonly clinicPublicKey: Uint8Array;
  readonly clinicPrivateKey: Uint8Array;
};

/** One row of one table, in words; keys are column headings. */
export type CollectedRow = Readonly<Record<string, string>>;

/** What one table holds on the person. */
export type CollectedTable = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly CollectedRow[];
};

export type CollectedPerson = {
  readonly pseudonym: string;
  readonly otherReferences: number;
  /** Rows about others that only name the person, which are left out. */
  readonly linkedRows: number;
  readonly tables: readonly CollectedTable[];
};

export type RightsAnswer =
  | { readonly type: 'collected'; readonly person: CollectedPerson | null }
  | { readonly type: 'erased'; readonly removed: RemovedRows | null };

export type RightsMessage = RightsAnswer | { readonly type: 'progress'; readonly stage: string };
