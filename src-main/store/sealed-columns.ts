/** A column whose values are sealed to the clinic key, and the context each box is bound to. */
export type SealedColumn = { readonly table: string; readonly column: string; readonly context: string };

/**
 * Every sealed column of the store. A change of the clinic pair reseals them all, an erasure clears them, and the tests prove
 * that nobody but a clinician opens one: a new sealed column is added here with the migration that makes it.
 */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'sealed_identity', column: 'box', context: 'tidemark identity' },
  { table: 'sealed_answers', column: 'box', context: 'tidemark answers' },
  { table: 'sealed_safety', column: 'box', context: 'tidemark safety answer' },
  { table: 'sealed_reject', column: 'box', context: 'tidemark rejected rows' },
  { table: 'case_event', column: 'box', context: 'tidemark case event' },
  { table: 'safety_acknowledgement', column: 'box', context: 'tidemark safety acknowledgement' },
  { table: 'identity_reveal', column: 'box', context: 'tidemark identity reveal' },
  { table: 'case_summary', column: 'box', context: 'tidemark case summary' },
];
