import { useTranslation } from "react-i18next";
import { goTo } from "../state/useViewState";
import type { ColumnGroup } from "./columns";
import { GROUP_NAMES, isColumnGroup } from "./columns";

/** Which columns the table shows: the essentials, everything, or the groups of interest. */
export function ColumnChooser({ chosen }: { chosen: readonly string[] }) {
  const { t } = useTranslation();
  const all = chosen.includes("all");
  const groups = all ? [] : chosen.filter(isColumnGroup);
  const toggle = (group: ColumnGroup) => {
    const rest = groups.filter((name) => name !== group);
    goTo({ columns: rest.length < groups.length ? rest : GROUP_NAMES.filter((name) => name === group || groups.includes(name)) });
  };
  return (
    <div className="chooser" role="group" aria-label={t("table.columns")}>
      <button type="button" aria-pressed={!all && groups.length === 0} onClick={() => goTo({ columns: [] })}>
        {t("table.columns.essentials")}
      </button>
      <button type="button" aria-pressed={all} onClick={() => goTo({ columns: all ? [] : ["all"] })}>
        {t("table.columns.all")}
      </button>
      {GROUP_NAMES.map((group) => (
        <button key={group} type="button" aria-pressed={groups.includes(group)} onClick={() => toggle(group)}>
          {t(`group.${group}`)}
        </button>
      ))}
    </div>
  );
}
