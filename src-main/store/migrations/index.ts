import { createVault } from './0010-create-vault.ts';
import { holdEveryExtract } from './0020-hold-every-extract.ts';
import { releases } from './0030-releases.ts';
import { holdCases } from './0040-cases.ts';
import { keepRights } from './0050-keep-rights.ts';
import { backups } from './0060-backups.ts';
import { schemes } from './0070-schemes.ts';
import { permitExports } from './0100-permit-exports.ts';
import { backupsOfChanges } from './0110-backups-of-changes.ts';
import { earlyWarning } from './0120-early-warning.ts';
import { indicatorTargets } from './0130-indicator-targets.ts';
import { supportServices } from './0150-support-services.ts';
import { peerNetwork } from './0160-peer-network.ts';
import { adoptSchemes } from './0180-adopt-schemes.ts';
import { pilots } from './0190-pilots.ts';
import { dropPilots } from './0200-drop-pilots.ts';
import { pilotStatements } from './0210-pilot-statements.ts';
import { reviews } from './0220-reviews.ts';
import { evidence } from './0230-evidence.ts';
import { plan } from './0240-plan.ts';
import { shareAggregates } from './0260-share-aggregates.ts';
import { releaseReports } from './0270-release-reports.ts';
import { caseSummaries } from './0290-case-summaries.ts';
import { reportDrafts } from './0300-report-drafts.ts';
import type { Migration } from './migration.ts';

/** Listed by hand: nothing is looked up in a folder at run time. */
export const migrations: readonly Migration[] = [
  createVault,
  holdEveryExtract,
  releases,
  holdCases,
  keepRights,
  backups,
  schemes,
  permitExports,
  backupsOfChanges,
  earlyWarning,
  indicatorTargets,
  supportServices,
  peerNetwork,
  adoptSchemes,
  pilots,
  dropPilots,
  pilotStatements,
  reviews,
  evidence,
  plan,
  shareAggregates,
  releaseReports,
  caseSummaries,
  reportDrafts,
];

export const newestVersion = Math.max(...migrations.map((migration) => migration.version));
