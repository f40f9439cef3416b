import { get, mapped, post, refusal, scenario, topic } from "../scenario.ts";

const analyze = (body: Parameters<typeof post>[1]) => post("/_analyze", body);

export const analysisTopic = topic(
  "analysis",
  "Analysis",
  [
    scenario(
      "text becomes tokens",
      ["GET and POST /_analyze", "analysers: standard, keyword"],
      analyze({ analyzer: "standard", text: "The 2 QUICK Brown-Foxes 1.2.3.4 a.b LDAP_x can't" }),
      analyze({ analyzer: "standard", text: "日本語 ひらがな カタカナ 한국어 ภาษาไทย 👩‍👩‍👧 🇩🇪 1️⃣" }),
      analyze({ analyzer: "standard", text: ["one two", "three"] }),
      analyze({ analyzer: "keyword", text: "One Two" }),
      analyze({ text: "Default IS standard" }),
      analyze({ analyzer: "standard", text: "a".repeat(300) }),
      analyze({ analyzer: "standard", text: "" }),
      get("/_analyze", { analyzer: "standard", text: "x" }),
    ),
    scenario(
      "a field says how its text is analysed",
      ["POST /{index}/_analyze with field"],
      mapped("scn-a", { t: { type: "text" }, k: { type: "keyword" } }),
      post("/scn-a/_analyze", { field: "t", text: "One Two" }),
      post("/scn-a/_analyze", { field: "k", text: "One Two" }),
      post("/scn-a/_analyze", { field: "nope", text: "One Two" }),
      post("/scn-nope/_analyze", { field: "t", text: "One Two" }),
    ),
    scenario(
      "what cannot be analysed",
      ["errors of _analyze"],
      analyze({ analyzer: "nope", text: "x" }),
      analyze({ analyzer: "standard" }),
      analyze({ analyzer: "standard", text: "x", nope: 1 }),
      analyze({}),
    ),
  ],
  [
    refusal(
      "tokenizers and filters in _analyze",
      analyze({ tokenizer: "standard", filter: ["lowercase"], text: "x" }),
      "tokenizer",
    ),
    refusal("other analysers", analyze({ analyzer: "english", text: "x" }), "english"),
  ],
);
