import type { StatusProblem } from "@mozdef/alert-api";
import { type PageName, pageOf } from "../routing/pages.ts";
import { Link } from "../shared/link.tsx";
import { visible } from "../shared/visible.ts";

/** What is wrong, and where to do something about it. */
export const ProblemList = ({ problems }: { readonly problems: readonly StatusProblem[] }) => (
  <ul className="problems">
    {problems.map(({ code, message, names = [] }, index) => (
      // Codes come twice, e.g. once for each instance.
      <li key={`${index} ${code}`} className="problem">
        <p className="problem__code">
          <code>{code}</code>
        </p>
        <p>{visible(message)}</p>
        <Names names={names} />
        <Way page={PAGE_OF.get(code)} />
      </li>
    ))}
  </ul>
);

const FEW = 5;

const Names = ({ names }: { readonly names: readonly string[] }) => {
  if (names.length === 0) return null;
  const text = names.map(visible).join(", ");
  if (names.length <= FEW) return <p className="muted">{text}</p>;
  return (
    <details>
      <summary>{names.length} names</summary>
      <p className="muted">{text}</p>
    </details>
  );
};

const Way = ({ page }: { readonly page: PageName | undefined }) =>
  page !== undefined && (
    <p>
      <Link href={pageOf(page).address}>{`See ${pageOf(page).title}`}</Link>
    </p>
  );

/** Where somebody looks further. */
const PAGE_OF: ReadonlyMap<string, PageName> = new Map([
  ["ALERTS_FAILING", "schedules"],
  ["ALERTS_SUSPENDED", "schedules"],
  ["ALERTS_STANDING", "schedules"],
  ["ALERTS_BLIND", "schedules"],
  ["DELIVERIES_FAILING", "deliveries"],
  ["DELIVERIES_DEAD", "deliveries"],
  ["DELIVERIES_UNCONFIGURED", "deliveries"],
]);
