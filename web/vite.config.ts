import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const GEOMETRY_URL = "geometry/world-50m.json";
const GEOMETRY_FILE = fileURLToPath(import.meta.resolve("world-atlas/countries-50m.json"));

/** Ships the map geometry as data beside the app, so that it is fetched when the map is shown and not before. */
function mapGeometry(): Plugin {
  return {
    name: "map-geometry",
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: GEOMETRY_URL, source: await readFile(GEOMETRY_FILE) });
    },
    configureServer(server) {
      server.middlewares.use(`/${GEOMETRY_URL}`, (_request, response) => {
        response.setHeader("Content-Type", "application/json");
        void readFile(GEOMETRY_FILE).then((text) => response.end(text));
      });
    },
  };
}

/** Names in the page what the app is made of, so that it comes together with the entry, which asks for the first answer. */
function startAhead(): Plugin {
  return {
    name: "start-ahead",
    transformIndexHtml: {
      order: "post",
      handler(_page, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
        const named = (from: (typeof chunks)[number] | undefined): string[] =>
          from ? [from.fileName, ...from.imports.flatMap((name) => named(chunks.find(({ fileName }) => fileName === name)))] : [];
        const there = named(chunks.find(({ isEntry }) => isEntry));
        const start = named(chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith("/app/start.tsx")));
        const ahead = [...new Set(start)].filter((name) => !there.includes(name));
        return ahead.map((name) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `/${name}` }, injectTo: "head" as const }));
      },
    },
  };
}

/** Few files, as a browser asks for six at a time: what asks the first question, and what the views share. */
const GROUPS = [
  { name: "ask", test: /vite\/preload-helper|node_modules\/(react|openapi-fetch)\/|src\/(api|state|i18n\/language|lists\/lists|method\/options|views\/markets\/(state|questions))\b/ },
  { name: "shared", test: /src\/(i18n|ui|lists|method|format|scoring|app\/theme|views\/markets|views\/\w+\/state)\b/ },
];

export default defineConfig({
  plugins: [react(), mapGeometry(), startAhead()],
  build: {
    outDir: "../src/entrepot/webui/static",
    emptyOutDir: true,
    // The server's content security policy allows files of its own only: no data: addresses, no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
  },
  server: { proxy: { "/api": process.env.ENTREPOT_API ?? "http://127.0.0.1:8000" } },
  test: { environment: "node", include: ["src/**/*.test.ts"], setupFiles: ["src/testing.ts"] },
});
