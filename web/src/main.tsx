import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/panels.css";
import "./styles/table.css";
import "./styles/map.css";
import "./styles/detail.css";
import { App } from "./app/App";
import { startTexts } from "./i18n";
import { defaultLanguage, parseView } from "./state/viewState";

startTexts(parseView(window.location.search, defaultLanguage(navigator.languages)).lang);
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with id root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
