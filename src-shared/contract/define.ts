import type { z } from 'zod';
import type { Role } from '../domain/roles.ts';

/**
 * One declaration per operation. From it come the handler's type, the client's type, validation both ways, the role check,
 * the audit event and the reference page.
 */
export type OperationKind =
  /** Reads, answers at once. */
  | 'query'
  /** Changes something, answers at once. */
  | 'command'
  /** Takes time: reports progress, can be cancelled, gives one result. */
  | 'job';

export type Operation<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  readonly kind: OperationKind;
  /** `anyone` may be called before a vault is unlocked; otherwise an unlocked session with one of the roles. */
  readonly roles: readonly Role[] | 'anyone';
  /** Where what is asked for decides who may ask for it: the roles for this input, each of them among `roles`. */
  rolesFor?(input: z.output<Input>): readonly Role[];
  /** The action written to the audit log when the call has done its work, or null for calls that are not audited. */
  readonly audit: string | null;
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
};

export function operation<Input extends z.ZodType, Output extends z.ZodType>(
  declaration: Operation<Input, Output>,
): Operation<Input, Output> {
  return declaration;
}
