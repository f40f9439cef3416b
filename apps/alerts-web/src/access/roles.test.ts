import { ROLES, SCOPES } from "@mozdef/alert-api";
import { expect, it } from "vitest";
import { ROLE_CHOICES, SCOPE_CHOICES } from "./roles.ts";

it("offers every role and every scope that there is", () => {
  expect(ROLE_CHOICES.map(([role]) => role)).toEqual(ROLES);
  expect(SCOPE_CHOICES.map(([scope]) => scope)).toEqual(SCOPES);
});
