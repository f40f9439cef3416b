import { endpointsOf, routeNames, routeOf, SCOPES } from "@mozdef/alert-api";
import { expect, it } from "vitest";
import { silencePack } from "../support/alerts.ts";
import { testService } from "../support/test-service.ts";

/** Where nothing is what a caller asks about: what is allowed is answered with something else than 401 or 403. */
const addressOf = (path: string): string => path.replaceAll(/\{\w+\}/g, "none");

it("lets callers use the routes of their scope, and no others", async () => {
  const { logIn, call } = await testService({ packs: [silencePack], config: { auth: {} }, isReadable: true });
  const callers: [name: string, headers: Record<string, string>][] = [["nobody", {}]];
  for (const scope of SCOPES) {
    const { secret } = await logIn.tokens.create({ name: `of-${scope}`, scope, by: "test" });
    callers.push([scope, { authorization: `Bearer ${secret}` }]);
  }
  const table: string[] = [];
  for (const route of routeNames.map(routeOf)) {
    const [method] = route.methods;
    const allowed: string[] = [];
    for (const [name, headers] of callers) {
      const { status, body } = await call({ method, url: addressOf(route.path), headers });
      const isRefused = status === 401 || (status === 403 && body.error.code === "SCOPE_MISSING");
      if (!isRefused) allowed.push(name);
      else expect([name, status]).toEqual([name, name === "nobody" ? 401 : 403]);
    }
    const who = allowed.length === callers.length ? "anyone" : allowed.join(", ");
    for (const endpoint of endpointsOf(route)) table.push(`${endpoint.padEnd(44)} ${who}`);
  }
  // Everybody else: 401 without a token, 403 with one of another scope.
  expect(table.join("\n")).toMatchInlineSnapshot(`
    "POST /events                                 intake, admin
    PUT /events                                  intake, admin
    POST /nxlog                                  intake, admin
    PUT /nxlog                                   intake, admin
    POST /cef                                    intake, admin
    PUT /cef                                     intake, admin
    POST /custom/{name}                          intake, admin
    PUT /custom/{name}                           intake, admin
    POST /_bulk                                  intake, admin
    PUT /_bulk                                   intake, admin
    POST /{index}/_bulk                          intake, admin
    PUT /{index}/_bulk                           intake, admin
    GET /                                        anyone
    GET /_cluster/health                         intake, admin
    POST /{index}/_doc                           intake, admin
    POST /{index}/_doc/{id}                      intake, admin
    PUT /{index}/_doc/{id}                       intake, admin
    POST /{index}/_create/{id}                   intake, admin
    PUT /{index}/_create/{id}                    intake, admin
    GET /_license                                intake, admin
    GET /_xpack                                  intake, admin
    GET /_ilm/policy/{name}                      intake, admin
    PUT /_ilm/policy/{name}                      intake, admin
    GET /_index_template/{name}                  intake, admin
    PUT /_index_template/{name}                  intake, admin
    GET /_component_template/{name}              intake, admin
    PUT /_component_template/{name}              intake, admin
    GET /_template/{name}                        intake, admin
    PUT /_template/{name}                        intake, admin
    GET /_ingest/pipeline/{name}                 intake, admin
    PUT /_ingest/pipeline/{name}                 intake, admin
    GET /_data_stream/{name}                     intake, admin
    PUT /_data_stream/{name}                     intake, admin
    GET /_alias/{name}                           intake, admin
    POST /services/collector                     intake, admin
    PUT /services/collector                      intake, admin
    POST /services/collector/event               intake, admin
    PUT /services/collector/event                intake, admin
    POST /services/collector/event/1.0           intake, admin
    PUT /services/collector/event/1.0            intake, admin
    POST /services/collector/raw                 intake, admin
    PUT /services/collector/raw                  intake, admin
    POST /services/collector/ack                 intake, admin
    GET /services/collector/health               anyone
    POST /v1/logs                                intake, admin
    GET /api/intake                              read, handle, operate, admin
    GET /api/alerts                              read, handle, operate, admin
    GET /api/alerts-over-time                    read, handle, operate, admin
    GET /api/alert-groups                        read, handle, operate, admin
    GET /api/exports/alerts.csv                  read, handle, operate, admin
    GET /api/exports/alerts.ndjson               read, handle, operate, admin
    POST /api/alert-changes                      handle, operate, admin
    GET /api/alerts/{id}                         read, handle, operate, admin
    GET /api/alerts/{id}/entities                read, handle, operate, admin
    POST /api/alerts/{id}/acknowledge            handle, operate, admin
    POST /api/alerts/{id}/status                 handle, operate, admin
    POST /api/alerts/{id}/close                  handle, operate, admin
    POST /api/alerts/{id}/reopen                 handle, operate, admin
    POST /api/alerts/{id}/assign                 handle, operate, admin
    POST /api/alerts/{id}/comments               handle, operate, admin
    POST /api/alerts/{id}/links                  handle, operate, admin
    GET /acknowledge/{id}                        anyone
    POST /acknowledge/{id}                       anyone
    GET /api/sources                             read, handle, operate, admin
    GET /api/events                              read, handle, operate, admin
    GET /api/events-over-time                    read, handle, operate, admin
    GET /api/event-fields                        read, handle, operate, admin
    GET /api/event-values                        read, handle, operate, admin
    GET /api/schedules                           read, handle, operate, admin
    GET /api/schedules/{name}                    read, handle, operate, admin
    POST /api/schedules/preview                  read, handle, operate, admin
    PATCH /api/schedules/{name}                  operate, admin
    GET /api/schedules/{name}/changes            read, handle, operate, admin
    POST /api/schedules/{name}/run               operate, admin
    GET /api/runs                                read, handle, operate, admin
    GET /alertschedules                          read, handle, operate, admin
    POST /api/schedules/{name}/explain           read, handle, operate, admin
    POST /api/schedules/{name}/backtest          operate, admin
    GET /api/schedules/{name}/exceptions         read, handle, operate, admin
    GET /api/schedules/{name}/exceptions/{id}    read, handle, operate, admin
    POST /api/schedules/{name}/exceptions        operate, admin
    POST /api/schedules/{name}/exceptions/preview read, handle, operate, admin
    DELETE /api/schedules/{name}/exceptions/{id} operate, admin
    GET /api/backfills                           read, handle, operate, admin
    POST /api/backfills                          operate, admin
    DELETE /api/backfills/{id}                   operate, admin
    GET /api/deliveries                          read, handle, operate, admin
    POST /api/deliveries/replay                  operate, admin
    GET /api/silences                            read, handle, operate, admin
    GET /api/silences/{id}                       read, handle, operate, admin
    POST /api/silences                           operate, admin
    POST /api/silences/preview                   read, handle, operate, admin
    PATCH /api/silences/{id}                     operate, admin
    DELETE /api/silences/{id}                    operate, admin
    GET /api/watchlist                           read, handle, operate, admin
    GET /api/watchlist/{id}                      read, handle, operate, admin
    POST /api/watchlist                          operate, admin
    DELETE /api/watchlist/{id}                   operate, admin
    GET /getwatchlist                            read, handle, operate, admin
    POST /watchitem                              operate, admin
    POST /api/backups                            admin
    GET /api/session                             anyone
    POST /api/session                            anyone
    GET /login/oidc                              anyone
    GET /login/oidc/callback                     anyone
    DELETE /api/session                          anyone
    DELETE /api/sessions                         intake, metrics, read, handle, operate, admin
    GET /api/users                               admin
    GET /api/users/{name}                        admin
    POST /api/users                              admin
    PATCH /api/users/{name}                      admin
    DELETE /api/users/{name}                     admin
    DELETE /api/users/{name}/sessions            admin
    GET /api/tokens                              admin
    POST /api/tokens                             admin
    DELETE /api/tokens/{name}                    admin
    GET /api/audit                               admin
    POST /_search                                admin
    POST /{index}/_search                        admin
    POST /_msearch                               admin
    POST /{index}/_count                         admin
    POST /{index}/_pit                           admin
    DELETE /_pit                                 admin
    GET /status                                  metrics, read, handle, operate, admin
    GET /live                                    anyone
    GET /ready                                   anyone
    GET /test                                    anyone
    GET /metrics                                 metrics, read, handle, operate, admin
    GET /api/openapi.json                        read, handle, operate, admin
    GET /api/reference                           read, handle, operate, admin"
  `);
});
