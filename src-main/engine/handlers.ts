import { resolve } from 'node:path';
import { runAnalysis, runAskedAnalysis } from '#main/services/analyses/index.ts';
import { approvalList, decideApproval } from '#main/services/approvals/index.ts';
import { auditEntries, exportAudit, verifyAudit } from '#main/services/audit/index.ts';
import { backUp, backupsState, restoreBackup, scheduleBackups } from '#main/services/backups/index.ts';
import type { CallContext, VaultContext } from '#main/services/call-context.ts';
import {
  acknowledge,
  adoptScheme,
  askReview,
  decide,
  exportCase,
  openCase,
  previewAdoption,
  reopen,
  reveal,
  review,
  setDeputy,
  viewCase,
  waiting,
  worklist,
  worklistScheme,
} from '#main/services/cases/index.ts';
import {
  codeRules,
  exportCodeRules,
  previewCodeRules,
  readCodeRules,
  saveCodeRules,
  unmappedCodes,
} from '#main/services/codes/index.ts';
import { suppressTableFile } from '#main/services/disclosure/index.ts';
import { keepModel, modelList, stopModel, useModel } from '#main/services/early-warning/index.ts';
import {
  exportPermissions,
  exportPersonRows,
  exportSessionPlan,
  ownPermission,
  permitExports,
  withdrawPermission,
} from '#main/services/exports/index.ts';
import { listFolder } from '#main/services/host-files/index.ts';
import {
  checkExtract,
  columnValues,
  dropDraft,
  importDrafts,
  importRejects,
  leavePreview,
  listImports,
  loadExtract,
  lookAtExtract,
  previewRows,
  saveDraft,
  saveRejects,
  understoodRows,
  undoImport,
} from '#main/services/imports/index.ts';
import { heldInstruments } from '#main/services/instruments/index.ts';
import { exportMapping, listMappings, retireMapping, saveMapping } from '#main/services/mappings/index.ts';
import { changes, overview, tasks, timeline } from '#main/services/overview/index.ts';
import { decideMatch, matchDecisionList, proposeMatches } from '#main/services/peer-matching/index.ts';
import {
  allocatePilot,
  deviate,
  dropPilot,
  finishPilot,
  lockPlan,
  pilotAllocations,
  pilotList,
  pilotPeople,
  pilotView,
  recordConsent,
  recordWithdrawal,
  savePlan,
} from '#main/services/pilots/index.ts';
import { batchNotes, dataQuality, saveNotes } from '#main/services/quality/index.ts';
import { buildReport, listReleases, listReports, previewReport, verifyReport } from '#main/services/reports/index.ts';
import {
  deleteAged,
  keepAged,
  retentionReview,
  retentionSettings,
  setRetention,
} from '#main/services/retention/index.ts';
import {
  agreementOfReviewers,
  decideDuplicate,
  decideOnRecord,
  duplicatePairs,
  importReferences,
  loadDecisions,
  logSearch,
  nextRecords,
  registerProtocol,
  resolveConflict,
  reviewFlowNow,
  reviewList,
  reviewRecord,
  reviewRecords,
  reviewView,
  saveProtocol,
  screeningConflicts,
  setFullText,
  setStudy,
  withdrawImport,
} from '#main/services/reviews/index.ts';
import {
  erasePersonAsAgreed,
  erasures,
  exportPerson,
  personHeld,
  requestErasure,
} from '#main/services/rights/index.ts';
import {
  approveScheme,
  draftScheme,
  exportScheme,
  readScheme,
  retireScheme,
  schemeList,
  schemeView,
  submitScheme,
  withdrawScheme,
} from '#main/services/schemes/index.ts';
import { poolBundles } from '#main/services/sharing/index.ts';
import { setSignposting, signpostingHeld } from '#main/services/signposting/index.ts';
import { runProcedure } from '#main/services/statistics/index.ts';
import { enterService, serviceList, withdrawService } from '#main/services/support-services/index.ts';
import { writeSynthetic } from '#main/services/synthetic/index.ts';
import { setTarget, targetList, withdrawTarget } from '#main/services/targets/index.ts';
import {
  addUser,
  changePassphrase,
  checkVault,
  grantClinician,
  listUsers,
  recoverVault,
  rekeyVault,
  removeUser,
  saveRecoveryKey,
  setLockAfter,
  setRoles,
} from '#main/services/vault/index.ts';
import {
  dismissWatched,
  retryWatched,
  startWatching,
  stopWatching,
  watchOnce,
  watchState,
} from '#main/services/watch/index.ts';
import type { GivenOf, OperationName, OutputOf } from '#shared/contract/index.ts';
import { ok, type Result } from '#shared/domain/result.ts';

