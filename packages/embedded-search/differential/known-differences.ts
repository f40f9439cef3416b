import type { StoryStep } from "./story-step.ts";

/**
 * A known difference of `composite` with `missing_bucket`: what one segment is missing, Elasticsearch may take for what the next one
 * is missing, and leaves out buckets of later pages. An index of a single segment loses none.
 */
export const mayLoseBuckets = ({ body }: StoryStep): boolean => {
  const text = JSON.stringify(body ?? {});
  return text.includes('"missing_bucket":true') && text.includes('"after":{');
};

const TERM_LIMIT = /"max_expansions":\d+/g;

/**
 * A known difference of `max_expansions`: terms that only deleted documents have take the place of others until a store merges its
 * segments. With room for all terms they do not.
 *
 * @returns the same request with room for all; undefined when it has no limit.
 */
export const withoutTermLimit = (step: StoryStep): StoryStep | undefined => {
  const text = JSON.stringify(step.body ?? {});
  const roomy = text.replace(TERM_LIMIT, '"max_expansions":1000');
  return roomy === text ? undefined : { ...step, body: JSON.parse(roomy) as object };
};
