import type { z } from 'zod';
import type { sessionSchema } from '#shared/contract/vault.ts';
import type { Role } from '#shared/domain/roles.ts';
import { useOperation } from './hooks.ts';

export type Session = z.infer<typeof sessionSchema>;

/** The open session; null only for the moment in which the vault locks. */
export function useSession(): Session | null {
  return useOperation('vault.state', {}).data?.session ?? null;
}

export function hasRole(session: Session | null, ...wanted: readonly Role[]): boolean {
  return session?.roles.some((role) => wanted.includes(role)) ?? false;
}
