import { useSay } from "../../i18n";

interface Props {
  typed: string;
  onType: (typed: string) => void;
  shown: number;
  all: number;
}

/** Keeps in sight the rows that hold the words typed; ranks stay those among all rows. */
export function TextFilter({ typed, onType, shown, all }: Props) {
  const t = useSay();
  return (
    <span className="filter">
      <input
        type="search"
        name="filter"
        value={typed}
        placeholder={t("filter.hint")}
        aria-label={t("filter.label")}
        spellCheck={false}
        onChange={(event) => onType(event.target.value)}
      />
      <span className="muted small" role="status">
        {shown < all ? t("filter.count", { shown, all }) : ""}
      </span>
    </span>
  );
}
