/** A bound of a range. Dates are sent as ISO 8601 in UTC with milliseconds. */
export type Bound = string | number | Date;
