export { addPilot } from './add-pilot.ts';
export {
  appraise,
  saveGrade,
  saveGuidance,
  saveOutcome,
  saveStudy,
  startFromLibrary,
  withdrawEvidence,
} from './change-evidence.ts';
export { heldEvidence, heldGuidance } from './held-evidence.ts';
export { shippedLibrary, shippedTools } from './shipped.ts';
export { summariseReview } from './summarise.ts';
