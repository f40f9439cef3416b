import { describe, expect, it } from "vitest";
import { cronValues } from "./cron-field.ts";
import type { CronKey } from "./cron-syntax.ts";

const from = (first: number, last: number, step = 1): number[] =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);

describe("cronValues", () => {
  // The cases of celery's test_crontab_parser, for the fields that a crontab has.
  it.each<[CronKey, string, readonly number[]]>([
    ["hour", "*", from(0, 23)],
    ["minute", "*", from(0, 59)],
    ["dayOfWeek", "*", from(0, 6)],
    ["dayOfMonth", "*", from(1, 31)],
    ["monthOfYear", "*", from(1, 12)],
    ["minute", "1-10", from(1, 10)],
    ["hour", "0-20", from(0, 20)],
    ["hour", "22-2", [0, 1, 2, 22, 23]],
    ["monthOfYear", "11-1", [1, 11, 12]],
    ["dayOfMonth", "2-1", from(1, 31)],
    ["minute", "0,15,30,45", [0, 15, 30, 45]],
    ["minute", "1, 2", [1, 2]],
    ["minute", "*/2", from(0, 58, 2)],
    ["dayOfMonth", "*/2", from(1, 31, 2)],
    ["dayOfMonth", "*/15", [1, 16, 31]],
    ["monthOfYear", "2-12/2", from(2, 12, 2)],
    ["minute", "2-10/5", [2, 7]],
    ["minute", "55-5/3", [1, 4, 55, 58]],
    ["minute", "2-4/3,*/5,0-21/4", [0, 2, 4, 5, 8, 10, 12, 15, 16, 20, 25, 30, 35, 40, 45, 50, 55]],
    ["minute", "*/90", [0]],
    ["dayOfWeek", "sat-sun", [0, 6]],
    ["dayOfWeek", "Sunday", [0]],
    ["dayOfWeek", "MON-Friday", from(1, 5)],
    ["dayOfWeek", "tues,thurs", [2, 4]],
    ["monthOfYear", "january,sept", [1, 9]],
    ["monthOfYear", "nov-feb", [1, 2, 11, 12]],
  ])("reads %s %j as celery", (key, text, expected) => {
    expect(cronValues(key, text)).toEqual(expected);
  });

  it.each<[CronKey, string, readonly (number | string)[]]>([
    ["dayOfWeek", "7", [0]],
    ["dayOfWeek", "5-7", [0, 5, 6]],
    ["dayOfWeek", "0-7", from(0, 6)],
    ["dayOfWeek", "7-2", [0, 1, 2]],
    ["minute", "2/20", [2, 22, 42]],
    ["dayOfMonth", "1,L", [1, "L"]],
    ["dayOfWeek", "friL,1,7L", [1, "5L", "0L"]],
  ])("reads %s %j as cron, where celery has nothing", (key, text, expected) => {
    expect(cronValues(key, text)).toEqual(expected);
  });

  it.each<[CronKey, string, string]>([
    ["minute", "", "one of its parts is empty"],
    ["minute", ",", "one of its parts is empty"],
    ["minute", "1,,2", "one of its parts is empty"],
    ["minute", "1,", "one of its parts is empty"],
    ["minute", "*/", "is not a value, a range"],
    ["minute", "1-5/", "is not a value, a range"],
    ["minute", "*/0", "a step of 0 never ends"],
    ["minute", "-20", "is not a value, a range"],
    ["minute", "1-5-7", "is not a value, a range"],
    ["minute", "*5", "is not a value, a range"],
    ["minute", "1 2", "is not a value, a range"],
    ["minute", "60", '"60" is not a number from 0 to 59'],
    ["minute", "61-0", '"61" is not a number from 0 to 59'],
    ["minute", "jan", '"jan" is not a number from 0 to 59'],
    ["monthOfYear", "0", "from 1 to 12 or a name such as jan"],
    ["monthOfYear", "12-0", '"0" is not a number from 1 to 12'],
    ["monthOfYear", "mon", '"mon" is not a number'],
    ["dayOfWeek", "mondayish", '"mondayish" is not a number'],
    ["dayOfWeek", "su", '"su" is not a number'],
    ["minute", "H", '"H" has no fixed value: write a number, such as 17'],
    ["hour", "H/2", '"H" has no fixed value: write a number, such as 3'],
    ["dayOfMonth", "?", 'write "*" for any value'],
    ["dayOfMonth", "L-3", 'write days, such as "25-28"'],
    ["dayOfMonth", "15W", '"W" is not known'],
    ["dayOfWeek", "L", '"6L" for the last Saturday'],
    ["dayOfWeek", "mon#2", 'write dayOfWeek: "mon" with dayOfMonth: "8-14"'],
    ["hour", "L", '"L" is not a number from 0 to 23'],
    ["monthOfYear", "5L", '"5L" is not a number'],
  ])("refuses %s %j", (key, text, reason) => {
    expect(() => cronValues(key, text)).toThrow(reason);
  });
});
