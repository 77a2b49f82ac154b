import type { ProtocolGap } from '#shared/domain/review-gaps.ts';
import type { VaultContext } from '../call-context.ts';
import { listUsers } from '../vault/index.ts';
import type { HeldProtocol } from './held-protocol.ts';

/** What a protocol lacks before it can be registered, reviewers who cannot sign in to this vault among it. */
export function gapsOfProtocol({ vault }: VaultContext, { gaps, protocol }: HeldProtocol): ProtocolGap[] {
  const users = new Set(listUsers(vault).users.map(({ name }) => name));
  const strangers = protocol.reviewers.filter((reviewer) => !users.has(reviewer));
  if (strangers.length === 0) return [...gaps];
  return [
    ...gaps,
    { field: 'reviewers', words: `reviewers who are users of this vault: ${strangers.join(', ')} is none` },
  ];
}
