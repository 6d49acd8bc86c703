import { tooOld } from "./node-version.mjs";

const problem = tooOld(process.versions.node);
if (problem) {
  console.error(problem);
  process.exit(1);
}

// Only a Node that is new enough reads the rest.
import("./install.mjs")
  .then(({ install }) => install())
  .then(() => import("tsx"))
  .then(() => import("./testing/run.ts"))
  .catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
