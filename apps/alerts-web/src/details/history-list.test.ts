import { expect, it } from "vitest";
import { sentenceOf } from "./history-list.tsx";
import { recordsOf } from "./records.ts";

it.each([
  [{ action: "status", from: "manual", to: "inProgress" }, "changed the status from Manual to In progress"],
  [{ action: "close", from: "manual", to: "closed", text: "falsePositive" }, "closed it: False positive"],
  [{ action: "close", text: "resolved" }, "closed it: Resolved by itself"],
  [{ action: "close", to: "closed" }, "closed it"],
  [{ action: "reopen", from: "closed", to: "manual" }, "opened it again: Manual"],
  [{ action: "assign", from: null, to: "ann" }, "assigned it to ann"],
  [{ action: "assign", from: "ann", to: null }, "took it from ann"],
  [{ action: "comment" }, "added a comment"],
  [{ action: "link", text: "<b>ticket</b>" }, "added a link: <b>ticket</b>"],
  [{ action: "constructor" }, "constructor"],
])("%j reads %s", (record, sentence) => {
  const [read] = recordsOf([record]);
  expect(read && sentenceOf(read)).toBe(sentence);
});
