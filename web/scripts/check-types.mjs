// Fails when src/api/schema.d.ts is not what openapi.json gives today.
import { readFile } from "node:fs/promises";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";

const target = new URL("../src/api/schema.d.ts", import.meta.url);
const fresh = COMMENT_HEADER + astToString(await openapiTS(new URL("../openapi.json", import.meta.url)));
const committed = await readFile(target, "utf8");
if (fresh.trim() !== committed.trim()) {
  console.error("src/api/schema.d.ts differs from openapi.json. Run `npm run types` and commit the result.");
  process.exit(1);
}
console.log("API types match openapi.json.");
