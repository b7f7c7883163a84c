import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { speak } from "../i18n";
import { presentShell } from "../state/view";
import { App } from "./App";

speak(presentShell().lang);
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with id root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
