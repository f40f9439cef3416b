import type { User } from "@mozdef/alert-api";
import type { FastifyInstance, FastifyReply } from "fastify";
import { HttpError } from "../http/http-error.ts";
import { serve } from "../http/serve.ts";
import type { Sessions } from "./sessions.ts";
import type { Users, VersionedUser } from "./users.ts";

export interface UserRoutesOptions {
  readonly users: Users;
  readonly sessions: Pick<Sessions, "endAll">;
}

/** The users that the service itself keeps. */
export const userRoutes = (app: FastifyInstance, { users, sessions }: UserRoutesOptions): void => {
  serve(app, "listUsers", async () => ({ users: await users.list() }));

  serve(app, "createUser", async ({ request, body, answer }) =>
    answer(201, await users.create({ ...body, by: request.changedBy })),
  );

  const shown = ({ user, version }: VersionedUser, reply: FastifyReply): User => {
    reply.version = version;
    return user;
  };

  serve(app, "getUser", async ({ params: { name }, reply }) => shown(await users.read(name), reply));

  serve(app, "changeUser", async ({ params: { name }, body, ifMatch, reply }) =>
    shown(await users.change(name, body, ifMatch), reply),
  );

  serve(app, "removeUser", async ({ params: { name }, ifMatch }) => {
    await users.remove(name, ifMatch);
    return { removed: name };
  });

  serve(app, "endUserSessions", async ({ params: { name } }) => {
    const user = await users.find(name);
    if (user === null) throw new HttpError("USER_NOT_FOUND", `There is no user ${JSON.stringify(name.slice(0, 100))}.`);
    return { ended: await sessions.endAll({ user: user.name, via: "password" }) };
  });
};
