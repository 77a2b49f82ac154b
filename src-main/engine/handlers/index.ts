import { caseHandlers } from './case-handlers.ts';
import { custodyHandlers } from './custody-handlers.ts';
import { definitionHandlers } from './definition-handlers.ts';
import { evidenceHandlers } from './evidence-handlers.ts';
import type { VaultHandlers } from './handler-types.ts';
import { importHandlers } from './import-handlers.ts';
import { pilotHandlers } from './pilot-handlers.ts';
import { planHandlers } from './plan-handlers.ts';
import { resultHandlers } from './result-handlers.ts';
import { supportHandlers } from './support-handlers.ts';

export { openHandlers } from './open-handlers.ts';

/** Every call that needs an open vault, by its name. */
export const vaultHandlers: VaultHandlers = {
  ...evidenceHandlers,
  ...pilotHandlers,
  ...planHandlers,
  ...caseHandlers,
  ...supportHandlers,
  ...importHandlers,
  ...definitionHandlers,
  ...custodyHandlers,
  ...resultHandlers,
};
