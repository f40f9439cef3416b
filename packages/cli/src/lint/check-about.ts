import { isSeverity, SEVERITIES } from "@mozdef/alert/runtime";
import type { Check } from "./problem.ts";

export const checkDescription: Check = ({ about }) =>
  about !== null && about.description.trim() !== ""
    ? []
    : [
        "does not say what it detects. Add: static readonly about: AlertAbout = { description, severity, triage, ... }.",
      ];

const TECHNIQUE = /^T\d{4}(?:\.\d{3})?$/;

export const checkAttack: Check = ({ about }) =>
  (about?.attack ?? [])
    .filter((id) => !TECHNIQUE.test(id))
    .map((id) => `about.attack: ${JSON.stringify(id)} is not a technique. Write T1110, or T1110.001 for a part of it.`);

export const checkReferences: Check = ({ about }) =>
  (about?.references ?? [])
    .filter((address) => !/^https?:\/\//i.test(address) || !URL.canParse(address))
    .map((address) => `about.references: ${JSON.stringify(address)} is not an http or https address.`);

export const checkReplaces: Check = ({ name, about, known }) =>
  (about?.replaces ?? []).flatMap((replaced) => {
    if (replaced === name) return ["about.replaces: it names itself."];
    return known.has(replaced) ? [] : [`about.replaces: no pack around here has an alert named ${replaced}.`];
  });

/** Names that are known; among them is everything that the tests saw with the configuration of the pack. */
export const checkSeverity: Check = ({ about, cases }) => {
  if (about?.severity === undefined) return [];
  const said = [about.severity].flat();
  const unknown = said
    .filter((severity) => !isSeverity(severity))
    .map((severity) => `about.severity: ${JSON.stringify(severity)} is not one of ${SEVERITIES.join(", ")}.`);
  const seen = cases
    .filter(({ testCase }) => Object.keys(testCase.config).length === 0)
    .flatMap(({ testCase, drafts }) => drafts.map(({ severity = "NOTICE" }) => ({ severity, name: testCase.name })));
  const other = seen.find(({ severity }) => !said.includes(severity));
  if (unknown.length > 0 || other === undefined) return unknown;
  return [`about.severity says ${said.join(" or ")}, but it gives ${other.severity} (case "${other.name}").`];
};

/** What the alert itself gives, in its tests. */
export const checkSeverities: Check = ({ cases }) => {
  const given = cases.flatMap(({ testCase, drafts }) =>
    drafts.map(({ severity }) => ({ severity, name: testCase.name })),
  );
  const wrong = given.find(({ severity }) => severity !== undefined && !isSeverity(severity));
  return wrong === undefined
    ? []
    : [
        `gives the severity ${JSON.stringify(wrong.severity)} (case "${wrong.name}"), which there is not. There are ${SEVERITIES.join(", ")}.`,
      ];
};
