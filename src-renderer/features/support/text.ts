export const text = {
  title: 'Support',
  lead: 'What is offered, who takes it up, how long people wait, and who is missed. Figures are about the offer, never about a person.',
  tabs: { uptake: 'Uptake' },
  emptyTitle: 'No support yet',
  emptyText: 'Import people, then steps of support; the funnel, the waits and who is missed appear here.',
  importFile: 'Import a file',
} as const;
