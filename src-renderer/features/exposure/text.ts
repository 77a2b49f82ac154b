import { formatCount, formatDate, plural } from '../../ui/format.ts';

const schemeNames: Readonly<Record<string, string>> = {
  'count-v1': 'Plain counts (count-v1)',
  'tiered-v1': 'Tiered weights (tiered-v1)',
};

export const text = {
  title: 'Exposure',
  lead: 'How much potentially traumatic work has been recorded, when, and where it gathers. A signal is an offer of support; nothing here is for discipline, promotion or posting.',
  emptyTitle: 'No exposures yet',
  emptyText: 'Import people, then exposures; the trend, the teams and the people appear here.',
  tabs: { trend: 'Trend', teams: 'Teams', people: 'People', dose: 'Dose–response', signals: 'Signals' },
  asOf: 'As of',
  asOfLatest: (latest: string) => `latest day held: ${formatDate(latest)}`,
  window: 'Window',
  windowOption: (days: number) => `${days} days`,
  scheme: 'Scheme',
  schemeLabel: (scheme: string, state: string) => {
    const name = schemeNames[scheme] ?? scheme;
    return scheme === 'count-v1' ? name : `${name}: sensitivity view${state === 'approved' ? '' : ', draft'}`;
  },
  sensitivity: 'A sensitivity view',
  sensitivityText: (scheme: string, isApproved: boolean) =>
    isApproved
      ? `${scheme} was approved by two people. Read it beside plain counts, which the evidence prefers.`
      : `${scheme} is a draft that two people have not approved. Read it beside plain counts, which the evidence prefers; do not decide by it.`,
  running: 'Working out the exposures',
  categoryNote: (days: number, hasBefore: boolean) =>
    `Counted exposures in the last ${days} days by kind${hasBefore ? '; the mark across a bar is the same time before' : ''}. Plain numbers of events under either scheme.`,
  rateTitle: (days: number) => `Load per person in post over ${days} days`,
  rateNote: (days: number) =>
    `At each month’s end, over the ${days} days before it. Months whose window begins before the data are left out; small groups are withheld.`,
  rateNothing:
    'Every month is withheld: fewer than 10 people, or 1 to 4 exposures, stand behind each. Choose a larger group here or a longer window above.',
  allUnits: 'All units',
  allRoles: 'All roles',
  unit: 'Unit',
  role: 'Role',
  under5: 'under 5',
  tooFew: 'too few people',
  teamsNote: (month: string, days: number) =>
    `Over the ${days} days to the end of ${month}. Counts under 5 are shown as “under 5”; no rate is worked out for them, nor for fewer than 10 people (marked [c]). Teams differ in what they are sent to: a high bar is a reason to look at support, not at people.`,
  teamsNone: 'No whole month lies between the first day of data and the day chosen.',
  teamsNothing: (by: string) =>
    `Every ${by} is withheld: fewer than 10 people, or 1 to 4 exposures, stand behind each. The table names them; a longer window above may hold more exposures.`,
  byUnit: 'unit',
  byRole: 'role',
  heatNote: (basis: string, unitsLeftOut: number) =>
    `Exposures per 100 ${basis}, by the unit held on the day. Withheld cells are marked [c]: fewer than 10 people, 100 days or 5 exposures.${unitsLeftOut > 0 ? ` ${plural(unitsLeftOut, 'unit is', 'units are')} too small to show in any month.` : ''}`,
  heatNone: 'No unit is large enough to show: a rate needs 10 people in post and 100 days in the month.',
  heatTitle: 'Where and when exposures gathered, by unit and month',
  peopleNote:
    'Pseudonyms only. People in post on the day, those without exposures included. Their rows leave the vault only with a permission and a reason.',
  takeOut: 'Take rows out…',
  takeOutTitle: 'Take rows of single people out',
  takeOutWhat: (rows: number, until: string) =>
    `Takes out ${plural(rows, 'row')} of single people, by pseudonym. You may until ${until}. What you take, how many rows and why are written to the audit log.`,
  takeOutReason: 'Reason',
  takeOutReasonHint: 'A few words for the audit log. Name nobody.',
  takingOut: 'Making the rows',
  copyRows: 'Copy',
  saveRows: 'Save as CSV…',
  saveRowsTitle: 'Where to save the rows',
  copiedRows: (rows: string) => `Copied ${rows}. Paste them only where OFFICIAL-SENSITIVE data may lie.`,
  notCopied: 'The rows were made, but this system did not take the copy. Save them as a file instead.',
  savedRows: (rows: string, file: string) =>
    `Wrote ${rows} to ${file}, with a manifest beside it. Nothing protects the file any more: keep it where OFFICIAL-SENSITIVE data may lie, and delete it when it has served.`,
  notPermitted: 'You may look at these rows, and not take them out',
  notPermittedWhat:
    'Rows of single people stay in the vault unless an administrator has allowed you to take them out until a day, and a second person has agreed. Ask them, saying what for. Nothing was copied.',
  search: 'Find a pseudonym, unit or role',
  signalsOnly: 'With a signal',
  signalHead: 'Signal: an offer of support',
  noSignal: 'none',
  peopleFinding: (people: number, signals: number) =>
    `${plural(people, 'person', 'people')} in post, ${signals === 0 ? 'none with a signal' : `${formatCount(signals)} with a signal: an offer of support`}`,
  openHint: 'Choose a person to see their timeline.',
  nobody: 'Nobody matches.',
  runTitle: 'Has the rate changed?',
  runNote: (days: string) =>
    `Exposures per 100 ${days} by month. Dashed lines are the limits within which months vary by chance; a marked month is a signal by a named rule. More can mean more harm or better recording: a signal is a reason to ask, never to judge a team or a person.`,
  runBy: 'Charts by',
  runByOptions: { force: 'Force', unit: 'Unit', role: 'Role' },
  runKind: 'Kind of exposure',
  runAllKinds: 'All kinds together',
  runEachKind: 'Each kind apart',
  runPlainCounts: 'Run charts, the funnel and the heat map show plain counts, whatever the scheme.',
  runNone: 'No month of the period has data, so there is no trend to draw. Import exposures of whole months.',
  chanceTitle: 'How often a signal is chance',
  allCharts: 'All charts',
  allChartsNote: 'Choose a row to draw it above. Charts with most months in signals come first.',
  notForSharing: 'fewer than 10 people: not for sharing',
  noLimits: 'no limits',
  noneSignalled: 'no signal',
  funnelNote: (size: string, alike: boolean) =>
    alike
      ? `Each unit against what the same roles meet elsewhere, as if it had the roles of the whole force. The exposures to be expected lie along the bottom.`
      : `Each unit against the rate of all units, by its size in ${size}. The limits allow for units that differ because their work does; beyond the dotted lines is more than chance alone.`,
  funnelNone: 'A funnel needs three units with exposures and people in post.',
  funnelAll: 'All units',
  funnelAlike: 'The same roles elsewhere',
  funnelCompare: 'Compared with',
  timeline: (person: string) => `Timeline of ${person}`,
  offer: 'Signal: an offer of support',
  offerNote:
    'It says that work has gathered up, not how the person is. What to offer is the person’s and the clinician’s to decide.',
  noEvents: 'No counted exposures are recorded.',
  noScores: 'No scores are held. “Not screened” is not “well”.',
  scoresTitle: 'Scores over time',
  scoresNote:
    'Totals, each in its own points: the height of one line says nothing about another. Single answers are never shown here.',
  eventList: 'All recorded exposures',
} as const;
