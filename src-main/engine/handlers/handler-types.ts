import type { CallContext, VaultContext } from '#main/services/call-context.ts';
import type { GivenOf, OperationName, OutputOf } from '#shared/contract/index.ts';
import type { Result } from '#shared/domain/result.ts';

type Answer<Name extends OperationName> = Result<OutputOf<Name>> | Promise<Result<OutputOf<Name>>>;

/** Calls that open, create or close a vault belong to the session itself. */
type SessionOperation = 'vault.state' | 'vault.create' | 'vault.unlock' | 'vault.lock' | 'vault.touch' | 'host.refused';
type OpenOperation =
  | 'vault.saveRecovery'
  | 'vault.restore'
  | 'vault.recover'
  | 'host.listFolder'
  | 'synthetic.write'
  | 'statistics.run'
  | 'disclosure.suppress'
  | 'bundles.pool'
  | 'bundles.verify';

type VaultOperation = Exclude<OperationName, SessionOperation | OpenOperation>;

export type OpenHandlers = {
  readonly [Name in OpenOperation]: (context: CallContext, input: GivenOf<Name>) => Answer<Name>;
};
export type VaultHandlers = {
  readonly [Name in VaultOperation]: (context: VaultContext, input: GivenOf<Name>) => Answer<Name>;
};
