import type { ComponentType } from "react";
import { useCallback } from "react";
import { ApiError } from "../api/client";
import { useResource } from "../api/resource";
import { ErrorState, Skeleton } from "../ui/states";
import type { ViewEntry } from "../views/entry";

/** A view: at once, or when its code has come. */
export function Page({ entry }: { entry: ViewEntry }) {
  const { id, code } = entry;
  const loader = useCallback(async (): Promise<{ view: ComponentType }> => {
    if ("ready" in code) return { view: code.ready };
    try {
      return { view: (await code.load()).default };
    } catch (reason) {
      // A browser says of a module that did not come only that it did not come; anything else is a fault of ours.
      throw reason instanceof TypeError ? new ApiError("offline", "") : new ApiError("broken", String(reason));
    }
  }, [code]);
  const loaded = useResource("ready" in code ? null : `view ${id}`, `view ${id}`, loader);
  const View = "ready" in code ? code.ready : loaded.data?.view;
  if (View) return <View />;
  return (
    <main id="content" className="view-waiting" tabIndex={-1}>
      {loaded.error ? <ErrorState error={loaded.error} onRetry={loaded.retry} /> : <Skeleton rows={14} className="answer-skeleton" />}
    </main>
  );
}
