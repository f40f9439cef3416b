import type { RelatedEntity } from "@mozdef/alert-api";
import { expect, it } from "vitest";
import { sharedEntities } from "./shared-entities.ts";

const entity = (kind: RelatedEntity["kind"], value: string): RelatedEntity => ({ kind, value, alerts: 1 });

it("takes addresses, users and hosts, and ports only when there is nothing else", () => {
  expect(
    sharedEntities([entity("ip", "192.0.2.7"), entity("host", "a"), entity("user", "a"), entity("port", "22")]),
  ).toEqual(["192.0.2.7", "a"]);
  expect(sharedEntities([entity("port", "22")])).toEqual(["22"]);
  expect(sharedEntities([])).toEqual([]);
});

it("asks for no more than an address can hold", () => {
  expect(sharedEntities(Array.from({ length: 60 }, (_, place) => entity("ip", `${place}`)))).toHaveLength(20);
  expect(sharedEntities([entity("host", "x".repeat(1_000)), entity("user", "y".repeat(1_000))])).toEqual([
    "x".repeat(1_000),
  ]);
});
