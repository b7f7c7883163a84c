/** Before every test: the few words of a browser that a module looks at when it is loaded. */

import { vi } from "vitest";

vi.stubGlobal("window", {
  location: { search: "", origin: "http://localhost" },
  addEventListener: () => undefined,
  history: { pushState: () => undefined },
});
vi.stubGlobal("navigator", { languages: ["en"] });
