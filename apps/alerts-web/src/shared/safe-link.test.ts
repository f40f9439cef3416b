import { expect, it } from "vitest";
import { safeLink } from "./safe-link.ts";

it.each(["https://example.com/a?b=c", "http://example.com/"])("follows %s", (url) => expect(safeLink(url)).toBe(url));

it.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " \u0000javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "//example.com",
  "/alerts",
  "",
  undefined,
  ["https://example.com/"],
])("does not follow %j", (url) => expect(safeLink(url)).toBeUndefined());
