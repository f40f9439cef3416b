import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { AlertsPage } from "./list/alerts-page.tsx";
import { useAddress } from "./routing/location.ts";
import { NotAllowedPage } from "./not-allowed-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { type PageName, pageOf, PAGES } from "./routing/pages.ts";
import { listAddress, parseRoute, type Route } from "./routing/route.ts";
import { LogInPage } from "./session/log-in-page.tsx";
import { SessionContext, useMay } from "./session/session-context.ts";
import { useSession } from "./session/use-session.ts";
import { useTimeZone } from "./shared/time-zone.ts";
import { visible } from "./shared/visible.ts";
import { TopBar } from "./top-bar.tsx";

// Each in a file of its own: the list of alerts, which most people open, does not wait for the rest.
const AccessPage = lazy(() => import("./access/access-page.tsx"));
const AlertPage = lazy(() => import("./details/alert-page.tsx"));
const AuditPage = lazy(() => import("./audit/audit-page.tsx"));
const DeliveriesPage = lazy(() => import("./deliveries/deliveries-page.tsx"));
const RulePage = lazy(() => import("./rule/rule-page.tsx"));
const IntakePage = lazy(() => import("./intake/intake-page.tsx"));
const SchedulesPage = lazy(() => import("./schedules/schedules-page.tsx"));
const SearchPage = lazy(() => import("./search/search-page.tsx"));
const SilencesPage = lazy(() => import("./silences/silences-page.tsx"));
const StatusPage = lazy(() => import("./status/status-page.tsx"));
const WatchlistPage = lazy(() => import("./watchlist/watchlist-page.tsx"));

/** The whole application: a bar on top and the page that the address names. */
export const App = () => {
  const route = parseRoute(useAddress());
  const last = useLastPlaces(route);
  const { session, isKnown, replace, reload } = useSession();
  const mustSignIn = session?.required === true && session.name === null;
  const isShown = isKnown && !mustSignIn;
  // Whatever is shown has times in it: another zone draws all of it anew.
  const zone = useTimeZone();
  const title = titleOf(route);
  useEffect(() => {
    document.title = `${mustSignIn ? "Sign in" : title} · MozDef`;
  }, [title, mustSignIn]);
  return (
    <SessionContext value={session}>
      <TopBar page={route.page} session={session} onSignedOut={reload} />
      <main id="main">
        {mustSignIn && <LogInPage session={session} onSignedIn={replace} />}
        {isShown && <Page key={zone} route={route} last={last} />}
      </main>
    </SessionContext>
  );
};

const Page = ({ route, last }: { readonly route: Route; readonly last: LastPlaces }) => {
  const isAllowed = useMay(scopeOf(route));
  if (!isAllowed) return <NotAllowedPage title={titleOf(route)} />;
  return <Suspense fallback={<p className="muted">Loading…</p>}>{contentOf(route, last)}</Suspense>;
};

const scopeOf = ({ page }: Route) => (page in PAGES ? pageOf(page as PageName).scope : undefined) ?? "read";

const contentOf = (route: Route, last: LastPlaces): ReactNode => {
  switch (route.page) {
    case "list":
      return <AlertsPage search={route.search} cameFrom={last.alertId} />;
    case "details":
      return <AlertPage key={route.id} id={route.id} back={listAddress(last.listSearch)} />;
    case "search":
      return <SearchPage search={route.search} />;
    case "silences":
      return <SilencesPage />;
    case "deliveries":
      return <DeliveriesPage />;
    case "schedules":
      return <SchedulesPage search={route.search} />;
    case "rule":
      return <RulePage key={route.name} name={route.name} />;
    case "intake":
      return <IntakePage />;
    case "watchlist":
      return <WatchlistPage />;
    case "status":
      return <StatusPage />;
    case "audit":
      return <AuditPage search={route.search} />;
    case "access":
      return <AccessPage />;
    case "unknown":
      return <NotFoundPage />;
  }
};

const titleOf = (route: Route): string => {
  if (route.page === "unknown") return "No such page";
  if (route.page === "rule") return visible(route.name);
  return route.page === "details" ? "Alert" : PAGES[route.page].title;
};

interface LastPlaces {
  readonly listSearch: string;
  readonly alertId: string | undefined;
}

/** Remembers the filters of the list and the alert opened from it, so that going there and back loses nothing. */
const useLastPlaces = (route: Route): LastPlaces => {
  const [places, setPlaces] = useState<LastPlaces>({ listSearch: "", alertId: undefined });
  const next = {
    listSearch: route.page === "list" ? route.search : places.listSearch,
    alertId: route.page === "details" ? route.id : places.alertId,
  };
  if (next.listSearch !== places.listSearch || next.alertId !== places.alertId) setPlaces(next);
  return next;
};
