/** What a force needs for the wellbeing of its people, in the order of the work. The force adds themes of its own. */
export const planThemes = [
  {
    theme: 'Leadership',
    asks: 'Who at chief-officer level answers for wellbeing, and what do they do when figures move?',
  },
  { theme: 'Exposure monitoring', asks: 'Is every exposure counted, for whom and how soon, and who reads the counts?' },
  { theme: 'Screening', asks: 'Who is offered a screening, who takes it up, and what follows a high score?' },
  { theme: 'Early help', asks: 'How fast does somebody who needs support reach a person who can give it?' },
  { theme: 'Peer support', asks: 'Are there trained peers enough, where and when they are asked for?' },
  {
    theme: 'Supervision',
    asks: 'Are those who support others supervised themselves, and supervisors equipped to notice?',
  },
  {
    theme: 'Recovery and return',
    asks: 'How are people accompanied through absence and back to work that they can do?',
  },
  { theme: 'Families', asks: 'What do partners and families know, and where can they turn?' },
  { theme: 'Engagement', asks: 'Are officers, staff and partners asked, and do they see what became of it?' },
  { theme: 'Data', asks: 'Are extracts complete, in time and understood, and is small-number disclosure prevented?' },
  { theme: 'Evaluation', asks: 'Is what is tried out planned, compared and written up, whatever it found?' },
] as const;

/** How far a resource has come. Our own words: no published maturity model is quoted. */
export const maturityLevels = [
  { level: 0, name: 'Absent', means: 'Nothing is there, or nobody could say what is.' },
  { level: 1, name: 'By chance', means: 'It depends on single people who care; elsewhere there is nothing.' },
  { level: 2, name: 'Set up', means: 'It is written down, resourced and has an owner; use is uneven and unmeasured.' },
  { level: 3, name: 'Working', means: 'It reaches those it is for, is measured, and is put right when it slips.' },
  { level: 4, name: 'Learning', means: 'It is compared with the evidence, changed by what is found, and shared.' },
] as const;

export const highestMaturity = 4;

export function maturityName(level: number): string {
  return maturityLevels.find((found) => found.level === level)?.name ?? String(level);
}
