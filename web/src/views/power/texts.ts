import { defineTexts } from "../../i18n";
import { en } from "./en";
import { zh } from "./zh";

export const useTexts = defineTexts(en, zh);
