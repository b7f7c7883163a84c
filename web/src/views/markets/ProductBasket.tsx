import { useState } from "react";
import { useProductChoices, useProducts } from "../../lists/useLists";
import { Chips } from "../../ui/Chips";
import { Combobox } from "../../ui/Combobox";
import type { MarketsState } from "./state";
import { goTo, MOST_IN_BASKET, productCodes } from "./state";
import { useTexts } from "./texts";

/** One product, or a basket of up to 25. */
export function ProductBasket({ view }: { view: MarketsState }) {
  const t = useTexts();
  const [adding, setAdding] = useState(false);
  const choices = useProductChoices(useProducts(view.lang, view.data).data?.products);
  const codes = productCodes(view.product);
  const basket = codes.length > 1;
  const nameOf = (code: string) => choices.find((choice) => choice.code === code)?.name ?? code;
  const set = (next: readonly string[]) => goTo({ product: [...next].sort().join(",") || null });
  return (
    <>
      {basket ? (
        <div className="field">
          <span className="field-name">{t("basket.title", { count: codes.length })}</span>
          <Chips
            label={t("basket.title", { count: codes.length })}
            chips={codes.map((code) => ({ code, name: `${code} ${nameOf(code)}` }))}
            onRemove={(code) => set(codes.filter((one) => one !== code))}
          />
        </div>
      ) : (
        <Combobox
          label={t("ask.product")}
          hint={t("ask.product.hint")}
          name="product"
          choices={choices}
          value={view.product}
          onChoose={(product) => goTo({ product })}
        />
      )}
      {(basket || adding) && codes.length < MOST_IN_BASKET && (
        <Combobox
          adds
          label={t("basket.add")}
          hint={t("ask.product.hint")}
          name="basket"
          choices={choices.filter(({ code }) => !codes.includes(code))}
          value={null}
          onChoose={(code) => set([...codes, code])}
        />
      )}
      {!basket && !adding && view.product !== null && (
        <button type="button" className="button quiet basket-more" onClick={() => setAdding(true)}>
          {t("basket.more")}
        </button>
      )}
    </>
  );
}
