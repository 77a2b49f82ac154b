/** With fewer months the limits of a chart move much from one to the next, and neither a signal nor an assurance can be relied on. */
export const leastMonthsForLimits = 12;
