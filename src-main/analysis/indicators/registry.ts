import absenceRate from '#resources/indicators/absence-rate.json' with { type: 'json' };
import casenessGad7 from '#resources/indicators/caseness-gad-7.json' with { type: 'json' };
import casenessPhq9 from '#resources/indicators/caseness-phq-9.json' with { type: 'json' };
import contactedIn28Days from '#resources/indicators/contacted-in-28-days.json' with { type: 'json' };
import contactedIn72Hours from '#resources/indicators/contacted-in-72-hours.json' with { type: 'json' };
import exposureCoverage from '#resources/indicators/exposure-coverage.json' with { type: 'json' };
import exposureRate from '#resources/indicators/exposure-rate.json' with { type: 'json' };
import exposureRecording from '#resources/indicators/exposure-recording.json' with { type: 'json' };
import familyResponse from '#resources/indicators/family-response.json' with { type: 'json' };
import longTermAbsence from '#resources/indicators/long-term-absence.json' with { type: 'json' };
import offerUptake from '#resources/indicators/offer-uptake.json' with { type: 'json' };
import overThreshold from '#resources/indicators/over-threshold.json' with { type: 'json' };
import peerCaseload from '#resources/indicators/peer-caseload.json' with { type: 'json' };
import peerContacts from '#resources/indicators/peer-contacts.json' with { type: 'json' };
import peerResponse from '#resources/indicators/peer-response.json' with { type: 'json' };
import peerSupervision from '#resources/indicators/peer-supervision.json' with { type: 'json' };
import pilotRetention from '#resources/indicators/pilot-retention.json' with { type: 'json' };
import psychologicalAbsenceRate from '#resources/indicators/psychological-absence-rate.json' with { type: 'json' };
import referralToContact from '#resources/indicators/referral-to-contact.json' with { type: 'json' };
import reliableChange from '#resources/indicators/reliable-change.json' with { type: 'json' };
import returnSustained from '#resources/indicators/return-sustained.json' with { type: 'json' };
import screenPositiveAction from '#resources/indicators/screen-positive-action.json' with { type: 'json' };
import screeningUptake from '#resources/indicators/screening-uptake.json' with { type: 'json' };
import signalPrecision from '#resources/indicators/signal-precision.json' with { type: 'json' };
import timeToDecision from '#resources/indicators/time-to-decision.json' with { type: 'json' };
import { type IndicatorDefinition, indicatorSchema } from './definition.ts';

/** The indicators that this version comes with, in the order in which they are shown. */
export const indicatorDefinitions: readonly IndicatorDefinition[] = [
  exposureRate,
  exposureCoverage,
  overThreshold,
  exposureRecording,
  contactedIn72Hours,
  contactedIn28Days,
  referralToContact,
  screeningUptake,
  casenessPhq9,
  casenessGad7,
  screenPositiveAction,
  absenceRate,
  psychologicalAbsenceRate,
  longTermAbsence,
  returnSustained,
  offerUptake,
  peerContacts,
  peerResponse,
  peerCaseload,
  peerSupervision,
  familyResponse,
  pilotRetention,
  reliableChange,
  signalPrecision,
  timeToDecision,
].map((document) => indicatorSchema.parse(document));