type Answer<Name extends OperationName> = Result<OutputOf<Name>> | Promise<Result<OutputOf<Name>>>;

/** Calls that open, create or close a vault belong to the session itself. */
type SessionOperation = 'vault.state' | 'vault.create' | 'vault.unlock' | 'vault.lock' | 'vault.touch' | 'host.refused';
type OpenOperation =
  | 'vault.saveRecovery'
  | 'vault.restore'
  | 'vault.recover'
  | 'host.listFolder'
  | 'synthetic.write'
  | 'statistics.run'
  | 'disclosure.suppress'
  | 'bundles.pool';

type VaultOperation = Exclude<OperationName, SessionOperation | OpenOperation>;

export type OpenHandlers = {
  readonly [Name in OpenOperation]: (context: CallContext, input: GivenOf<Name>) => Answer<Name>;
};
export type VaultHandlers = {
  readonly [Name in VaultOperation]: (context: VaultContext, input: GivenOf<Name>) => Answer<Name>;
};

export const openHandlers: OpenHandlers = {
  'vault.saveRecovery': (_context, { file, text }) => saveRecoveryKey(file, text),
  'vault.restore': (context, input) => restoreBackup(context, input),
  'vault.recover': (context, input) => recoverVault({ ...input, folder: resolve(input.folder) }, context.nowMs),
  'host.listFolder': (_context, { folder }) => listFolder(folder),
  'synthetic.write': (context, input) => writeSynthetic(context, input),
  'statistics.run': (context, input) => runProcedure(context, input),
  'disclosure.suppress': (context, input) => suppressTableFile(context, input),
  'bundles.pool': (context, input) => poolBundles(context, input),
};

