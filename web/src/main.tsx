import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/masthead.css";
import "./styles/panels.css";
import "./styles/table.css";
import "./styles/map.css";
import { App } from "./app/App";
import { speak } from "./i18n";
import { presentShell } from "./state/view";

speak(presentShell().lang);
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with id root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
