"use server";

import { redirect } from "next/navigation";
import { db } from "@/db/client";
import { endSession } from "./adapter";
import { forgetSession } from "./forget-session";
import { foreignRequest } from "./form-action";

/** For `<form action={signOut}>`: ends this browser's session, here and in the database, and goes to the landing page. */
export async function signOut(): Promise<void> {
  if (await foreignRequest()) redirect("/");
  const token = await forgetSession();
  if (token) await endSession(db(), token);
  redirect("/");
}