export const vaultHandlers: VaultHandlers = {
  'vault.check': (context, { head }) => ok(checkVault(context, head)),
  'vault.changePassphrase': (context, input) => changePassphrase(context, input),
  'vault.rekey': (context) => rekeyVault(context),
  'vault.setLockAfter': async (context, { minutes }) => {
    await setLockAfter(context, minutes);
    return ok({});
  },
  'vault.backup': (context, input) => backUp(context, input),
  'backups.state': (context) => ok(backupsState(context)),
  'backups.schedule': (context, input) => scheduleBackups(context, input),
  'users.list': (context) => ok(listUsers(context.vault)),
  'users.add': async (context, input) => {
    const added = await addUser(context, input);
    return added.ok ? ok({ user: added.value }) : added;
  },
  'users.remove': (context, { name }) => removeUser(context, name),
  'users.setRoles': (context, input) => setRoles(context, input),
  'users.grant': async (context, { name }) => {
    const granted = await grantClinician(context, name);
    return granted.ok ? ok({ user: granted.value }) : granted;
  },
  'audit.list': (context, input) => ok(auditEntries(context, input)),
  'audit.verify': (context) => ok(verifyAudit(context)),
  'audit.export': (context, input) => exportAudit(context, input),
  'imports.look': async (context, input) => ok(await lookAtExtract(context, input)),
  'imports.check': (context, input) => checkExtract(context, input),
  'imports.load': (context, input) => loadExtract(context, input),
  'imports.undo': (context, { batch }) => undoImport(context, batch),
  'imports.list': (context) => ok(listImports(context)),
  'imports.rejects': (context, input) => importRejects(context, input),
  'imports.saveRejects': (context, input) => saveRejects(context, input),
  'mappings.list': (context) => ok(listMappings(context)),
  'mappings.save': (context, input) => saveMapping(context, input),
  'mappings.retire': (context, input) => retireMapping(context, input),
  'mappings.export': (context, input) => exportMapping(context, input),
  'imports.rows': (context, input) => previewRows(context, input),
  'imports.understood': (context, input) => understoodRows(context, input),
  'imports.values': (context, input) => columnValues(context, input),
  'imports.leave': (context) => leavePreview(context),
  'imports.saveDraft': (context, input) => saveDraft(context, input),
  'imports.drafts': (context) => ok(importDrafts(context)),
  'imports.dropDraft': (context, input) => dropDraft(context, input),
  'watch.state': (context) => ok(watchState(context)),
  'watch.start': (context, input) => startWatching(context, input),
  'watch.stop': (context) => stopWatching(context),
  'watch.once': (context, input) => watchOnce(context, input),
  'watch.retry': (context, { id }) => retryWatched(context, id),
  'watch.dismiss': (context, { id }) => dismissWatched(context, id),
  'analyses.run': (context, { method, spec }) => runAskedAnalysis(context, method, spec),
  'exposure.timeline': (context, { person }) => timeline(context, person),
  'overview.get': (context) => overview(context),
  'work.changes': (context) => changes(context),
  'work.tasks': (context) => tasks(context),
  'instruments.held': (context) => heldInstruments(context),
  'quality.get': (context, input) => dataQuality(context, input),
  'quality.notes': (context, input) => batchNotes(context, input),
  'quality.saveNotes': (context, input) => saveNotes(context, input),
  'cases.worklist': (context) => worklist(context),
  'cases.waiting': (context) => waiting(context),
  'cases.acknowledge': (context, input) => acknowledge(context, input),
  'cases.setDeputy': (context, input) => setDeputy(context, input),
  'cases.open': (context, input) => openCase(context, input),
  'cases.view': (context, input) => viewCase(context, input.case),
  'cases.decide': (context, input) => decide(context, input),
  'cases.reopen': (context, input) => reopen(context, input),
  'cases.askReview': (context, input) => askReview(context, input),
  'cases.review': (context, input) => review(context, input),
  'cases.reveal': (context, input) => reveal(context, input),
  'cases.export': (context, input) => exportCase(context, input),
  'codes.rules': (context, { version }) => codeRules(context, version),
  'codes.unmapped': (context) => unmappedCodes(context),
  'codes.preview': (context, { document }) => previewCodeRules(context, document),
  'codes.save': (context, input) => saveCodeRules(context, input),
  'codes.export': (context, input) => exportCodeRules(context, input),
  'codes.read': (_context, { file }) => readCodeRules(file),
  'schemes.list': (context) => ok(schemeList(context)),
  'schemes.get': (context, { scheme, version }) => schemeView(context, scheme, version),
  'schemes.draft': (context, input) => draftScheme(context, input),
  'schemes.submit': (context, input) => submitScheme(context, input),
  'schemes.approve': (context, input) => approveScheme(context, input),
  'schemes.withdraw': (context, input) => withdrawScheme(context, input),
  'schemes.retire': (context, input) => retireScheme(context, input),
  'schemes.compare': (context, input) => runAnalysis(context, 'scheme-comparison', input),
  'schemes.export': (context, input) => exportScheme(context, input),
  'schemes.read': (_context, { file }) => readScheme(file),
  'worklistScheme.get': (context) => ok(worklistScheme(context)),
  'worklistScheme.preview': (context, { scheme }) => previewAdoption(context, scheme),
  'worklistScheme.adopt': (context, input) => adoptScheme(context, input),
  'earlyWarning.keep': (context, input) => keepModel(context, input),
  'earlyWarning.models': (context) => modelList(context),
  'earlyWarning.use': (context, input) => useModel(context, input),
  'earlyWarning.stop': (context, input) => stopModel(context, input),
  'services.list': (context) => serviceList(context),
  'services.enter': (context, input) => enterService(context, input),
  'services.withdraw': (context, input) => withdrawService(context, input),
  'signposting.get': (context) => ok(signpostingHeld(context)),
  'signposting.set': (context, input) => setSignposting(context, input),
  'peers.propose': (context, { spec }) => proposeMatches(context, spec),
  'peers.decide': (context, input) => decideMatch(context, input),
  'peers.decisions': (context) => ok(matchDecisionList(context)),
  'pilots.list': (context) => ok(pilotList(context)),
  'pilots.show': (context, { pilot }) => pilotView(context, pilot),
  'pilots.save': (context, { plan }) => savePlan(context, plan),
  'pilots.lock': (context, input) => lockPlan(context, input),
  'pilots.deviate': (context, input) => deviate(context, input),
  'pilots.finish': (context, input) => finishPilot(context, input),
  'pilots.drop': (context, input) => dropPilot(context, input),
  'pilots.allocate': (context, { pilot }) => allocatePilot(context, pilot),
  'pilots.allocations': (context, { pilot }) => pilotAllocations(context, pilot),
  'pilots.people': (context, { pilot }) => ok(pilotPeople(context, pilot)),
  'pilots.consent': (context, input) => recordConsent(context, input),
  'pilots.withdraw': (context, input) => recordWithdrawal(context, input),
  'reviews.list': (context) => ok(reviewList(context)),
  'reviews.show': (context, { review }) => reviewView(context, review),
  'reviews.save': (context, input) => saveProtocol(context, input),
  'reviews.register': (context, input) => registerProtocol(context, input),
  'reviews.search': (context, input) => logSearch(context, input),
  'reviews.importReferences': (context, input) => importReferences(context, input),
  'reviews.withdrawImport': (context, input) => withdrawImport(context, input),
  'reviews.records': (context, input) => reviewRecords(context, input),
  'reviews.record': (context, input) => reviewRecord(context, input),
  'reviews.duplicates': (context, input) => duplicatePairs(context, input),
  'reviews.decideDuplicate': (context, input) => decideDuplicate(context, input),
  'reviews.next': (context, input) => nextRecords(context, input),
  'reviews.decide': (context, input) => decideOnRecord(context, input),
  'reviews.loadDecisions': (context, input) => loadDecisions(context, input),
  'reviews.conflicts': (context, input) => screeningConflicts(context, input),
  'reviews.resolve': (context, input) => resolveConflict(context, input),
  'reviews.fullText': (context, input) => setFullText(context, input),
  'reviews.study': (context, input) => setStudy(context, input),
  'reviews.agreement': (context, input) => agreementOfReviewers(context, input),
  'reviews.flow': (context, { review }) => reviewFlowNow(context, review),
  'targets.list': (context) => targetList(context),
  'targets.set': (context, input) => setTarget(context, input),
  'targets.withdraw': (context, input) => withdrawTarget(context, input),
  'reports.preview': (context, { spec }) => previewReport(context, spec),
  'reports.build': (context, input) => buildReport(context, input),
  'reports.verify': (context, { folder }) => verifyReport(context, folder),
  'reports.list': (context) => listReports(context),
  'releases.list': (context) => listReleases(context),
  'approvals.list': (context) => ok(approvalList(context)),
  'approvals.decide': (context, input) => decideApproval(context, input),
  'rights.person': (context, input) => personHeld(context, input),
  'rights.export': (context, input) => exportPerson(context, input),
  'rights.requestErasure': (context, input) => requestErasure(context, input),
  'rights.erase': (context, input) => erasePersonAsAgreed(context, input),
  'rights.erasures': (context) => ok(erasures(context)),
  'exports.permissions': (context) => ok(exportPermissions(context)),
  'exports.permit': (context, input) => permitExports(context, input),
  'exports.withdraw': (context, { id }) => withdrawPermission(context, id),
  'exports.own': (context) => ok(ownPermission(context)),
  'exports.personRows': (context, input) => exportPersonRows(context, input),
  'exports.sessionPlan': (context, input) => exportSessionPlan(context, input),
  'retention.get': (context) => ok(retentionSettings(context)),
  'retention.set': (context, input) => setRetention(context, input),
  'retention.review': (context) => ok(retentionReview(context)),
  'retention.keep': (context, input) => keepAged(context, input),
  'retention.delete': (context, input) => deleteAged(context, input),
};

