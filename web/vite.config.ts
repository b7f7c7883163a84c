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

export default defineConfig({
  plugins: [react(), mapGeometry()],
  build: {
    outDir: "../src/entrepot/webui/static",
    emptyOutDir: true,
    // The server's content security policy allows files of its own only: no data: addresses, no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/api": process.env.ENTREPOT_API ?? "http://127.0.0.1:8000" } },
  test: { environment: "node", include: ["src/**/*.test.ts"], setupFiles: ["src/testing.ts"] },
});
