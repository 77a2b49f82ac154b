import type { CallEnvelope } from '../contract/index.ts';
import type { Failure } from '../domain/result.ts';

type Reason = 'sender' | 'rate' | 'size' | 'form';

const reasonOf: Readonly<Record<string, Reason>> = { FORBIDDEN: 'sender', THROTTLED: 'rate', TOO_LARGE: 'size' };
const leastMilliseconds = 1_000;

/**
 * Has calls that a host turns away recorded by the engine, at most one a second for each reason, so that a flood of them
 * cannot fill the audit log.
 *
 * @param now monotonic milliseconds.
 */
export function createRefusalRecorder(
  now: () => number,
  call: (envelope: CallEnvelope) => unknown,
): (refusal: Failure) => void {
  const last = new Map<Reason, number>();
  return ({ error }) => {
    const reason = reasonOf[error.code] ?? 'form';
    const at = now();
    if (at - (last.get(reason) ?? Number.NEGATIVE_INFINITY) < leastMilliseconds) return;
    last.set(reason, at);
    call({ operation: 'host.refused', input: { reason }, callId: `refused-${reason}` });
  };
}
