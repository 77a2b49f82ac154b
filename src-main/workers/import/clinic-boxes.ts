import { Buffer } from 'node:buffer';
import type { Sealer } from '#main/crypto/seal.ts';
import type { ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import { type RowFields, textOf } from './row-fields.ts';
import type { RecordPlan } from './row-plan.ts';
import { type SafetyContent, safetyContent } from './safety-content.ts';

/** Where the file names whoever a record is about; −1 where it does not. */
type Names = {
  readonly person: number;
  readonly household: number;
  readonly member: number;
  readonly volunteer: number;
  readonly requester: number;
};

/** Seals to the clinic key what no analyst may read: who somebody is, and what they answered. */
export class ClinicBoxes {
  readonly #sealer: Sealer;
  readonly #sealedFields: readonly { readonly name: string; readonly fields: readonly number[] }[];
  readonly #names: ReadonlyMap<RecordPlan, Names>;
  readonly #isFamily: boolean;
  readonly #isPeer: boolean;

  constructor(sealer: Sealer, kind: ExtractKind, plans: readonly RecordPlan[]) {
    this.#sealer = sealer;
    this.#sealedFields = kind.columns
      .filter((column) => column.type === 'sealed')
      .map((column) => ({ name: column.name, fields: plans[0]?.fieldsOf(column.name) ?? [] }))
      .filter((column) => column.fields.length > 0);
    this.#names = new Map(
      plans.map((plan) => [
        plan,
        {
          person: plan.fieldOf('person_ref'),
          household: plan.fieldOf('household_ref'),
          member: plan.fieldOf('member'),
          volunteer: plan.fieldOf('volunteer_ref'),
          requester: plan.fieldOf('requester_token'),
        },
      ]),
    );
    this.#isFamily = kind.columns.some((column) => column.name === 'household_ref');
    this.#isPeer = kind.columns.some((column) => column.name === 'requester_token');
  }

  get hasIdentity(): boolean {
    return this.#sealedFields.length > 0;
  }

  /** The answer to a safety item, with whose it is as the row names them. */
  safety(answer: Pick<SafetyContent, 'answer' | 'value' | 'row'>, row: RowFields, plan: RecordPlan): Buffer {
    const names = this.#names.get(plan);
    const text = (field: number | undefined): string => textOf(row, field ?? -1);
    const family = this.#isFamily ? { household: text(names?.household), member: text(names?.member) } : {};
    const peer = this.#isPeer ? { volunteer: text(names?.volunteer), requester: text(names?.requester) } : {};
    const content = { ...answer, reference: text(names?.person), ...family, ...peer };
    return this.#sealer.seal(safetyContent(content), 'tidemark safety answer');
  }

  /** All answers of a record whose instrument has a safety item. */
  answers(items: readonly (number | null)[]): Buffer {
    return this.#sealer.seal(Buffer.from(JSON.stringify(items), 'utf8'), 'tidemark answers');
  }

  identity(row: RowFields, plan: RecordPlan): Buffer {
    const identity: Record<string, string> = { reference: textOf(row, this.#names.get(plan)?.person ?? -1) };
    for (const { name, fields } of this.#sealedFields) {
      const text = fields
        .map((field) => textOf(row, field))
        .filter((part) => part !== '')
        .join(' ');
      if (text !== '') identity[name] = text;
    }
    return this.#sealer.seal(Buffer.from(JSON.stringify(identity), 'utf8'), 'tidemark identity');
  }
}
