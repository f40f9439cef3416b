import { expect, test } from "vitest";
import { makesAdministrator, strangersAmong, strangersIn } from "./policy.ts";

const OWN = ["111111111111"];
const allow = (more: object) => ({ statement: [{ effect: "Allow", ...more }] });
const principal = (aws: unknown) => allow({ principal: { aws } });

test.each([
  ["another account", principal("arn:aws:iam::222222222222:root"), ["222222222222"]],
  ["a bare account number in a list", principal(["222222222222", "111111111111"]), ["222222222222"]],
  ["one statement that is no list", { statement: { effect: "Allow", principal: "*" } }, ["everybody"]],
  [
    "everybody, in either way",
    { statement: [allow({ principal: "*" }), principal("*")].flatMap((p) => p.statement) },
    ["everybody", "everybody"],
  ],
  ["our own account", principal("arn:aws:iam::111111111111:role/x"), []],
  ["a service", allow({ principal: { service: "ec2.amazonaws.com" } }), []],
  ["what is denied", { statement: [{ effect: "Deny", principal: "*" }] }, []],
  ["everybody under a condition", allow({ principal: "*", condition: { stringequals: {} } }), []],
  ["another account under a condition", allow({ principal: { aws: "222222222222" }, condition: {} }), ["222222222222"]],
  ["no policy", "text", []],
])("strangersIn: %s", (_, policy, strangers) => {
  expect(strangersIn(policy, OWN)).toEqual(strangers);
});

test("strangersAmong knows accounts, everybody, and the group of EC2 that is everybody", () => {
  expect(strangersAmong(["all", "222222222222", "222222222222", "s3.amazonaws.com", "1112222222222229"], OWN)).toEqual([
    "everybody",
    "222222222222",
  ]);
});

test.each([
  ["everything", allow({ action: "*", resource: "*" }), true],
  ["everything in a list", allow({ action: ["s3:GetObject", "*:*"], resource: ["*"] }), true],
  ["all permissions", allow({ action: "iam:*", resource: "*" }), true],
  ["everything on one bucket", allow({ action: "*", resource: "arn:aws:s3:::b" }), false],
  ["one service", allow({ action: "s3:*", resource: "*" }), false],
  ["what is denied", { statement: [{ effect: "Deny", action: "*", resource: "*" }] }, false],
  ["no policy", undefined, false],
])("makesAdministrator: %s", (_, policy, expected) => {
  expect(makesAdministrator(policy)).toBe(expected);
});
