"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { db } from "@/db/client";
import { endSession } from "./adapter";
import { sessionCookieName } from "./cookie-names";
import { foreignRequest } from "./form-action";
import { isHttps, publicOrigin } from "./public-origin";

/** For `<form action={signOut}>`: ends this browser's session, here and in the database, and goes to the landing page. */
export async function signOut(): Promise<void> {
  if (await foreignRequest()) redirect("/");
  const name = sessionCookieName(isHttps(publicOrigin()));
  const store = await cookies();
  const token = store.get(name)?.value;
  if (token) await endSession(db(), token);
  store.delete({ name, path: "/", secure: isHttps(publicOrigin()) });
  redirect("/");
}
