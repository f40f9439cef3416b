import { CreateError } from "../create-error.ts";

const NAME = /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;

/**
 * A name that a package may have on the registry.
 *
 * @throws {CreateError} `CREATE_OPTION_INVALID` with the rule.
 */
export const packageName = (text: string): string => {
  if (text.length <= 214 && NAME.test(text)) return text;
  throw new CreateError(
    "CREATE_OPTION_INVALID",
    `This is not a name for a package: ${JSON.stringify(text)}.\nLower-case letters, digits, "-", "_" and ".", with or without a scope, e.g. "@example/alerts-proxy".`,
  );
};

/** A package name made from the name of a folder, which may be anything. */
export const packageNameOf = (folder: string): string => {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replaceAll(/^[^a-z0-9]+|-+$/g, "");
  return name === "" ? "alerts" : name.slice(0, 214);
};
