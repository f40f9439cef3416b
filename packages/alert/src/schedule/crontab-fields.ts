/** Celery's fields in cron syntax. What is left out is `*`. Day of week: 0 or `sun` is Sunday. */
export interface CrontabFields {
  readonly minute?: string | number;
  readonly hour?: string | number;
  readonly dayOfWeek?: string | number;
  readonly dayOfMonth?: string | number;
  readonly monthOfYear?: string | number;
}
