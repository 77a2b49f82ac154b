import {
  adverseEvents,
  allocatePilot,
  deviate,
  dropPilot,
  finishPilot,
  lockPlan,
  pilotAllocations,
  pilotList,
  pilotPeople,
  pilotView,
  recordAdverseEvent,
  recordConsent,
  recordWithdrawal,
  savePlan,
} from '#main/services/pilots/index.ts';
import { ok } from '#shared/domain/result.ts';
import type { VaultHandlers } from './handler-types.ts';

/** Pilots and who is in them. */
export const pilotHandlers = {
  'pilots.list': (context) => ok(pilotList(context)),
  'pilots.show': (context, { pilot }) => pilotView(context, pilot),
  'pilots.save': (context, input) => savePlan(context, input),
  'pilots.lock': (context, input) => lockPlan(context, input),
  'pilots.deviate': (context, input) => deviate(context, input),
  'pilots.finish': (context, input) => finishPilot(context, input),
  'pilots.drop': (context, input) => dropPilot(context, input),
  'pilots.allocate': (context, { pilot }) => allocatePilot(context, pilot),
  'pilots.allocations': (context, { pilot }) => pilotAllocations(context, pilot),
  'pilots.people': (context, { pilot }) => ok(pilotPeople(context, pilot)),
  'pilots.consent': (context, input) => recordConsent(context, input),
  'pilots.withdraw': (context, input) => recordWithdrawal(context, input),
  'pilots.adverseEvents': async (context, { pilot }) => ok(await adverseEvents(context, pilot)),
  'pilots.adverseEvent': (context, input) => recordAdverseEvent(context, input),
} satisfies Partial<VaultHandlers>;
