import { isCancel, password as askPassword } from "@clack/prompts";
import { text } from "node:stream/consumers";
import { contract } from "@mozdef/alert-api";
import { RunnerError } from "../runner-error.ts";

/**
 * A new password: asked for twice on a terminal, else the first line of standard input. Never an argument, which others on the machine see.
 *
 * @throws {RunnerError} `OPTION_INVALID` when it is none.
 */
export const readPassword = async (input: NodeJS.ReadStream = process.stdin): Promise<string> => {
  const password = input.isTTY ? await askTwice() : ((await text(input)).split(/\r?\n/, 1)[0] ?? "");
  const { error } = PASSWORD.safeParse(password);
  if (error === undefined) return password;
  throw new RunnerError("OPTION_INVALID", `The password is wrong: ${error.issues[0]?.message ?? ""}.`);
};

const PASSWORD = contract.createUser.body.shape.password;

const askTwice = async (): Promise<string> => {
  const first = await askPassword({
    message: "Password (at least 12 characters)",
    validate: (value) => PASSWORD.safeParse(value ?? "").error?.issues[0]?.message,
  });
  const second = isCancel(first) ? first : await askPassword({ message: "Once more" });
  if (isCancel(first) || isCancel(second)) throw new RunnerError("OPTION_INVALID", "No password was given.");
  if (first === second) return first;
  throw new RunnerError("OPTION_INVALID", "The two passwords are not the same.");
};
