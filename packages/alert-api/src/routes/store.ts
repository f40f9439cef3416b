import { z } from "zod";
import { defineRoutes } from "../route.ts";

const object = z.record(z.string(), z.unknown());

/** As Elasticsearch asks and answers. */
const reading = {
  scope: "admin",
  methods: ["POST"],
  bodyTypes: ["application/json", "application/x-ndjson"],
  answers: { 200: object, 400: object, 404: object, 413: object, 429: object, 500: object, 503: object },
  errors: { 403: ["STORE_CLOSED"] },
} as const;

/** What reads the store of a service that is started with `--watch`, so that tools can try alerts on its events. */
export const storeRoutes = defineRoutes({
  searchStore: {
    ...reading,
    path: "/_search",
    summary: "With `--watch` only: searches the store, as Elasticsearch does it",
  },
  searchIndices: { ...reading, path: "/{index}/_search", summary: "As `/_search`, in some indices" },
  searchManyTimes: { ...reading, path: "/_msearch", summary: "With `--watch` only: several searches of the store" },
  countIndices: { ...reading, path: "/{index}/_count", summary: "With `--watch` only: counts documents of the store" },
  openPointInTime: {
    ...reading,
    path: "/{index}/_pit",
    summary: "With `--watch` only: holds indices as they are, for searches page by page",
  },
  closePointInTime: {
    ...reading,
    methods: ["DELETE"],
    path: "/_pit",
    summary: "With `--watch` only: lets go of what `/{index}/_pit` holds",
  },
});
