/** A field as celery takes it: a text in cron syntax, a number, or a list of numbers. */
export type CrontabValue = string | number | readonly number[];

/** Celery's fields in cron syntax. What is left out is `*`. Day of week: 0 or `sun` is Sunday. */
export interface CrontabFields {
  readonly minute?: CrontabValue;
  readonly hour?: CrontabValue;
  readonly dayOfWeek?: CrontabValue;
  readonly dayOfMonth?: CrontabValue;
  readonly monthOfYear?: CrontabValue;
}
