import { defineConfig } from "vite";

// The server serves what lies in api/web under /web/, flat, and index.html at / itself.
export default defineConfig({
  base: "/web/",
  build: {
    outDir: "../api/web",
    emptyOutDir: true,
    assetsDir: "",
    // Everything is a file of its own: under the page's policy nothing may stand in a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    // YASGUI carries an old JSON.parse that would eval where a browser had none; the policy of the page would refuse it.
    rolldownOptions: { checks: { eval: false } },
    target: "es2022",
  },
  server: {
    // `npm run dev` beside `rawabit serve`; the page asks the same paths as in service.
    proxy: Object.fromEntries(
      ["actors", "facts", "paths", "documents", "queries", "sparql", "stats", "vocabulary", "timeline", "export", "id"].map(
        (path) => [`/${path}`, "http://127.0.0.1:8000"],
      ),
    ),
  },
});
