import { decideMatch, matchDecisionList, proposeMatches } from '#main/services/peer-matching/index.ts';
import { setSignposting, signpostingHeld } from '#main/services/signposting/index.ts';
import { enterService, serviceList, withdrawService } from '#main/services/support-services/index.ts';
import { ok } from '#shared/domain/result.ts';
import type { VaultHandlers } from './handler-types.ts';

/** Services, peers and whom families turn to. */
export const supportHandlers = {
  'services.list': (context) => serviceList(context),
  'services.enter': (context, input) => enterService(context, input),
  'services.withdraw': (context, input) => withdrawService(context, input),
  'signposting.get': (context) => ok(signpostingHeld(context)),
  'signposting.set': (context, input) => setSignposting(context, input),
  'peers.propose': (context, { spec }) => proposeMatches(context, spec),
  'peers.decide': (context, input) => decideMatch(context, input),
  'peers.decisions': (context) => ok(matchDecisionList(context)),
} satisfies Partial<VaultHandlers>;
