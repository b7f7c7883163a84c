import type { Topology } from "topojson-specification";

const ADDRESS = "/geometry/world-50m.json";

/** Fetches the shapes as data; the browser keeps them. Gives a way to stop caring. */
export function fetchGeometry(give: (topology: Topology | "failed") => void): () => void {
  let wanted = true;
  fetch(ADDRESS)
    .then((response) => (response.ok ? (response.json() as Promise<Topology>) : Promise.reject(new Error(String(response.status)))))
    .then(
      (topology) => (wanted ? give(topology) : undefined),
      () => (wanted ? give("failed") : undefined),
    );
  return () => {
    wanted = false;
  };
}
