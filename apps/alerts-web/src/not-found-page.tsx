import { listAddress } from "./routing/route.ts";
import { Link } from "./shared/link.tsx";

/** For an address that names no page. */
export const NotFoundPage = () => (
  <div className="notice">
    <h1>No such page</h1>
    <p>
      <Link href={listAddress()}>Go to the alerts</Link>
    </p>
  </div>
);
