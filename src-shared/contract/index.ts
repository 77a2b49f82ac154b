import type { z } from 'zod';
import type { Result } from '../domain/result.ts';
import { adverseEventOperations } from './adverse-events.ts';
import { analysisOperations, overviewOperations } from './analyses.ts';
import { auditOperations } from './audit.ts';
import { backupOperations } from './backups.ts';
import { caseOperations } from './cases.ts';
import { codeOperations } from './code-rules.ts';
import type { Operation } from './define.ts';
import { disclosureOperations } from './disclosure.ts';
import { earlyWarningOperations } from './early-warning.ts';
import { engagementOperations } from './engagement.ts';
import { evidenceStudyOperations } from './evidence-studies.ts';
import { exportOperations } from './exports.ts';
import { importDraftOperations } from './import-drafts.ts';
import { importPreviewOperations } from './import-preview.ts';
import { importOperations } from './imports.ts';
import { instrumentOperations } from './instruments.ts';
import { mappingOperations } from './mappings.ts';
import { peerOperations } from './peers.ts';
import { pilotPeopleOperations } from './pilot-people.ts';
import { pilotOperations } from './pilots.ts';
import { planOperations } from './plan.ts';
import { qualityOperations } from './quality.ts';
import { releaseOperations } from './releases.ts';
import { reportDraftOperations } from './report-drafts.ts';
import { hostOperations, reportOperations, syntheticOperations } from './reports.ts';
import { retentionOperations } from './retention.ts';
import { reviewOperations } from './reviews.ts';
import { approvalOperations, rightsOperations } from './rights.ts';
import { schemeOperations } from './schemes.ts';
import { serviceOperations } from './services.ts';
import { sharingOperations } from './sharing.ts';
import { signpostingOperations } from './signposting.ts';
import { statisticsOperations } from './statistics.ts';
import { targetOperations } from './targets.ts';
import { vaultOperations } from './vault.ts';
import { type WatchEvent, watchOperations } from './watch.ts';
import { workOperations } from './work.ts';
import { worklistSchemeOperations } from './worklist-scheme.ts';

/** The whole contract between a face and the engine. */
export const contract = {
  ...vaultOperations,
  ...auditOperations,
  ...backupOperations,
  ...importOperations,
  ...mappingOperations,
  ...importPreviewOperations,
  ...importDraftOperations,
  ...watchOperations,
  ...analysisOperations,
  ...overviewOperations,
  ...workOperations,
  ...instrumentOperations,
  ...codeOperations,
  ...schemeOperations,
  ...worklistSchemeOperations,
  ...earlyWarningOperations,
  ...targetOperations,
  ...serviceOperations,
  ...sharingOperations,
  ...signpostingOperations,
  ...peerOperations,
  ...pilotOperations,
  ...evidenceStudyOperations,
  ...pilotPeopleOperations,
  ...reviewOperations,
  ...planOperations,
  ...adverseEventOperations,
  ...engagementOperations,
  ...qualityOperations,
  ...caseOperations,
  ...reportOperations,
  ...reportDraftOperations,
  ...releaseOperations,
  ...approvalOperations,
  ...rightsOperations,
  ...exportOperations,
  ...retentionOperations,
  ...hostOperations,
  ...syntheticOperations,
  ...statisticsOperations,
  ...disclosureOperations,
} as const;

export type Contract = typeof contract;
export type OperationName = keyof Contract;
export type InputOf<Name extends OperationName> = z.input<Contract[Name]['input']>;
/** An input as its handler is given it: what was left out is filled in. */
export type GivenOf<Name extends OperationName> = z.output<Contract[Name]['input']>;
export type OutputOf<Name extends OperationName> = z.output<Contract[Name]['output']>;

export const operationNames = Object.keys(contract) as readonly OperationName[];

export function operationNamed(name: string): Operation | null {
  return Object.hasOwn(contract, name) ? (contract[name as OperationName] as Operation) : null;
}

/** What long work says of itself, at most ten times a second. */
export type Progress = {
  /** What is being done, in words. */
  readonly stage: string;
  readonly done: number;
  /** Null while the whole is not known. */
  readonly total: number | null;
  readonly unit: 'rows' | 'bytes' | 'steps' | 'pages';
};

export type EngineEvent =
  | { readonly type: 'progress'; readonly callId: string; readonly progress: Progress }
  /** The vault was locked, by a person or by idling: the face must forget what it shows. */
  | {
      readonly type: 'locked';
      readonly reason: 'asked' | 'idle' | 'screen' | 'suspend';
      /** Whether a folder was being watched, which pauses until the vault is unlocked. */
      readonly watching: boolean;
    }
  /** What the vault holds has changed: cached answers are stale. */
  | { readonly type: 'changed' }
  /** Something happened in the watched folder. */
  | { readonly type: 'watch'; readonly event: WatchEvent };

/** One call as it crosses from face to engine. */
export type CallEnvelope = {
  readonly operation: string;
  readonly input: unknown;
  /** Made by the caller; names the call in progress events and in a cancel. */
  readonly callId: string;
};

export type OpenDialogOptions = {
  readonly kind: 'file' | 'folder' | 'save';
  readonly title: string;
  readonly suggestedName?: string;
};

/** A file of a report that this window built, by its folder and name: to be read, or shown where it lies. */
export type OpenWritten = { readonly folder: string; readonly name: string; readonly how: 'open' | 'folder' };

/** What a host puts on `window.tidemark`: one function per operation, events, and what the host itself can do. */
export type Bridge = {
  readonly operations: {
    readonly [Name in OperationName]: (input: unknown, callId: string) => Promise<Result<unknown>>;
  };
  readonly cancel: (callId: string) => Promise<void>;
  readonly subscribe: (listener: (event: EngineEvent) => void) => () => void;
  readonly host: {
    readonly kind: 'desktop' | 'window';
    /** The system's own dialog: a path, or null when dismissed. Absent where the host has none. */
    readonly choosePath?: (options: OpenDialogOptions) => Promise<string | null>;
    /** Opens what a report was written to since the vault was unlocked, and nothing else. */
    readonly openWritten?: (request: OpenWritten) => Promise<Result<null>>;
  };
};
