import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** Which of our packages a folder may import, nearest to the user first. design: docs/decisions.md, "imports point one way". */
const allowed = {
  "packages/query": [],
  "packages/alert": ["query"],
  "packages/event-intake": ["query"],
  "packages/alert-store": ["query", "alert", "event-intake"],
  "packages/alert-engine": ["query", "alert", "alert-store"],
  "packages/alert-explain": ["query", "alert", "alert-store"],
  "packages/alert-actions": ["query", "alert"],
  "packages/alert-plugins": ["query", "alert"],
  "packages/alert-api": [],
  "packages/embedded-search": [],
  "packages/alert-testing": ["query", "alert", "alert-store", "alert-engine", "alert-explain", "embedded-search"],
  "packages/cli": [
    "query",
    "alert",
    "alert-store",
    "alert-engine",
    "alert-explain",
    "embedded-search",
    "event-intake",
    "alert-testing",
  ],
  "packages/create-mozdef-alert": ["query", "event-intake"],
  "apps/alerts-web": ["alert-api"],
  alerts: ["query", "alert"],
};

const direction = Object.entries(allowed).map(([folder, names]) => ({
  files: [`${folder}/**/*.{ts,tsx}`],
  ignores: ["**/*.test.ts", "**/*.test-d.ts", "**/test/**", "**/templates/**", "**/vitest.config.ts"],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^@mozdef/(?!(${names.join("|") || "-"})(/|$))`,
            message: `Imports point one way: ${folder} may import ${names.length ? names.map((n) => `@mozdef/${n}`).join(", ") : "no other package of this repository"}. Pass what it needs as an argument, or move the code to a package further out.`,
          },
          {
            group: ["../../*/src/*", "../../../*/src/*"],
            message: "Import the package by its name, not by its files.",
          },
        ],
      },
    ],
  },
}));

const literals = ":not(:has(ArrayExpression > :not(Literal, ArrayExpression)))";

/** Initial values that are plain: literals, products of them, and lists, sets and maps of them. */
const plainValues = [
  '[init.type="Literal"]',
  '[init.type="TemplateLiteral"][init.expressions.length=0]',
  '[init.type="UnaryExpression"][init.argument.type="Literal"]',
  '[init.type="BinaryExpression"][init.left.type="Literal"][init.right.type="Literal"]',
  `[init.type="ArrayExpression"][init.elements.length>0]${literals}`,
  `[init.type="TSAsExpression"][init.expression.type="ArrayExpression"]${literals}`,
  `[init.type="NewExpression"][init.callee.name=/^(Set|Map)$/][init.arguments.0.type="ArrayExpression"]${literals}`,
].join(",");

/** How the code is written beyond what a formatter decides. */
const syntax = [
  // The export list of a package is read in one place.
  { selector: "ExportAllDeclaration", message: "List the names." },
  {
    // Generators and assertion functions have no other form that reads well.
    selector: "FunctionDeclaration[generator=false]:not([returnType.typeAnnotation.asserts=true])",
    message: "Write a const arrow function.",
  },
];
const constants = {
  selector: `:matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind="const"] > VariableDeclarator[id.name=/[a-z]/]:matches(${plainValues})`,
  message: "Name a constant that is a plain value in SCREAMING_CASE.",
};

export default tseslint.config(
  {
    ignores: ["**/dist/**", "**/node_modules/**", "**/.turbo/**", "**/.generated/**", "**/.cache/**"],
  },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      // One program over everything: a program for each package checks the sources of the lower ones again, and keeps them all.
      parserOptions: {
        project: ["tsconfig.json", "apps/alerts-web/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // Counts and sizes in messages are numbers; everything else still has to be made a string on purpose.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Alerts are classes without state by design; their identity is the class.
      "@typescript-eslint/no-extraneous-class": "off",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      curly: ["error", "multi"],
      "no-restricted-syntax": ["error", ...syntax],
    },
  },
  {
    // In tests a top-level constant is a fixture.
    files: ["**/*.{ts,tsx}"],
    ignores: ["**/*.test.ts", "**/*.test-d.ts", "**/test/**"],
    rules: { "no-restricted-syntax": ["error", ...syntax, constants] },
  },
  {
    // Not part of that program: they are compiled where they are put, or declare what others must not see.
    files: ["**/templates/**/*.ts", "**/.generated/**/*.ts", "**/type-tests/*.ts"],
    languageOptions: { parserOptions: { project: null, projectService: true } },
  },
  {
    // vitest's matchers are typed with any by their own authors.
    files: ["**/*.test.ts", "**/test/**/*.ts", "**/*.test-d.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.{js,mjs}"],
    languageOptions: {
      globals: { console: "readonly", process: "readonly", URL: "readonly", setTimeout: "readonly", fetch: "readonly" },
    },
  },
  { files: ["scripts/**", "bench/**", "**/bin.ts", "apps/alert-runner/src/main.ts"], rules: { "no-console": "off" } },
  ...direction,
);
