/** Writes `docs/compatibility.md`. Run by `pnpm --filter @mozdef/embedded-search generate`. */
import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { compatibilityPage } from "./compatibility.ts";
import { readOthers } from "./others.ts";
import { topics } from "./topics/index.ts";

const page = new URL("../../../docs/compatibility.md", import.meta.url);
writeFileSync(page, await format(compatibilityPage(topics, readOthers()), { parser: "markdown", printWidth: 120 }));
