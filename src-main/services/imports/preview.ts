import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { isoTime, type VaultContext } from '../call-context.ts';

export async function previewRows(
  { vault }: VaultContext,
  input: InputOf<'imports.rows'>,
): Promise<Result<OutputOf<'imports.rows'>>> {
  return ok(await vault.preview.rows(input));
}

export async function understoodRows(
  context: VaultContext,
  input: InputOf<'imports.understood'>,
): Promise<Result<OutputOf<'imports.understood'>>> {
  const thisYear = Number(isoTime(context).slice(0, 4));
  return ok(await context.vault.preview.understood({ ...input, thisYear }));
}

export async function columnValues(
  { vault, progress, signal }: VaultContext,
  input: InputOf<'imports.values'>,
): Promise<Result<OutputOf<'imports.values'>>> {
  return ok(await vault.preview.values(input, progress, signal));
}

export async function leavePreview({ vault }: VaultContext): Promise<Result<OutputOf<'imports.leave'>>> {
  await vault.preview.close();
  return ok({});
}
