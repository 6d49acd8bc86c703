import { publishPrograms } from "@/lib/services/programs/publish-programs";
import type { Api, ApiOptions } from "./app";

/** Outside `/api`, because it is a well-known place; the same app answers it everywhere. */
export function programRoutes(app: Api, { ctx }: ApiOptions): void {
  app.get("/.well-known/credit-programs.json", async (c) => c.json(await publishPrograms(ctx.db), 200));
}
