import { runAskedAnalysis } from '#main/services/analyses/index.ts';
import { setReleaseRule } from '#main/services/approvals/index.ts';
import {
  exportPermissions,
  exportPersonRows,
  exportSessionPlan,
  ownPermission,
  permitExports,
  withdrawPermission,
} from '#main/services/exports/index.ts';
import { changes, overview, tasks, timeline } from '#main/services/overview/index.ts';
import {
  buildReport,
  listReports,
  lookAtRequest,
  previewReport,
  removeDraft,
  reportDrafts,
  reportRequests,
  saveDraft,
  verifyReport,
} from '#main/services/reports/index.ts';
import {
  listReleases,
  prepareRelease,
  releaseBundle,
  releaseRequests,
  withdrawRelease,
} from '#main/services/sharing/index.ts';
import { signingFingerprint } from '#main/services/signing/index.ts';
import { ok } from '#shared/domain/result.ts';
import type { VaultHandlers } from './handler-types.ts';

/** What is worked out of the data, and what leaves. */
export const resultHandlers = {
  'analyses.run': (context, { method, spec }) => runAskedAnalysis(context, method, spec),
  'exposure.timeline': (context, { person }) => timeline(context, person),
  'overview.get': (context) => overview(context),
  'work.changes': (context) => changes(context),
  'work.tasks': (context) => tasks(context),
  'reports.preview': (context, { spec }) => previewReport(context, spec),
  'reports.build': (context, input) => buildReport(context, input),
  'reports.verify': (context, input) => verifyReport(context, input),
  'reports.requests': (context) => reportRequests(context),
  'reports.look': (context, { request }) => lookAtRequest(context, request),
  'reports.list': (context) => listReports(context),
  'reports.drafts': (context) => reportDrafts(context),
  'reports.saveDraft': (context, input) => saveDraft(context, input),
  'reports.removeDraft': (context, input) => removeDraft(context, input),
  'releases.list': (context) => listReleases(context),
  'releases.withdraw': (context, input) => withdrawRelease(context, input),
  'releases.prepare': (context, input) => prepareRelease(context, input),
  'releases.share': (context, input) => releaseBundle(context, input),
  'releases.requests': (context) => releaseRequests(context),
  'releases.setRule': (context, input) => setReleaseRule(context, input),
  'releases.key': (context) => signingFingerprint(context),
  'exports.permissions': (context) => ok(exportPermissions(context)),
  'exports.permit': (context, input) => permitExports(context, input),
  'exports.withdraw': (context, { id }) => withdrawPermission(context, id),
  'exports.own': (context) => ok(ownPermission(context)),
  'exports.personRows': (context, input) => exportPersonRows(context, input),
  'exports.sessionPlan': (context, input) => exportSessionPlan(context, input),
} satisfies Partial<VaultHandlers>;
