"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { referralCookieName } from "./cookie-names";
import { foreignRequest } from "./form-action";
import { isHttps, publicOrigin } from "./public-origin";
import { sameOriginPath } from "./same-origin-path";

/** For `<form action={forgetLink}>`: this browser followed no link any more. Back to the page of the field `back`. */
export async function forgetLink(form: FormData): Promise<void> {
  if (await foreignRequest()) redirect("/");
  const origin = publicOrigin();
  const secure = isHttps(origin);
  (await cookies()).delete({ name: referralCookieName(secure), path: "/", secure });
  const back = new URL(sameOriginPath(String(form.get("back") ?? ""), origin, "/"), origin);
  back.searchParams.set("link", "forgotten");
  redirect(`${back.pathname}${back.search}`);
}
