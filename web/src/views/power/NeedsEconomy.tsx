import { useEconomies } from "../../lists/useLists";
import { Link } from "../../ui/Link";
import type { PowerState } from "./state";
import { powerView } from "./state";
import { useTexts } from "./texts";

const EXAMPLES = ["CHL", "CHN", "AUS"];

/** The question is about one economy, and none is named. */
export function NeedsEconomy({ view }: { view: PowerState }) {
  const t = useTexts();
  const economies = useEconomies(view.lang).data?.economies;
  return (
    <section className="state">
      <h2>{t("needs.title")}</h2>
      <p>{t("needs.text")}</p>
      <p className="muted">{t("needs.try")}</p>
      <ul className="examples">
        {EXAMPLES.map((code) => (
          <li key={code}>
            <Link to={powerView.format({ ...view, economy: code })}>{economies?.find((one) => one.code === code)?.name ?? code}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
