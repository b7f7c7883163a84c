import type { Product } from "../../api/client";
import { EmptyState } from "../../ui/states";
import { useTitle } from "../../ui/useTitle";
import { productView } from "./state";
import { useTexts } from "./texts";

const EXAMPLES = [
  { code: "2603", en: "Copper ores (2603)", zh: "铜矿砂（2603）" },
  { code: "2601", en: "Iron ores (2601)", zh: "铁矿砂（2601）" },
  { code: "2709", en: "Crude petroleum oils (2709)", zh: "原油（2709）" },
];

/** No product yet, or several: examples, or the products of the basket. */
export function NothingAsked({ basket, products }: { basket: readonly string[]; products: readonly Product[] | undefined }) {
  const t = useTexts();
  const { lang } = productView.use();
  useTitle(t("title"));
  const several = basket.length > 0;
  const choices = several
    ? basket.map((code) => ({ code, name: `${products?.find((one) => one.code === code)?.name ?? ""} ${code}` }))
    : EXAMPLES.map(({ code, ...name }) => ({ code, name: name[lang] }));
  return (
    <EmptyState
      title={t(several ? "basket.title" : "empty.title")}
      text={t(several ? "basket.text" : "empty.text")}
      {...(several ? {} : { lead: t("empty.try") })}
      examples={choices.map(({ code, name }) => ({ to: productView.link({ product: code }), name }))}
    />
  );
}
