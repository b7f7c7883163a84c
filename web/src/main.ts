/** Begins: asks the server for what the address asks, and loads the app while the answer is on its way. */

import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/masthead.css";
import "./styles/panels.css";
import "./styles/table.css";
import "./styles/map.css";
import { datasetList, economyList, indicatorList, productList } from "./lists/lists";
import { askAhead } from "./api/resource";
import { FIRST_VIEW, presentShell } from "./state/view";
import { marketsAhead } from "./views/markets/questions";
import { marketsView } from "./views/markets/state";

if (presentShell().view === FIRST_VIEW) {
  const view = marketsView.now();
  const lists = [economyList(view.lang), productList(view.lang, view.data), indicatorList(view.lang), datasetList(view.lang)];
  for (const question of [...marketsAhead(view), ...lists]) askAhead(question);
}
void import("./app/start");
