import { NothingHeld } from '../../../ui/nothing-held.tsx';
import { networkText as text } from './text.ts';

/** What to import while no volunteer, request or contact is held. */
export function NoNetwork() {
  return <NothingHeld icon="support" title={text.emptyTitle} text={text.emptyText} />;
}
