import { blob, integer } from '../drizzle.ts';
import { batch, code, person } from './core.ts';

/** A column that names a batch. */
export const batchId = () =>
  integer('batch_id')
    .notNull()
    .references(() => batch.id);
export const personId = () => integer('person_id').notNull();
export const personReference = () => personId().references(() => person.id);
export const codeReference = (name: string) => integer(name).references(() => code.id);
/** The batch and row that a version came from. */
export const origin = () => ({ batchId: batchId(), row: integer('row').notNull() });
/** The version that a later batch held again. */
export const held = () => ({
  ...origin(),
  heldBatchId: integer('held_batch_id').notNull(),
  heldRow: integer('held_row').notNull(),
});
export const box = () => blob('box', { mode: 'buffer' }).notNull();

export const sealedOfPerson = () => ({ personId: personReference(), ...origin(), box: box() });
