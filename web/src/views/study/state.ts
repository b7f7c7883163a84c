/** What the address says of finished studies. */

import { oneOf, text } from "../../state/parts";
import { declareView } from "../../state/view";

export const SHOWS = ["tables", "figures", "tests", "sample"] as const;
export type Show = (typeof SHOWS)[number];

export const studyView = declareView("study", {
  /** Which study; null: the list of all. */
  name: text,
  show: oneOf(SHOWS),
});

export type StudyState = ReturnType<typeof studyView.use>;
export const { goTo } = studyView;
