import { useTexts } from "../texts";
import type { Column } from "../../../api/client";
import { cell } from "../../../api/rows";
import { formatBare } from "../../../format/number";
import { How } from "../../../ui/How";
import { groupedColumns } from "../../../ui/table/columns";
import { useSaid } from "../../../ui/useSaid";
import type { RankedRow } from "../ranking";
import type { Language } from "../../../i18n/language";

interface Props {
  open: RankedRow;
  columns: readonly Column[];
  lang: Language;
}

/** Every parameter of one market with its unit, its year and where it comes from. */
export function ValueTable({ open, columns, lang }: Props) {
  const t = useTexts();
  return (
    <div className="values">
      <h3>{t("why.values")}</h3>
      <p className="muted small">{t("finder.caveat")}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("why.parameter")}</th>
            <th scope="col">{t("why.value")}</th>
            <th scope="col">{t("why.year")}</th>
            <th scope="col">{t("why.source")}</th>
          </tr>
        </thead>
        {groupedColumns(columns).map(({ group, columns: members }) => (
          <tbody key={group}>
            <tr>
              <th scope="colgroup" colSpan={4} className="group">
                {t(`group.${group}`)}
              </th>
            </tr>
            {members.map((column) => (
              <Value key={column.id} column={column} open={open} lang={lang} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Value({ column, open, lang }: { column: Column; open: RankedRow; lang: Language }) {
  const said = useSaid(lang);
  const row = { ...open.row, weight_present: open.weightPresent };
  return (
    <tr>
      <th scope="row" title={column.meaning}>
        <How id={column.id} name={column.name} />
      </th>
      <td className={cell(row, column.id) === null ? "missing" : undefined}>{said(row, column)}</td>
      <td>{cell(open.row, `${column.id}_year`)}</td>
      <td className="source">{formatBare(cell(open.row, `${column.id}_source`), `${column.id}_source`, "text", lang)}</td>
    </tr>
  );
}
