import { contract, type RouteName } from "@mozdef/alert-api";
import fastify from "fastify";
import { describe, expect, it } from "vitest";
import { checkAnswers } from "../src/http/check-answers.ts";
import { answerErrors } from "../src/http/error-answers.ts";
import { type Handler, onlyContract, serve } from "../src/http/serve.ts";

const open = () => {
  const app = fastify();
  const wrong: string[] = [];
  onlyContract(app);
  checkAnswers(app, (problem) => wrong.push(problem));
  answerErrors(app);
  return { app, wrong };
};

describe("a route that the contract does not name", () => {
  it("cannot be served", () => {
    const { app } = open();
    expect(() => app.get("/api/secrets", () => ({}))).toThrow("does not name GET /api/secrets");
    expect(() => app.delete("/api/alerts/:id", () => ({}))).toThrow("does not name DELETE /api/alerts/{id}");
    // @ts-expect-error -- no such name
    expect(() => serve(app, "getSecrets", () => ({}))).toThrow();
  });

  it("may be a page", async () => {
    const { app } = open();
    app.get("/alerts", () => "page");
    expect((await app.inject("/alerts")).body).toBe("page");
  });
});

describe("an answer", () => {
  const answering = async <Name extends RouteName>(name: Name, url: string, handler: Handler<Name>) => {
    const { app, wrong } = open();
    serve(app, name, handler);
    await app.inject(url);
    return wrong;
  };

  it.each([
    ["a key too many", { removed: "x", at: "noon" }, "at"],
    ["another type", { removed: 1 }, "removed: Invalid input: expected string"],
    ["nothing", {}, "removed"],
  ])("is reported when it has %s", async (_what, body, problem) => {
    const { app, wrong } = open();
    serve(app, "removeFromWatchlist", () => body as { removed: string });
    await app.inject({ method: "DELETE", url: "/api/watchlist/x" });
    expect(wrong).toEqual([expect.stringContaining("DELETE /api/watchlist/{id} answered 200 against the contract")]);
    expect(wrong[0]).toContain(problem);
  });

  it("has a status that the contract names", async () => {
    const handler: Handler<"getAlert"> = ({ reply }) => {
      void reply.code(202).send({ _id: "x" });
      return { _id: "x", _index: "alerts", _source: {} };
    };
    expect(await answering("getAlert", "/api/alerts/x", handler)).toEqual([expect.stringContaining("no such status")]);
  });

  it("is typed by the contract", () => {
    const { app } = open();
    // @ts-expect-error -- `removed` is a text
    serve(app, "removeFromWatchlist", () => ({ removed: 1 }));
    // @ts-expect-error -- it has no 202
    serve(app, "getStatus", ({ answer }) => answer(202, {}));
    expect(Object.keys(contract.getStatus.answers)).toEqual(["200", "503"]);
  });
});

describe("what is wrong with a request", () => {
  const ask = async (payload: object) => {
    const { app } = open();
    serve(app, "changeSchedule", () => expect.unreachable());
    const answer = await app.inject({ method: "PATCH", url: "/api/schedules/x", payload });
    return answer.json<{ error: { message: string } }>().error.message;
  };

  it.each([
    [{ enabled: "yes" }, "The body is wrong: enabled: expected boolean, received string"],
    [{ enabled: true, by: " " }, 'by: Too small: expected string to have >=1 characters (received "")'],
    [{ enabled: true, who: "ann" }, 'Unrecognized key: "who"'],
    [{ schedule: "* * * * *" }, '{ "interval": { "seconds": 30 } } (received "* * * * *")'],
    [{}, 'The body is wrong: expected "enabled", "schedule" or "release"'],
  ])("is said with its key, what was expected and what came: %j", async (payload, message) => {
    expect(await ask(payload)).toContain(message);
  });
});
