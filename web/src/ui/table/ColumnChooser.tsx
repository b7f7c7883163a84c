import { useSay } from "../../i18n";
import type { Column } from "../../api/client";
import { chosenIds, COLUMN_GROUPS, groupedColumns, isColumnGroup, keptColumns, tableColumns, visibleColumns } from "./columns";
import { Popover } from "../Popover";

interface Props {
  columns: readonly Column[];
  essentials: readonly string[];
  /** As in the address: "all", names of groups or of columns; empty for the essentials. */
  chosen: readonly string[];
  onChoose: (chosen: string[]) => void;
}

/** Which columns the table shows: the essentials, everything, whole groups, or one by one. */
export function ColumnChooser({ columns, essentials, chosen, onChoose }: Props) {
  const t = useSay();
  const shown = new Set(visibleColumns(columns, chosen, essentials).map(({ id }) => id));
  const groups = groupedColumns(columns);
  const all = chosen.includes("all");
  const set = (ids: readonly string[], on: boolean) => {
    const next = new Set(shown);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    onChoose(keptColumns(next, columns, essentials));
  };
  const named = chosen.filter(isColumnGroup);
  const toggleGroup = (group: keyof typeof COLUMN_GROUPS) => {
    const rest = chosen.filter((name) => name !== group && name !== "all");
    onChoose(named.includes(group) ? rest : keptColumns(chosenIds([...rest, group]), columns, essentials));
  };
  return (
    <>
      <Popover name={<>{t("table.columns.one")} <span className="count">{t("table.columns.count", { shown: shown.size, all: tableColumns(columns).length })}</span></>}>
        <div className="popover-sheet">
          <div className="column-list">
          {groups.map(({ group, columns: members }) => (
            <fieldset key={group}>
              <legend>{t(`group.${group}`)}</legend>
              {members.map(({ id, name }) => (
                <label key={id}>
                  <input type="checkbox" name={`column-${id}`} checked={shown.has(id)} onChange={(event) => set([id], event.target.checked)} />
                  {name}
                </label>
              ))}
            </fieldset>
          ))}
          </div>
        </div>
      </Popover>
    <div className="chooser" role="group" aria-label={t("table.columns")}>
      <button type="button" aria-pressed={chosen.length === 0} onClick={() => onChoose([])}>
        {t("table.columns.essentials")}
      </button>
      {groups.flatMap(({ group }) =>
        group === "other" ? [] : (
          <button key={group} type="button" aria-pressed={all || named.includes(group)} onClick={() => toggleGroup(group)}>
            {t(`group.${group}`)}
          </button>
        ),
      )}
      <button type="button" aria-pressed={all} onClick={() => onChoose(all ? [] : ["all"])}>
        {t("table.columns.all")}
      </button>
    </div>
    </>
  );
}
