import { z } from "zod";
import { defineRoutes, OTHER_VERSION } from "../route.ts";
import { ROLES, SCOPES } from "../scopes.ts";
import { list, timestamp } from "../values.ts";
import { accessName } from "./tokens.ts";

export const session = z.strictObject({
  name: z.string().nullable().describe("Who has signed in; null: nobody"),
  scope: z.enum(SCOPES).nullable().describe("What they may do"),
  required: z.boolean().describe("Whether the service has a log-in at all"),
  password: z.boolean().describe("Whether people may sign in with a password"),
  provider: z.string().nullable().describe("What people call the OpenID provider at which they may sign in"),
});

export const user = z.strictObject({
  name: accessName,
  role: z.enum(ROLES),
  createdAt: timestamp,
  createdBy: z.string(),
  changedAt: timestamp,
});

const role = z.enum(ROLES);

/** Long ones are welcome; what is longer than this is no password. */
const password = z.string().min(12, "expected at least 12 characters").max(1_000, "expected at most 1000 characters");

const signInBody = z.strictObject({ name: z.string().min(1).max(200), password: z.string().min(1).max(1_000) });
const createBody = z.strictObject({ name: accessName, role, password });
const changeBody = z
  .strictObject({ role: role.optional(), password: password.optional() })
  .refine((change) => change.role !== undefined || change.password !== undefined, 'expected "role" or "password"');

const NO_USER = { 404: ["USER_NOT_FOUND"] } as const;
const BUSY = { 429: ["SIGN_IN_LIMITED"] } as const;

/** Signing in at the pages, and who may. */
export const sessionRoutes = defineRoutes({
  getSession: {
    methods: ["GET"],
    path: "/api/session",
    scope: "anyone",
    summary: "Who has signed in with this browser, and how one may",
    answers: { 200: session },
  },
  signIn: {
    methods: ["POST"],
    path: "/api/session",
    scope: "anyone",
    summary: "Signs in with a password: the answer sets a cookie",
    body: signInBody,
    answers: { 200: session },
    errors: { 401: ["SIGN_IN_FAILED"], 403: ["SIGN_IN_INSECURE"], ...BUSY },
  },
  signInAtProvider: {
    methods: ["GET"],
    path: "/login/oidc",
    scope: "anyone",
    summary: "Leads a browser to the OpenID provider; `next` is the page to come back to",
    query: z.strictObject({ next: z.string().max(2_000).default("/alerts") }),
    answers: { 302: z.string() },
  },
  comeBackFromProvider: {
    methods: ["GET"],
    path: "/login/oidc/callback",
    scope: "anyone",
    summary: "Where the OpenID provider leads the browser back to, signed in there",
    answers: { 302: z.string() },
  },
  signOut: {
    methods: ["DELETE"],
    path: "/api/session",
    scope: "anyone",
    summary: "Signs out: the session of this browser is over, for all instances",
    answers: { 200: z.strictObject({ ended: z.int().describe("How many sessions") }) },
  },
  signOutEverywhere: {
    methods: ["DELETE"],
    path: "/api/sessions",
    scope: "self",
    summary: "Ends all sessions of whoever asks, in all browsers",
    answers: { 200: z.strictObject({ ended: z.int().describe("How many sessions") }) },
  },
  listUsers: {
    methods: ["GET"],
    path: "/api/users",
    scope: "admin",
    summary: "The users that the service itself keeps, by name",
    answers: { 200: z.strictObject({ users: list(user) }) },
  },
  getUser: {
    methods: ["GET"],
    path: "/api/users/{name}",
    scope: "admin",
    summary: "One user",
    answers: { 200: user },
    errors: NO_USER,
  },
  createUser: {
    methods: ["POST"],
    path: "/api/users",
    scope: "admin",
    summary: `Adds a user with a password of at least 12 characters. \`role\`: \`${ROLES.join("`, `")}\``,
    body: createBody,
    answers: { 201: user },
    errors: { 409: ["USER_EXISTS"], ...BUSY },
  },
  changeUser: {
    methods: ["PATCH"],
    path: "/api/users/{name}",
    scope: "admin",
    summary: "Gives a user another role or password, and ends their sessions",
    body: changeBody,
    answers: { 200: user },
    errors: { ...NO_USER, ...BUSY, ...OTHER_VERSION },
  },
  removeUser: {
    methods: ["DELETE"],
    path: "/api/users/{name}",
    scope: "admin",
    summary: "Takes a user away, and ends their sessions within five seconds",
    answers: { 200: z.strictObject({ removed: accessName }) },
    errors: { ...NO_USER, ...OTHER_VERSION },
  },
  endUserSessions: {
    methods: ["DELETE"],
    path: "/api/users/{name}/sessions",
    scope: "admin",
    summary: "Ends all sessions of a user, in all browsers: they have to sign in again",
    answers: { 200: z.strictObject({ ended: z.int().describe("How many sessions") }) },
    errors: NO_USER,
  },
});
