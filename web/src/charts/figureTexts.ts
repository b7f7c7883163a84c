import { defineTexts } from "../i18n";

const en = {
  "figure.description": "{{title}}. The table beneath says the same.",
  "figure.group": "Group",
  "figure.point": "Point",
  "figure.size": "Share",
  "figure.before": "from",
  "figure.after": "to",
  "figure.change": "change",
  "figure.step": "Step",
  "figure.item": "Item",
};
const zh: Record<keyof typeof en, string> = {
  "figure.description": "{{title}}。下方表格给出同样的内容。",
  "figure.group": "组别",
  "figure.point": "点",
  "figure.size": "份额",
  "figure.before": "自",
  "figure.after": "至",
  "figure.change": "变化",
  "figure.step": "步骤",
  "figure.item": "项目",
};

export const useFigureTexts = defineTexts(en, zh);
