export const flowText = {
  title: 'Flow of records',
  note: 'As PRISMA 2020 draws it, at this moment. What still waits stands beside what is settled, so that every box adds up.',
  table: 'The same in a table',
  stages: { identification: 'Identification', screening: 'Screening', included: 'Included' },
  columns: { stage: 'Stage', box: 'Box', count: 'Number', of: 'Of which' },
  described:
    'Flow of records from identification through screening to inclusion; the table below has the same numbers.',
} as const;
