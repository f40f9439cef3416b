import { useEffect, useState } from "react";
import { AlertPage } from "./details/alert-page.tsx";
import { AlertsPage } from "./list/alerts-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { useAddress } from "./routing/location.ts";
import { listAddress, parseRoute, type Route } from "./routing/route.ts";
import { SchedulesPage } from "./schedules/schedules-page.tsx";
import { TopBar } from "./top-bar.tsx";

/** The whole application: a bar on top and the page that the address names. */
export const App = () => {
  const route = parseRoute(useAddress());
  const last = useLastPlaces(route);
  useEffect(() => {
    document.title = `${titles[route.page]} · MozDef`;
  }, [route.page]);
  return (
    <>
      <TopBar page={route.page} />
      <main id="main">
        {route.page === "list" && <AlertsPage search={route.search} cameFrom={last.alertId} />}
        {route.page === "details" && <AlertPage key={route.id} id={route.id} back={listAddress(last.listSearch)} />}
        {route.page === "schedules" && <SchedulesPage />}
        {route.page === "unknown" && <NotFoundPage />}
      </main>
    </>
  );
};

const titles: Readonly<Record<Route["page"], string>> = {
  list: "Alerts",
  details: "Alert",
  schedules: "Manage alerts",
  unknown: "No such page",
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
