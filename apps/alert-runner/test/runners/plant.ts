import { doubled, type Plant, removed } from "../support/plant.ts";

const alertOf = (classname: string) => ({ term: { classname } });

export const PLANTS: Readonly<Record<string, Plant>> = {
  "an alert that is lost": removed("alerts-*", alertOf("EachDoor")),
  "an alert that is there twice": doubled("alerts-*", alertOf("EachDoor")),
  "a slot that is lost": removed("alerts-*", alertOf("Silence")),
  "an event that is not covered": removed("coverage-*", { term: { name: "HostKnocks" } }),
  "what an alert keeps being lost": removed("counted", { match_all: {} }),
};
