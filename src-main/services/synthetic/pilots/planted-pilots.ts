/** What each pilot of the synthetic force does, in points of its own outcome; `truth.json` repeats it with how to find it again. */
export const plantedPilots = {
  mindfulness: {
    pilot: 'Brief mindfulness',
    /** Of the outcome, for each session that somebody came to. */
    pointsPerSession: -0.6,
    sessions: 8,
    /** Share of the variance of a score that a team has in common. */
    icc: 0.05,
  },
  calls: {
    pilot: 'Peer check-in calls',
    /** In whoever takes the calls; nobody else changes. */
    points: 5,
    sessions: 6,
    takeShare: 0.75,
    /** Of people of staff above officers, whatever they are offered. */
    stratumPoints: 2,
  },
  quietRoom: { pilot: 'Quiet room', points: -2.5 },
  debrief: {
    pilot: 'Late-turn debrief',
    points: -2,
    /** Of everybody, from one period to the next. */
    pointsPerPeriod: 0.6,
    /** Standard deviations of a team, and of a team in one period. */
    teamDeviation: 1,
    periodDeviation: 0.5,
  },
  restDays: {
    pilot: 'Rest-day protection',
    points: -2,
    /** Of everybody, from before to after. */
    commonTrend: 1.2,
    /** What units that have the pilot score above the others anyway. */
    unlikeAnyway: 1,
    unitDeviation: 1,
    periodDeviation: 0.3,
  },
  rostering: {
    pilot: 'Trauma-aware rostering',
    points: -0.5,
    /** Of everybody, from one round of four weeks to the next. */
    pointsPerRound: 0.01,
    /** Of what moves a whole round, and its likeness to the round before. */
    roundDeviation: 0.06,
    autocorrelation: 0.3,
  },
  coaching: {
    pilot: 'Coaching',
    points: -3,
    sessions: 4,
    /** Log-odds of choosing it: for a standard deviation of the score before, and of women. */
    choice: { intercept: -0.5, perDeviation: 0.7, women: 0.6 },
    /** Of women, whatever they choose. */
    womenPoints: -1.5,
  },
} as const;
