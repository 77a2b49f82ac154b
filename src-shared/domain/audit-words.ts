/** What each action of the audit log is called by people. Codes are what is stored; words may change, codes do not. */
const actionWords: Readonly<Record<string, string>> = {
  'vault.create': 'Created the vault',
  'vault.unlock': 'Unlocked the vault',
  'vault.lock': 'Locked the vault',
  'vault.check': 'Checked the vault',
  'vault.recover': 'Let somebody in with a recovery key',
  'vault.rekey': 'Changed the keys of the vault',
  'vault.lockAfter': 'Set after how long the vault locks itself',
  'vault.backup': 'Backed the vault up',
  'vault.restore': 'Restored a vault from a backup',
  'backup.schedule': 'Set when backups are made',
  'user.add': 'Added a user',
  'user.remove': 'Removed a user',
  'user.roles': 'Changed the roles of a user',
  'user.grant': 'Granted a clinician the clinic key',
  'user.passphrase': 'Changed a passphrase',
  'audit.verify': 'Verified the audit log',
  'audit.export': 'Exported the audit log',
  'import.load': 'Imported an extract',
  'import.undo': 'Took a batch out again',
  'import.rejects': 'Saved the list of rejected rows',
  'import.notes': 'Saved the notes of a batch',
  'mapping.save': 'Saved a mapping',
  'mapping.retire': 'Retired a mapping',
  'mapping.export': 'Exported a mapping',
  'watch.start': 'Began to watch a folder',
  'watch.stop': 'Stopped watching a folder',
  'watch.once': 'Looked through a folder once',
  'watch.dismiss': 'Dismissed a file of the watched folder',
  'watch.hold': 'Held back a file of the watched folder',
  'codes.save': 'Put code rules in force',
  'codes.export': 'Exported the code rules',
  'scheme.draft': 'Saved a draft of a weighting scheme',
  'scheme.submit': 'Put a weighting scheme before two others',
  'scheme.approve': 'Decided on a weighting scheme',
  'scheme.withdraw': 'Took a weighting scheme back',
  'scheme.retire': 'Retired a weighting scheme',
  'scheme.compare': 'Compared two weighting schemes',
  'scheme.export': 'Exported a weighting scheme',
  'earlyWarning.keep': 'Kept an early-warning model',
  'earlyWarning.use': 'Put an early-warning model into use',
  'earlyWarning.stop': 'Took an early-warning model out of use',
  'analysis.run': 'Ran an analysis',
  'analysis.rows': 'Read rows of single people',
  'export.permit': 'Asked that somebody may take rows of single people out',
  'export.withdraw': 'Ended a permission to take rows of single people out',
  'export.personRows': 'Took rows of single people out',
  'report.build': 'Built a report',
  'report.verify': 'Verified a report',
  'release.record': 'Entered what a report holds in the log of releases',
  'case.worklist': 'Looked at the worklist of cases',
  'case.acknowledge': 'Acknowledged safety answers',
  'case.setDeputy': 'Set when a safety answer is a deputy’s',
  'case.open': 'Opened a case, or added to one',
  'case.read': 'Read a case',
  'case.decide': 'Decided on a case',
  'case.reopen': 'Opened a case again',
  'case.askReview': 'Asked for two reviews of a case',
  'case.review': 'Reviewed a case',
  'case.reveal': 'Revealed who somebody is',
  'case.export': 'Exported the summary of a case',
  'approval.decide': 'Decided on a request',
  'rights.person': 'Looked up what is held on a person',
  'rights.export': 'Exported what is held on a person',
  'rights.request': 'Asked for a person to be erased',
  'rights.erase': 'Erased a person',
  'retention.set': 'Set how long rows are kept',
  'retention.keep': 'Kept rows beyond their period',
  'retention.delete': 'Deleted rows beyond their period',
  'call.unknown': 'Asked for something that does not exist',
  'host.call': 'Made a call that the window turned away',
};

const kindWords: Readonly<Record<string, string>> = {
  people: 'people',
  postings: 'postings',
  exposures: 'exposures',
  incidents: 'incidents',
  attendances: 'attendances',
  duties: 'duties',
  absences: 'absences',
  screenings: 'screenings',
  families: 'answers of families',
  support: 'steps of support',
  aliases: 'other references of people',
  volunteers: 'volunteers',
  peer_requests: 'requests for peer support',
  peer_contacts: 'contacts with peers',
  pilot_enrolments: 'pilot enrolments',
  pilot_clusters: 'pilot clusters',
  pilot_session_plan: 'planned pilot sessions',
  pilot_sessions: 'pilot sessions',
  adverse_events: 'adverse events',
  costs: 'costs',
  studies: 'studies',
};

/** Whether an action has words of its own. */
export function hasAuditWords(action: string): boolean {
  return Object.hasOwn(actionWords, action);
}

/**
 * An entry's action in words, such as “Imported attendances”. A call that was refused is stored under the name of its
 * operation, which stands as it is.
 */
export function auditWords(action: string, kind: string | null = null): string {
  const named = kind === null ? undefined : kindWords[kind];
  if (action === 'import.load' && named !== undefined) return `Imported ${named}`;
  if (action === 'import.undo' && named !== undefined) return `Took ${named} out again`;
  return actionWords[action] ?? `Asked for “${action}”`;
}
