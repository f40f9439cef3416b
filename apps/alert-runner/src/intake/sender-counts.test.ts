import { expect, it } from "vitest";
import { SenderCounts } from "./sender-counts.ts";

const NOON = new Date("2026-01-01T12:00:00Z");
const LATER = new Date("2026-01-01T12:02:00Z");

it("counts what each sender sent, whoever sent most first", () => {
  const counts = new SenderCounts();
  counts.count("192.0.2.1", false, NOON);
  for (const isRefused of [false, true, false]) counts.count("shipper", isRefused, LATER);
  expect(counts.most(10, LATER)).toEqual([
    { sender: "shipper", saved: 2, refused: 1, lastMinute: 3, last: LATER },
    { sender: "192.0.2.1", saved: 1, refused: 0, lastMinute: 0, last: NOON },
  ]);
  expect(counts.most(1, LATER)).toHaveLength(1);
});

it("counts senders together once there are too many, and still knows the first ones", () => {
  const counts = new SenderCounts();
  for (let sender = 0; sender < 1_200; sender += 1) counts.count(`sender ${sender}`, false, NOON);
  counts.count("sender 7", false, NOON);
  const all = counts.most(5_000, NOON);
  expect(all).toHaveLength(1_001);
  expect(all.slice(0, 2)).toMatchObject([
    { sender: null, saved: 200 },
    { sender: "sender 7", saved: 2 },
  ]);
});
