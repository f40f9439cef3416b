import type { Role, Scope } from "@mozdef/alert-api";

/** What people may be, each with what that lets them do. */
export const ROLE_CHOICES: readonly (readonly [Role, string])[] = [
  ["viewer", "Viewer: reads"],
  ["analyst", "Analyst: handles alerts"],
  ["operator", "Operator: changes what runs and what is sent"],
  ["admin", "Admin: everything"],
];

/** What tokens may be for. */
export const SCOPE_CHOICES: readonly (readonly [Scope, string])[] = [
  ["intake", "intake: sends events"],
  ["metrics", "metrics: reads how the service is"],
  ["read", "read: reads"],
  ["handle", "handle: handles alerts"],
  ["operate", "operate: changes what runs and what is sent"],
  ["admin", "admin: everything"],
];

/** A role for reading. */
export const roleLabel = (role: Role): string => ROLE_CHOICES.find(([each]) => each === role)?.[1] ?? role;
