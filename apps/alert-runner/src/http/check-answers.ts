import { COMMON_ERRORS, endpointsOf, errorAnswer, type Route } from "@mozdef/alert-api";
import type { FastifyInstance } from "fastify";

/**
 * Compares every answer with the contract before it is sent. For tests: a large list takes longer to check than to make.
 *
 * @param report - Called with what is wrong; the answer is sent all the same.
 */
export const checkAnswers = (app: FastifyInstance, report: (problem: string) => void): void => {
  app.addHook("preSerialization", (request, { statusCode }, payload, done) => {
    const { route } = request.routeOptions.config;
    const problem = route === undefined ? undefined : problemOf(route, statusCode, payload);
    if (route !== undefined && problem !== undefined)
      report(`${endpointsOf(route).join(", ")} answered ${statusCode} against the contract: ${problem}`);
    done(null, payload);
  });
};

const problemOf = ({ answers, errors = {} }: Route, status: number, payload: unknown): string | undefined => {
  const schema = answers[status] ?? (status >= 400 ? errorAnswer : undefined);
  if (schema === undefined) return "it has no such status";
  // A status that means something of its own may also be what any route is refused with.
  const { error } = (status >= 400 ? schema.or(errorAnswer) : schema).safeParse(payload);
  if (error !== undefined) return error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  const failure = errorAnswer.loose().safeParse(payload).data;
  const codes = [...(errors[status] ?? []), ...(COMMON_ERRORS[status] ?? [])];
  return failure === undefined || codes.includes(failure.error.code)
    ? undefined
    : `it has no error ${failure.error.code} of that status`;
};
