import type { Explanation } from "@mozdef/alert-api";
import { visible } from "../shared/visible.ts";

/** What failed in the code of a rule when it was asked for its searches. */
export const ExplanationErrors = ({ errors }: Pick<Explanation, "errors">) =>
  errors.map(({ message, place }, index) => (
    <p key={index} className="schedules__error">
      {visible(message)} {place !== undefined && `(${place})`}
    </p>
  ));

/** How many searches are left out of the answer. */
export const MoreSearches = ({ moreSearches }: Pick<Explanation, "moreSearches">) =>
  moreSearches > 0 && <p className="muted">It has {moreSearches} more searches, which are left out here.</p>;
