export { adverseEvents, recordAdverseEvent } from './adverse-events.ts';
export { allocatePilot } from './allocate.ts';
export { deviate, dropPilot, finishPilot, lockPlan, savePlan } from './change-pilots.ts';
export { lockedPlan } from './locked-plan.ts';
export { evaluationRefusal, outcomeRefusal } from './outcome-gate.ts';
export { pilotPeople, recordConsent, recordWithdrawal } from './record-consent.ts';
export { pilotAllocations, pilotList, pilotView } from './show-pilots.ts';
