import Module from "node:module";

/** The read models are made for Next's server. Here there is none: nothing to wait for, and nothing to keep them from. */
const stands: Readonly<Record<string, unknown>> = {
  "server-only": {},
  "next/server": { connection: async () => {} },
};

for (const [name, exports] of Object.entries(stands)) {
  const file = require.resolve(name);
  require.cache[file] = Object.assign(new Module(file), { exports, loaded: true });
}