/** Calls whose audit event is stored in the transaction of the change itself. */
export const auditedInTransaction: ReadonlySet<OperationName> = new Set([
  'vault.create',
  'vault.unlock',
  'vault.lock',
  'vault.backup',
  'vault.restore',
  'backups.schedule',
  'vault.recover',
  'vault.rekey',
  'vault.setLockAfter',
  'vault.changePassphrase',
  'users.add',
  'users.remove',
  'users.setRoles',
  'users.grant',
  'imports.load',
  'imports.undo',
  'mappings.save',
  'mappings.retire',
  'watch.start',
  'watch.stop',
  'watch.dismiss',
  'reports.build',
  'codes.save',
  'schemes.draft',
  'schemes.submit',
  'schemes.approve',
  'schemes.withdraw',
  'schemes.retire',
  'worklistScheme.adopt',
  'earlyWarning.keep',
  'earlyWarning.use',
  'earlyWarning.stop',
  'services.enter',
  'services.withdraw',
  'signposting.set',
  'peers.decide',
  'pilots.save',
  'pilots.lock',
  'pilots.deviate',
  'pilots.finish',
  'pilots.drop',
  'pilots.allocate',
  'pilots.consent',
  'pilots.withdraw',
  'reviews.save',
  'reviews.register',
  'reviews.search',
  'reviews.importReferences',
  'reviews.withdrawImport',
  'reviews.decideDuplicate',
  'reviews.decide',
  'reviews.loadDecisions',
  'reviews.resolve',
  'reviews.fullText',
  'reviews.study',
  'targets.set',
  'targets.withdraw',
  'cases.worklist',
  'cases.acknowledge',
  'cases.setDeputy',
  'cases.open',
  'cases.view',
  'cases.decide',
  'cases.reopen',
  'cases.askReview',
  'cases.review',
  'cases.reveal',
  'cases.export',
  'approvals.decide',
  'rights.person',
  'rights.export',
  'rights.requestErasure',
  'rights.erase',
  'exports.permit',
  'exports.withdraw',
  'exports.personRows',
  'exports.sessionPlan',
  'retention.set',
  'retention.keep',
  'retention.delete',
]);
