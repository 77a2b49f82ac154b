import { resolve } from 'node:path';
import { restoreBackup } from '#main/services/backups/index.ts';
import { suppressTableFile } from '#main/services/disclosure/index.ts';
import { listFolder } from '#main/services/host-files/index.ts';
import { poolBundles, verifyPooled } from '#main/services/sharing/index.ts';
import { runProcedure } from '#main/services/statistics/index.ts';
import { writeSynthetic } from '#main/services/synthetic/index.ts';
import { recoverVault, saveRecoveryKey } from '#main/services/vault/index.ts';
import type { OpenHandlers } from './handler-types.ts';

/** Calls that need no open vault. */
export const openHandlers: OpenHandlers = {
  'vault.saveRecovery': (_context, { file, text }) => saveRecoveryKey(file, text),
  'vault.restore': (context, input) => restoreBackup(context, input),
  'vault.recover': (context, input) => recoverVault({ ...input, folder: resolve(input.folder) }, context.nowMs),
  'host.listFolder': (_context, { folder }) => listFolder(folder),
  'synthetic.write': (context, input) => writeSynthetic(context, input),
  'statistics.run': (context, input) => runProcedure(context, input),
  'disclosure.suppress': (context, input) => suppressTableFile(context, input),
  'bundles.pool': (context, input) => poolBundles(context, input),
  'bundles.verify': (context, input) => verifyPooled(context, input),
};
