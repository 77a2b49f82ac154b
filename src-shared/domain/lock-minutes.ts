/** Minutes without a person after which a vault locks itself: what a new vault has, and the most that may be chosen. */
export const defaultLockMinutes = 5;
export const mostLockMinutes = 15;
