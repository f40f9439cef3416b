import { ecsSource, type Source } from "@mozdef/alert";

/** Where Elastic Agent writes. */
export const ECS_INDICES = "logs-*";

/** The name of the source that `--ecs` stands for. */
export const ECS = "ecs";

/**
 * The source that `--ecs` stands for; null without it.
 *
 * @param option - As commander gives it: true when no indices are named.
 */
export const ecsOption = (option: string | boolean | null | undefined): Source | null => {
  if (option == null || option === false) return null;
  const indices = (option === true ? ECS_INDICES : option).split(",").map((index) => index.trim());
  return ecsSource({ indices });
};
