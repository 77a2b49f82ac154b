import {
  actionList,
  actionView,
  activityList,
  addNote,
  holdMeeting,
  linkPilot,
  meetingList,
  moveAction,
  planLoop,
  resourceList,
  saveAction,
  saveActivity,
  saveResource,
  signOff,
  startAction,
  startPilot,
} from '#main/services/plan/index.ts';
import { ok } from '#shared/domain/result.ts';
import type { VaultHandlers } from './handler-types.ts';

/** The action plan and who was asked. */
export const planHandlers = {
  'plan.resources': (context) => ok(resourceList(context)),
  'plan.saveResource': (context, { resource }) => saveResource(context, resource),
  'plan.actions': (context) => ok(actionList(context)),
  'plan.action': (context, { action }) => actionView(context, action),
  'plan.startAction': (context, input) => startAction(context, input),
  'plan.saveAction': (context, { action }) => saveAction(context, action),
  'plan.signOff': (context, input) => signOff(context, input),
  'plan.moveAction': (context, input) => moveAction(context, input),
  'plan.note': (context, input) => addNote(context, input),
  'plan.startPilot': (context, input) => startPilot(context, input),
  'plan.linkPilot': (context, input) => linkPilot(context, input),
  'plan.activities': (context) => ok(activityList(context)),
  'plan.saveActivity': (context, { activity }) => saveActivity(context, activity),
  'plan.loop': (context) => ok(planLoop(context)),
  'plan.meetings': (context) => ok(meetingList(context)),
  'plan.holdMeeting': (context, input) => holdMeeting(context, input),
} satisfies Partial<VaultHandlers>;
