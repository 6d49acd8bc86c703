import { unreadCount } from "@/lib/queries/notifications";
import { currentAccount } from "@/lib/session/current-account";

/** How much is unread, as a number: what the bell looks up when something changed. */
export async function GET(): Promise<Response> {
  const account = await currentAccount();
  if (!account) return new Response("Sign in to see what you were told.\n", { status: 401 });
  return new Response(String(await unreadCount(account)), {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "private, no-store" },
  });
}
