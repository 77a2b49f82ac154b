export { addNote, moveAction, saveAction, signOff, startAction } from './change-actions.ts';
export { actionsToSign, meetingDue, overdueActions } from './due.ts';
export { activityList, saveActivity } from './engagement.ts';
export { type PlannedAction, planLoop, plannedActions } from './loop.ts';
export { holdMeeting, meetingList } from './meetings.ts';
export { resourceList, saveResource } from './resources.ts';
export { actionList, actionView } from './show-actions.ts';
export { linkPilot, startPilot } from './start-pilot.ts';
