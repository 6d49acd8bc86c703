import { textStream } from "@/lib/queries/text-stream";
import { exportAccount } from "@/lib/services/accounts/export-account";
import { context } from "@/lib/session/context";
import { currentAccount } from "@/lib/session/current-account";

/** Everything that is kept about whoever is signed in, as one JSON file. */
export async function GET(): Promise<Response> {
  const account = await currentAccount();
  if (!account) return new Response("Sign in to export your data.\n", { status: 401 });
  const day = new Date().toISOString().slice(0, 10);
  return new Response(textStream(exportAccount(context().db, account)), {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="tenspot-data-to-${day}.json"`,
      "Cache-Control": "private, no-store",
    },
  });
}
